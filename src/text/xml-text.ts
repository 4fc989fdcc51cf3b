const NEEDS_CARE = /[&<>\r\n]|[^\t\x20-\ud7ff\ue000-\ufffd]/;
const EACH = /[&<>\r\n]|[^\t\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/**
 * Text as element content that a reader gets back exactly.
 *
 * CR must be a reference or a reader would turn it into LF; LF is one as well so that the whole answer
 * stays on a single line, which clients that match it by regular expression need (observed). What XML 1.0
 * cannot carry (control characters, lone surrogates, U+FFFE, U+FFFF) becomes U+FFFD.
 */
export function escapeText(text: string): string {
  return NEEDS_CARE.test(text) ? text.replace(EACH, escapeCharacter) : text;
}

/** Text as the value of an attribute in double quotes that a reader gets back exactly. */
export function escapeAttribute(text: string): string {
  return escapeText(text).replaceAll('"', '&quot;');
}

function escapeCharacter(character: string): string {
  switch (character) {
    case '&':
      return '&amp;';
    case '<':
      return '&lt;';
    case '>':
      return '&gt;';
    case '\r':
      return '&#xD;';
    case '\n':
      return '&#xA;';
    default:
      return '\ufffd';
  }
}
