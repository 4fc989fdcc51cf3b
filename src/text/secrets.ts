/** What stands where a password, a cookie or a token was. */
export const hidden = '***';

/** Shorter secrets occur in ordinary words, so that taking them out of a text would spoil it and tell nothing. */
const shortestInText = 3;

const secretNames = /(?:password|passwd|pwd)$|^(?:(?:set)?cookie|(?:rpc)?token|rpctok[a-z]*)$/i;

/**
 * Whether what a member, a part or an argument of this name holds is never shown. Names are taken as they were meant:
 * who writes `rpc_token` or `rpctokn` is refused and looks into the journal, and it is a token all the same.
 */
export function isSecretName(name: string): boolean {
  return secretNames.test(name) || secretNames.test(name.replaceAll(/[^a-z]/gi, ''));
}

/** Every value that stands under a secret name, at any depth, as text. */
export function secretsIn(value: unknown, found: Set<string> = new Set(), isSecret = false): Set<string> {
  if (typeof value === 'object' && value !== null) {
    if (ArrayBuffer.isView(value)) return found;
    for (const [name, member] of Object.entries(value)) {
      secretsIn(member, found, isSecret || isSecretName(name));
    }
  } else if (isSecret && value !== undefined && value !== null) {
    found.add(String(value));
  }
  return found;
}

/** A text without the secrets in it: messages may repeat what was sent. */
export function withoutSecrets(text: string, secrets: Iterable<string>): string {
  let clean = text;
  // The longest ones first: of a secret that begins with another one nothing may stay.
  for (const secret of [...secrets].sort((a, b) => b.length - a.length)) {
    if (secret.length >= shortestInText) clean = clean.replaceAll(secret, hidden);
  }
  return clean;
}

/** A message that may quote the value of a secret part, and how messages quote. */
const aboutSecret = /\b\w*(?:password|passwd|pwd|cookie|token)\b/i;
const quotedTexts = /"([^"]*)"|'([^']*)'/g;

/** A message about a request that could not be read; where it is about a secret part, it quotes only that part's name. */
export function withoutQuotes(text: string): string {
  if (!aboutSecret.test(text)) return text;
  // A quoted value that holds a quotation mark itself cannot be told from what follows: nothing behind it is shown.
  if ((text.split("'").length - 1) % 2 === 1) return `${text.slice(0, text.indexOf("'"))}'${hidden}'`;
  return text.replace(quotedTexts, (quote: string, double?: string, single?: string) =>
    isSecretName(double ?? single ?? '') ? quote : `'${hidden}'`,
  );
}

/** A message that lists the values of an argument given twice, without them where the argument is secret. */
export function withoutValueList(text: string): string {
  return aboutSecret.test(text) ? text.replace(/\(values .*\)/, `(values ${hidden})`) : text;
}
