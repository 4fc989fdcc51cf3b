import path from 'node:path';

/**
 * The way from a folder to what lies below it. `/data-secret` is not below `/data`: the separator counts. On Windows names
 * may be written in either case and with either separator, and there are other drives.
 *
 * @param kind the paths of the platform; another one's in tests
 * @returns the names of the way with `/`; undefined for the folder itself and for what lies elsewhere
 */
export function wayBelow(folder: string, file: string, kind: path.PlatformPath = path): string | undefined {
  const way = kind.relative(folder, file);
  if (way === '' || way === '..' || way.startsWith(`..${kind.sep}`) || kind.isAbsolute(way)) return undefined;
  return way.split(kind.sep).join('/');
}
