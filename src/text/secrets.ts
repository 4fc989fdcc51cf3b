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

/** A text that nobody marked the secrets in (see `message`), without them. */
export function withoutSecrets(text: string, secrets: Iterable<string>): string {
  let clean = text;
  // The longest ones first: of a secret that begins with another one nothing may stay.
  for (const secret of [...secrets].sort((a, b) => b.length - a.length)) {
    if (secret.length >= shortestInText) clean = clean.replaceAll(secret, hidden);
  }
  return clean;
}
