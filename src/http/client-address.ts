import type { IncomingMessage } from 'node:http';

/** A host with or without port, as it may stand in a URL; nothing that could leave its place in a page. */
const HOST = /^(?:[a-z0-9_](?:[a-z0-9_.-]{0,251}[a-z0-9_])?|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/i;

/**
 * What addresses for the client begin with, such as `http://localhost:8080`: what the twin was told (`--public-url`);
 * else the scheme and host by which the client reached it, from what a proxy in front says or the Host header. Without a
 * usable one, the address the connection came in on.
 */
export function clientOrigin(
  request: IncomingMessage,
  { publicUrl }: { readonly publicUrl?: string | undefined } = {},
): string {
  if (publicUrl !== undefined) return publicUrl;
  const { headers } = request;
  const standard = headers.forwarded === undefined ? nothingForwarded : forwardedParts(headers.forwarded);
  const forwarded = standard.get('host') ?? single(headers['x-forwarded-host']);
  const host = [forwarded, headers.host].find((name) => name !== undefined && HOST.test(name));
  const proto = standard.get('proto') ?? single(headers['x-forwarded-proto']);
  const isSecure = proto === undefined ? isOverTls(request) : proto.toLowerCase() === 'https';
  const scheme = isSecure ? 'https' : 'http';
  return `${scheme}://${host ?? localAddress(request)}`;
}

/** Whether a request came over TLS to the twin itself. */
function isOverTls({ socket }: IncomingMessage): boolean {
  return 'encrypted' in socket && socket.encrypted === true;
}

/** Writes an address and port as they stand in a URL. */
export function urlHost(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

function localAddress(request: IncomingMessage): string {
  const { localAddress: address = '127.0.0.1', localPort: port = 80 } = request.socket;
  return urlHost(address, port);
}

const nothingForwarded: ReadonlyMap<string, string> = new Map();

/** The pairs of the first element of a header `Forwarded` (RFC 7239), the one nearest to the client. */
function forwardedParts(value: string): ReadonlyMap<string, string> {
  const [first = ''] = value.split(',');
  const pairs = first.split(';').map((pair): [string, string] => {
    const at = pair.indexOf('=');
    return [
      pair.slice(0, at).trim().toLowerCase(),
      pair
        .slice(at + 1)
        .trim()
        .replace(/^"(.*)"$/, '$1'),
    ];
  });
  return new Map(pairs);
}

/** A header may come once for each proxy; the first is the one nearest to the client. */
function single(value: string | string[] | undefined): string | undefined {
  return (Array.isArray(value) ? value[0] : value)?.split(',')[0]?.trim();
}
