/** Headers that are about one connection and not about the message (RFC 9110, 7.6.1). */
const ofConnection: ReadonlySet<string> = new Set([
  ...['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade'],
]);

/**
 * Headers as they came, in their order and case, without those of the connection.
 *
 * @param raw names and values in turn, as Node has them
 * @param without names in small letters of others that are not passed on
 */
export function passedHeaders(raw: readonly string[], without: readonly string[]): [string, string][] {
  const headers: [string, string][] = [];
  for (let at = 0; at < raw.length; at += 2) {
    const [name = '', value = ''] = raw.slice(at, at + 2);
    const key = name.toLowerCase();
    if (!ofConnection.has(key) && !without.includes(key)) headers.push([name, value]);
  }
  return headers;
}
