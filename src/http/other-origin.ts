import type { IncomingMessage } from 'node:http';

/**
 * Whether a page of another origin made the browser send a request. Programs that are no browsers say nothing of an
 * origin, and have no log-in that could be abused.
 *
 * @param hosts by which browsers come, with their ports
 */
export function isFromOtherOrigin(
  { headers }: IncomingMessage,
  hosts: readonly (string | undefined)[] = [headers.host],
): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true;
  return headers.origin !== undefined && !hosts.includes(headers.origin.replace(/^https?:\/\//i, ''));
}
