/** What the addresses of a twin's world begin with; a real server has no such path. */
const worldPath = /^\/w\/[^/]+\/?$/;

/**
 * The whole address where only a server was named, or a world of a twin.
 *
 * @param url what the caller gave
 * @param path where the interface is usually found, beginning with `/`
 */
export function withUsualPath(url: URL, path: string): string {
  const { pathname } = url;
  if (pathname === '/' || worldPath.test(pathname)) {
    const whole = new URL(url);
    whole.pathname = pathname.replace(/\/$/, '') + path;
    return whole.href;
  }
  return url.href;
}
