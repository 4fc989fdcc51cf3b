/** The address of a twin as all compare it. @param url one that can be parsed */
export function peerUrl(url: string): string {
  return new URL(url).href.replace(/\/+$/, '');
}
