/**
 * What a body is that is no XML at all, for a hint: clients for other interfaces send JSON or forms.
 *
 * @returns undefined for what may be XML
 */
export function notXmlHint(text: string, contentType = ''): string | undefined {
  const start = text.trimStart();
  if (start.startsWith('<')) return undefined;
  const [type = ''] = contentType.split(';', 1);
  const told = type.trim() === '' ? '' : ` (Content-Type ${type.trim().slice(0, 80)})`;
  const remedy =
    'This address takes SOAP 1.1: POST an XML envelope with Content-Type: text/xml; charset=utf-8.';
  if (/^multipart\//i.test(type.trim()))
    return `The body is a form or a message in several parts${told}, of which only multipart/related is read here. ${remedy}`;
  if (/^[[{"]/.test(start)) return `The body is JSON${told}. ${remedy}`;
  if (/^[\w.%+[\]-]+=/.test(start)) return `The body is a form${told}. ${remedy}`;
  return `The body does not begin with XML${told}. ${remedy}`;
}

/**
 * What stands around a document and the real server's reader passes over: blanks, comments and a second byte order mark
 * before the XML declaration, zero bytes behind the end, as programs in C send them.
 */
export function withoutSurroundings(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 0) end -= 1;
  const start = declarationAt(text);
  return start === 0 && end === text.length ? text : text.slice(start, end);
}

/** Where the XML declaration stands, if only blanks and comments are before it; 0 otherwise. */
function declarationAt(text: string): number {
  let at = 0;
  while (at < text.length) {
    if (isBlank(text.charCodeAt(at))) at += 1;
    else if (text.startsWith('<!--', at)) {
      const end = text.indexOf('-->', at + 4);
      if (end < 0) return 0;
      at = end + 3;
    } else break;
  }
  return text.startsWith('<?xml', at) ? at : 0;
}

function isBlank(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d) || code === 0xfeff;
}
