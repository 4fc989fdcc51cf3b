import { isSecretName } from '../../text/secrets.ts';
import { escapeText } from '../../text/xml-text.ts';

/** The first number that stands for a cookie: a whole number, so that the decoded message stays one. */
const FIRST_COOKIE = 900_000_001;

/** Shorter secrets occur in ordinary words: of those only whole values are replaced. */
const SHORTEST_IN_TEXT = 4;

/** Headers that log on, or carry a session. */
const secretHeaders = /^(?:authorization|proxy-authorization|cookie|set-cookie)$/i;

/** Elements of XML with text in them, for those that a secret name has. */
const element = /(<((?:[\w.-]+:)?([\w.-]+))(?:\s[^<>]*)?>)([^<]+)(<\/\2\s*>)/g;

/** What stands in a recording in the place of a secret: the same for the same secret, and of the same kind. */
export class StandIns {
  readonly #secrets = new Map<string, string>();
  readonly #cookies = new Map<string, string>();

  /** The stand-in of a password or token; an empty one hides nothing. */
  secret(value: string): string {
    if (value === '') return '';
    let known = this.#secrets.get(value);
    if (known === undefined) {
      known = `secret-${this.#secrets.size + 1}`;
      this.#secrets.set(value, known);
    }
    return known;
  }

  /** The stand-in of a session's cookie. 0 is none. */
  cookie(value: number | bigint): number {
    const text = String(value);
    if (text === '0') return 0;
    let known = this.#cookies.get(text);
    if (known === undefined) {
      known = String(FIRST_COOKIE + this.#cookies.size);
      this.#cookies.set(text, known);
    }
    return Number(known);
  }

  /** A value of a message with every secret in it replaced, by the names of its members. */
  value(value: unknown, name = ''): unknown {
    if (/^cookie$/i.test(name) && (typeof value === 'number' || typeof value === 'bigint'))
      return this.cookie(value);
    if (typeof value === 'string') return isSecretName(name) ? this.secret(value) : this.text(value);
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
    if (Array.isArray(value)) return value.map((each) => this.value(each, name));
    return Object.fromEntries(
      Object.entries(value).map(([member, inner]) => [member, this.value(inner, member)]),
    );
  }

  /** A header; undefined names are kept. */
  header(name: string, value: string): string {
    return secretHeaders.test(name) ? this.secret(value) : this.text(value);
  }

  /** The text of an XML message: elements with secret names, and every secret that was seen before. */
  xml(text: string): string {
    const named = text.replace(element, (...[whole, start, , local = '', content = '', end]: string[]) =>
      isSecretName(local) && /\S/.test(content)
        ? `${start}${this.#ofElement(local, content)}${end}`
        : (whole ?? ''),
    );
    return this.text(named);
  }

  /** A text in which every secret that was seen stands for itself no more. */
  text(text: string): string {
    let clean = text;
    for (const [cookie, standIn] of this.#cookies) {
      if (clean.includes(cookie))
        clean = clean.replace(new RegExp(`(?<![\\d.])${cookie}(?![\\d.])`, 'g'), standIn);
    }
    for (const [secret, standIn] of this.#secrets) {
      for (const form of formsOf(secret)) clean = replaced(clean, form, standIn);
    }
    return clean;
  }

  /** Whether a secret that was seen is still in a text as it is; a short one may be there by chance. */
  isLeftIn(text: string): boolean {
    const secrets = [...this.#secrets.keys()].filter((secret) => secret.length >= SHORTEST_IN_TEXT);
    return secrets.some((secret) => text.includes(secret));
  }

  #ofElement(local: string, content: string): string {
    if (/^cookie$/i.test(local))
      return /^\s*\d+\s*$/.test(content) ? String(this.cookie(Number(content))) : content;
    return escapeText(this.secret(unescaped(content)));
  }
}

function replaced(text: string, secret: string, standIn: string): string {
  if (secret.length >= SHORTEST_IN_TEXT)
    return text.includes(secret) ? text.replaceAll(secret, standIn) : text;
  // A short one as the whole text of an element: Axis writes every value so, apart from the name of its part.
  return text.includes(`>${secret}<`) ? text.replaceAll(`>${secret}<`, `>${standIn}<`) : text;
}

/** The ways in which a text is written in XML, forms and addresses. */
function formsOf(secret: string): string[] {
  const encoded = encodeURIComponent(secret);
  const forms = [
    secret,
    escapeText(secret),
    encoded,
    encoded.replaceAll('%20', '+'),
    JSON.stringify(secret).slice(1, -1),
  ];
  return [...new Set(forms)];
}

function unescaped(text: string): string {
  return text.replace(
    /&(?:#x([\da-f]+)|#(\d+)|(lt|gt|amp|quot|apos));/gi,
    (...[, hex, digits, name]: (string | undefined)[]) => {
      if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
      if (digits !== undefined) return String.fromCodePoint(Number(digits));
      return { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }[name?.toLowerCase() ?? ''] ?? '';
    },
  );
}
