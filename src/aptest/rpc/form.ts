import { isUtf8 } from 'node:buffer';
import { replacing } from '../../answers/replacing.ts';
import { atOnce, type Steps } from '../../answers/steps.ts';
import { memoryOfRecent } from '../../memo/memory.ts';
import { withoutLastLineEnds } from '../../text/line-ends.ts';

/** Values by name, as sent; names in wire order. */
export type Params = ReadonlyMap<string, readonly string[]>;

/** The most arguments one call may have; beyond it the call is refused, not cut. */
export const argumentLimit = 10_000;

/**
 * Reads arguments from a query or from an urlencoded body. Sloppy requests are taken as vendor examples and
 * clients send them: unencoded brackets, braces and quotes, a percent sign that starts no code, empty values. A name or value
 * is UTF-8, or Latin-1 where its bytes are no UTF-8, as the product's CGI would read them (inferred).
 *
 * @param text a character for each byte
 * @param charset what the sender says it is, if that is another one than UTF-8
 * @returns undefined when there are more than `argumentLimit`; the same map again for a form that came before to the
 * letter, because clients that poll send few different ones
 */
export function parseForm(text: string, charset?: 'latin1'): Params | undefined {
  if (text.length > REMEMBERED_FORM || charset !== undefined) return atOnce(parsingForm(text, charset));
  const known = recent.get(text);
  if (known !== undefined) return known;
  const params = atOnce(parsingForm(text));
  if (!params) return undefined;
  // Every later call with the same form gets the same lists.
  for (const values of params.values()) Object.freeze(values);
  recent.set(text, params);
  return params;
}

/** What stands in the address and what stands in the body count alike. */
export function joinedForm(query: string, body: string): string {
  const form = withoutLastLineEnds(body);
  return query === '' || form === '' ? query + form : `${query}&${form}`;
}

/** Longer forms carry notes or lists, and those do not come twice. */
const REMEMBERED_FORM = 1_024;
/** At most twice as many are held, which takes a few megabytes. */
const recent = memoryOfRecent<string, Params>('forms', 4_000);

/**
 * The names of arguments that are read as Latin-1, because their bytes are no UTF-8; of a long form those at its beginning.
 *
 * @param text a character for each byte
 */
export function namesInLatin1(text: string): string[] {
  const start = text.slice(0, BYTES_OF_STEP);
  // Most forms hold nothing beyond ASCII.
  if (!/[\x80-\xff]|%[89a-f]/i.test(start)) return [];
  return start
    .split('&', argumentLimit)
    .filter((pair) => !isUtf8(atOnce(bytesOf(pair))))
    .map((pair) => atOnce(decoded(pair.split('=', 1)[0] ?? '')));
}

/** The same in steps, for a form of megabytes. Nothing of it is remembered. */
export function* parsingForm(text: string, charset?: 'latin1'): Steps<Params | undefined> {
  const params = new Map<string, string[]>();
  const source = yield* withNoteRestored(text);
  let count = 0;
  for (let start = 0; start <= source.length; ) {
    const found = source.indexOf('&', start);
    const end = found < 0 ? source.length : found;
    if (end > start) {
      if (++count > argumentLimit) return undefined;
      yield* addPair(params, source.slice(start, end), charset);
    }
    start = end + 1;
  }
  return params;
}

function* addPair(params: Map<string, string[]>, pair: string, charset?: 'latin1'): Steps<void> {
  const equals = pair.indexOf('=');
  const name = yield* decoded(equals < 0 ? pair : pair.slice(0, equals), charset);
  const value = equals < 0 ? '' : yield* decoded(pair.slice(equals + 1), charset);
  const values = params.get(name);
  if (values) values.push(value);
  else params.set(name, [value]);
}

/** Decodes one name or value: `+` is a blank, a broken percent code stands for itself. */
function* decoded(text: string, charset?: 'latin1'): Steps<string> {
  if (!/[+%\x80-\xff]/.test(text)) return text;
  const bytes = yield* bytesOf(text);
  return bytes.toString(charset ?? (isUtf8(bytes) ? 'utf8' : 'latin1'));
}

/** One walk over the bytes, whatever they are: a form of megabytes is as quick per character as a short one. */
function* bytesOf(text: string): Steps<Buffer> {
  const bytes = Buffer.from(text, 'latin1');
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    if (at % BYTES_OF_STEP === BYTES_OF_STEP - 1) yield;
    const byte = bytes[at] ?? 0;
    const code = byte === PERCENT ? codeAt(bytes, at) : undefined;
    if (code !== undefined) at += 2;
    bytes[length++] = code ?? (byte === PLUS ? BLANK : byte);
  }
  return bytes.subarray(0, length);
}

/** So many are read at a stretch: less than a millisecond. */
const BYTES_OF_STEP = 64 * 1024;

const PERCENT = 0x25;
const PLUS = 0x2b;
const BLANK = 0x20;

/** The byte that a percent sign and the two digits behind it stand for; undefined where there are none. */
function codeAt(bytes: Buffer, at: number): number | undefined {
  const [high, low] = [digitOf(bytes[at + 1]), digitOf(bytes[at + 2])];
  return high === undefined || low === undefined ? undefined : high * 16 + low;
}

function digitOf(byte = 0): number | undefined {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : undefined;
}

/**
 * The printed manual shows `&note=` as a not sign and `e=`, because its HTML turned `&not` into that character.
 * A pasted example arrives so: raw in a body, or percent-encoded.
 */
function* withNoteRestored(text: string): Steps<string> {
  if (!text.includes('\u00ac') && !text.includes('%')) return text;
  return yield* replacing(text, { pattern: NOT_SIGN, longest: '%C2%ACe='.length, by: () => '&note=' });
}

const NOT_SIGN = /(?:\u00c2?\u00ac|(?:%C2)?%AC)e=/gi;
