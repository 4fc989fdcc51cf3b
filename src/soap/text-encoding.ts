import { isUtf8 } from 'node:buffer';
import { encodingError } from './gsoap-faults.ts';
import { withoutSurroundings } from './request-shape.ts';
import { quoted } from './soap-fault.ts';

/** The encodings a request may come in, by every name seen for them. */
const ENCODINGS: ReadonlyMap<string, string> = new Map([
  ['utf-8', 'utf-8'],
  ['utf8', 'utf-8'],
  ['us-ascii', 'utf-8'], // a subset; clients that say text/xml without more send UTF-8
  ['ascii', 'utf-8'],
  ['utf-16', 'utf-16le'],
  ['utf-16le', 'utf-16le'],
  ['utf-16be', 'utf-16be'],
  ['iso-8859-1', 'latin1'],
  ['latin1', 'latin1'],
  ['iso-8859-15', 'iso-8859-15'],
  ['windows-1252', 'windows-1252'],
  ['cp1252', 'windows-1252'],
]);

/**
 * The text of a request body.
 *
 * The encoding is that of the byte order mark, else of the Content-Type's charset, else of the XML
 * declaration, else UTF-8 (RFC 7303, and gSOAP for the declaration). When the bytes are not valid in what
 * the charset says, the declaration is believed instead: some clients put a fixed charset into the header.
 *
 * @param contentType the header as sent, if any
 * @throws SoapFault when the encoding is unknown or the bytes are not text in it
 */
export function decodeBody(bytes: Buffer, contentType: string | undefined): string {
  const marked = markedEncoding(bytes);
  if (marked !== undefined) return strictly(bytes.subarray(marked.length), marked.encoding);
  const wide = wideEncoding(bytes);
  if (wide !== undefined) return strictly(bytes, wide);
  const charset = charsetOf(contentType);
  const declared = declaredEncoding(bytes);
  const encoding = known(charset ?? declared ?? 'utf-8');
  if (charset === undefined || declared === undefined) return strictly(bytes, encoding);
  return decoded(bytes, encoding) ?? strictly(bytes, known(declared));
}

function markedEncoding(bytes: Buffer): { encoding: string; length: number } | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { encoding: 'utf-8', length: 3 };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { encoding: 'utf-16le', length: 2 };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { encoding: 'utf-16be', length: 2 };
  return undefined;
}

/** UTF-16 without a mark shows as a zero byte beside the first `<` (XML 1.0, appendix F). */
function wideEncoding(bytes: Buffer): string | undefined {
  if (bytes[0] === 0x3c && bytes[1] === 0) return 'utf-16le';
  if (bytes[0] === 0 && bytes[1] === 0x3c) return 'utf-16be';
  return undefined;
}

function charsetOf(contentType: string | undefined): string | undefined {
  return contentType === undefined ? undefined : /;\s*charset\s*=\s*["']?([^\s;"']+)/i.exec(contentType)?.[1];
}

/** An ASCII-readable declaration cannot mean UTF-16, whatever it says: then it is not believed. */
function declaredEncoding(bytes: Buffer): string | undefined {
  if (bytes[0] === 0x3c && bytes[1] !== 0x3f && bytes[1] !== 0x21) return undefined;
  const start = withoutSurroundings(bytes.toString('latin1', 0, 1000));
  const name = /^<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']/.exec(start)?.[1];
  return name !== undefined && /^utf-?16/i.test(name) ? undefined : name;
}

function known(name: string): string {
  const encoding = ENCODINGS.get(name.toLowerCase());
  if (encoding === undefined) {
    throw encodingError(`The encoding ${quoted(name)} is not read here. Send the request as UTF-8.`);
  }
  return encoding;
}

function strictly(bytes: Buffer, encoding: string): string {
  const text = decoded(bytes, encoding);
  if (text !== undefined) return text;
  throw encodingError(
    `The request's bytes are not valid ${encoding.toUpperCase()}. Encode it so, or name its real encoding in Content-Type: text/xml; charset=…`,
  );
}

/** @returns undefined when the bytes are not text in that encoding */
function decoded(bytes: Buffer, encoding: string): string | undefined {
  if (encoding === 'utf-8') return isUtf8(bytes) ? bytes.toString('utf8') : undefined;
  if (encoding === 'latin1') return bytes.toString('latin1');
  if (encoding === 'windows-1252')
    return bytes.toString('latin1').replace(/[\u0080-\u009f]/g, windowsCharacter);
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** What Windows-1252 has where ISO-8859-1 has control characters. Node 20's own decoder mixes the two up. */
const WINDOWS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

function windowsCharacter(control: string): string {
  return WINDOWS[control.charCodeAt(0) - 0x80] ?? control;
}
