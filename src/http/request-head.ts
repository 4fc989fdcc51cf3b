/** What is to be done with what comes behind a head. */
export type BodyKind = { readonly kind: 'sized'; readonly length: number } | { readonly kind: 'unknown' };

/** A head as Node's parser shall see it, or why nobody shall. */
export type RewrittenHead =
  | { readonly bytes: Buffer; readonly body: BodyKind }
  | { readonly refusal: string; readonly target: string };

const LF = 0x0a;
const CR = 0x0d;

/** The name of a header, up to its colon. (RFC 9110, 5.6.2) */
const fieldName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+(?=:)/;

/**
 * Whether the request line is one that Node refuses and the real web servers took: it ends with a bare line feed, or holds bytes
 * beyond ASCII.
 *
 * @param bytes as far as they came, at least to the first line feed
 */
export function isOldRequestLine(bytes: Buffer): boolean {
  const end = bytes.indexOf(LF);
  // The random bytes of a TLS handshake have line feeds too.
  if (end <= 0 || !isMethodLetter(bytes[0])) return false;
  return bytes[end - 1] !== CR || hasHighByte(bytes, end);
}

/** Whether a byte can begin a method. */
export function isMethodLetter(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x41 && byte <= 0x5a;
}

function hasHighByte(bytes: Buffer, end: number): boolean {
  for (let at = 0; at < end; at++) if ((bytes[at] ?? 0) > 0x7f) return true;
  return false;
}

/** Where the body begins: behind the first empty line, however lines end; undefined when it did not come yet. */
export function endOfHead(bytes: Buffer): number | undefined {
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) {
    if (bytes[at + 1] === LF) return at + 2;
    if (bytes[at + 1] === CR && bytes[at + 2] === LF) return at + 3;
  }
  return undefined;
}

/**
 * Writes a whole head anew: bytes beyond ASCII of the request line as `%FC`, and, if that line ended with a bare line feed,
 * every line with CR LF. A head whose request line ends with CR LF keeps its line ends, so that Node refuses what is mixed.
 *
 * What two readers could read differently is refused here already, because Node sees only what was written anew: a CR inside
 * a line, folded lines, blanks in or before the names of headers, two lengths, a length and chunks.
 */
export function rewrittenHead(head: Buffer): RewrittenHead {
  const text = head.toString('latin1');
  const firstEnd = text.indexOf('\n');
  const isOld = text[firstEnd - 1] !== '\r';
  const target = /^\S+ (\S+)/.exec(text)?.[1] ?? '/';
  const line = encodedLine(text.slice(0, firstEnd).replace(/\r$/, ''));
  const rest = text.slice(firstEnd + 1);
  const fields = rest.split(isOld ? /\r?\n/ : '\r\n').slice(0, -2);
  const refusal = line.includes('\r') ? crInside : problemOf(fields);
  if (refusal !== undefined) return { refusal, target };
  const written = [line, ...fields, '', ''].join('\r\n');
  return { bytes: Buffer.from(written, 'latin1'), body: bodyOf(fields) };
}

/** Bytes beyond ASCII as percent codes, which rpc.mpl decodes as what they were. */
function encodedLine(line: string): string {
  return line.replace(/[\x80-\xff]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

const crInside = 'A line of the head holds a CR that no LF follows.';

function problemOf(fields: readonly string[]): string | undefined {
  for (const field of fields) {
    if (/^[ \t]/.test(field)) return 'A header is folded over several lines; write it in one.';
    if (field.includes('\r')) return crInside;
    if (field.includes('\n')) return 'Some lines of the head end with CR LF, and some with LF alone.';
    if (!fieldName.test(field)) return 'A header has no name, or a blank in its name.';
  }
  const lengths = valuesOf(fields, 'content-length');
  if (lengths.length > 1) return 'The head says two lengths (Content-Length).';
  if (lengths.some((length) => !/^\d{1,15}$/.test(length)))
    return 'The length of the body is no number (Content-Length).';
  const isCoded = valuesOf(fields, 'transfer-encoding').length > 0;
  return isCoded && lengths.length > 0
    ? 'The head says a length and chunks (Content-Length and Transfer-Encoding).'
    : undefined;
}

function valuesOf(fields: readonly string[], name: string): string[] {
  return fields
    .filter((field) => field.slice(0, field.indexOf(':')).toLowerCase() === name)
    .map((field) => field.slice(field.indexOf(':') + 1).trim());
}

/** A body in chunks, or a connection that becomes another protocol, is Node's to follow. */
function bodyOf(fields: readonly string[]): BodyKind {
  const isFollowed = ['transfer-encoding', 'upgrade'].some((name) => valuesOf(fields, name).length > 0);
  if (isFollowed) return { kind: 'unknown' };
  return { kind: 'sized', length: Number(valuesOf(fields, 'content-length')[0] ?? 0) };
}
