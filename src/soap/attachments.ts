import { mimeError, missingAttachment } from './gsoap-faults.ts';
import { quoted } from './soap-fault.ts';
import type { XmlNode } from './xml-node.ts';

/** A request that came as `multipart/related`: MTOM, or SOAP with attachments. */
export interface RelatedRequest {
  /** The part with the envelope. */
  readonly root: Buffer;
  /** Its Content-Type. */
  readonly contentType: string | undefined;
  /** What the other parts hold, by their Content-ID. */
  readonly attachments: ReadonlyMap<string, Buffer>;
}

interface Part {
  readonly headers: ReadonlyMap<string, string>;
  readonly content: Buffer;
}

/** More parts than these are no request. */
const MOST_PARTS = 1000;
const DASH = 0x2d;

/** Whether a Content-Type is one of a request with attachments. */
export function isRelated(contentType: string | undefined): contentType is string {
  return contentType !== undefined && /^\s*multipart\/related\b/i.test(contentType);
}

/**
 * Takes a `multipart/related` body apart. (RFC 2387)
 *
 * @throws SoapFault there is no boundary, no part, or not the one that `start` names
 */
export function relatedRequest(bytes: Buffer, contentType: string): RelatedRequest {
  const boundary = parameter(contentType, 'boundary');
  if (boundary === undefined || boundary === '')
    throw mimeError('The Content-Type is multipart/related without a boundary. Write boundary=… behind it.');
  const parts = partsOf(bytes, boundary);
  const start = parameter(contentType, 'start');
  const root =
    start === undefined ? parts[0] : parts.find(({ headers }) => contentId(headers) === bare(start));
  if (!root) {
    throw mimeError(
      start === undefined
        ? `The body holds no part between lines of --${boundary.slice(0, 80)}.`
        : `No part has the Content-ID ${quoted(start)} that the Content-Type names as the root (start=…).`,
    );
  }
  const others = parts.filter((part) => part !== root);
  return {
    root: contentOf(root),
    contentType: root.headers.get('content-type'),
    attachments: new Map(others.map((part) => [contentId(part.headers), contentOf(part)])),
  };
}

/**
 * Puts the bytes of attachments, as base64, where an element refers to one: by `href="cid:…"` itself, or by an `Include` in
 * it (XOP).
 *
 * @throws SoapFault for a reference that leads nowhere
 */
export function resolveAttachments(node: XmlNode, attachments: ReadonlyMap<string, Buffer>): void {
  const include = node.children.find(({ local }) => local === 'Include');
  const reference = attachmentOf(node) ?? (include && attachmentOf(include));
  if (reference === undefined) {
    for (const child of node.children) resolveAttachments(child, attachments);
    return;
  }
  const content = attachments.get(decodedId(reference));
  if (content === undefined) throw missingAttachment(node.local, reference, [...attachments.keys()]);
  node.children = [];
  node.text = content.toString('base64');
}

function attachmentOf({ attributes }: XmlNode): string | undefined {
  const href = attributes.href?.trim() ?? '';
  return /^cid:/i.test(href) ? href.slice('cid:'.length) : undefined;
}

/** The ID in a `cid:` address is percent-encoded. (RFC 2392) */
function decodedId(reference: string): string {
  try {
    return decodeURIComponent(reference);
  } catch {
    return reference;
  }
}

function partsOf(bytes: Buffer, boundary: string): Part[] {
  const delimiter = Buffer.from(`--${boundary}`, 'latin1');
  const parts: Part[] = [];
  let at = delimiterFrom(bytes, delimiter, 0);
  while (at !== undefined && parts.length < MOST_PARTS) {
    const begin = at + delimiter.length;
    // The last delimiter ends with two dashes.
    if (bytes[begin] === DASH && bytes[begin + 1] === DASH) return parts;
    const next = delimiterFrom(bytes, delimiter, begin);
    if (next === undefined)
      throw mimeError('The last part has no end: the closing line of the boundary is missing.');
    parts.push(partOf(bytes.subarray(bytes.indexOf('\n', begin) + 1, next)));
    at = next;
  }
  return parts;
}

/** Where a line begins with the delimiter. */
function delimiterFrom(bytes: Buffer, delimiter: Buffer, from: number): number | undefined {
  for (let at = bytes.indexOf(delimiter, from); at >= 0; at = bytes.indexOf(delimiter, at + 1)) {
    if (at === 0 || bytes[at - 1] === 0x0a) return at;
  }
  return undefined;
}

/** @param bytes from the first header up to the next delimiter, the line end before that included */
function partOf(bytes: Buffer): Part {
  const isHeadless = /^\r?\n/.test(bytes.toString('latin1', 0, 2));
  const found = isHeadless ? undefined : /\r?\n\r?\n/.exec(bytes.toString('latin1', 0, 16_384));
  const start = isHeadless ? bytes.indexOf('\n') + 1 : found ? found.index + found[0].length : bytes.length;
  const head = isHeadless || !found ? '' : bytes.toString('latin1', 0, found.index);
  const end = bytes[bytes.length - 2] === 0x0d ? bytes.length - 2 : bytes.length - 1;
  const fields = head
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
    .map((line): [string, string] => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
    });
  return { headers: new Map(fields), content: bytes.subarray(start, Math.max(start, end)) };
}

function contentOf({ headers, content }: Part): Buffer {
  const encoding = headers.get('content-transfer-encoding')?.toLowerCase() ?? 'binary';
  if (encoding === 'base64') return Buffer.from(content.toString('latin1'), 'base64');
  if (/^(?:binary|8bit|7bit)$/.test(encoding)) return content;
  throw mimeError(
    `A part is in the Content-Transfer-Encoding ${quoted(encoding)}. Send it as binary or base64.`,
  );
}

function contentId(headers: ReadonlyMap<string, string>): string {
  return bare(headers.get('content-id') ?? '');
}

/** `<id>` is `id`. */
function bare(id: string): string {
  return id.trim().replace(/^<(.*)>$/, '$1');
}

function parameter(contentType: string, name: string): string | undefined {
  const [, text, word] =
    new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]*)"|([^\\s;]*))`, 'i').exec(contentType) ?? [];
  return text ?? word;
}
