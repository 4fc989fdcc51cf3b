import type { CallShown } from './types.ts';

const namespace = 'urn:testtrack-interface';

/**
 * A call of the journal as a command for curl. Cookies, passwords and tokens are not in the journal: what stands in their
 * place has to be filled in.
 *
 * @param origin such as `http://localhost:8080/w/checkout`
 */
export function curlOf({ api, operation, arguments: given }: CallShown, origin: string): string {
  const parts = Object.entries((given ?? {}) as Readonly<Record<string, unknown>>);
  return api === 'testtrack' ? soapCommand(operation, parts, origin) : rpcCommand(operation, parts, origin);
}

type Parts = readonly (readonly [name: string, value: unknown])[];

function soapCommand(operation: string, parts: Parts, origin: string): string {
  const body = parts.map(([name, value]) => element(name, value)).join('');
  const envelope = `<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:ttns="${namespace}"><SOAP-ENV:Body><ttns:${operation}>${body}</ttns:${operation}></SOAP-ENV:Body></SOAP-ENV:Envelope>`;
  return [
    `curl ${quoted(`${origin}/cgi-bin/ttsoapcgi.exe`)}`,
    `-H 'Content-Type: text/xml; charset=utf-8'`,
    `-H ${quoted(`SOAPAction: "${namespace}#${operation}"`)}`,
    `--data-binary ${quoted(envelope)}`,
  ].join(' \\\n  ');
}

/** `***` stands in the journal where something secret was. */
function shown(name: string, value: unknown): string {
  return value === '***' ? `FILL_IN_${name.replaceAll(/\W/g, '_').toUpperCase()}` : String(value);
}

function element(name: string, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value))
    return `<${name}>${value.map((item) => element('item', item)).join('')}</${name}>`;
  if (typeof value !== 'object') return `<${name}>${escaped(shown(name, value))}</${name}>`;
  const { $type, ...members } = value as Readonly<Record<string, unknown>>;
  const type = typeof $type === 'string' ? ` xsi:type="ttns:${$type}"` : '';
  return `<${name}${type}>${Object.entries(members)
    .map(([member, held]) => element(member, held))
    .join('')}</${name}>`;
}

function rpcCommand(operation: string, parts: Parts, origin: string): string {
  const fields = [['command', operation] as const, ...parts.filter(([name]) => name !== 'command')].flatMap(
    ([name, value]) =>
      [value].flat().map((each) => `--data-urlencode ${quoted(`${name}=${shown(name, each)}`)}`),
  );
  return [`curl ${quoted(`${origin}/run/rpc.mpl`)}`, ...fields].join(' \\\n  ');
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;');
}

/** For a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
