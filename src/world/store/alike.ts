/** Longer texts are rarely said twice. */
const longestText = 48;
/** Larger parts are rarely the same: what is, is nothing that was filled in, a stamp or a reference. */
const mostMembers = 4;
/** A power of two. */
const places = 4096;

/**
 * Gives one text, list or object for all that are equal, as far as it remembers: what is read from a file would
 * otherwise have its own copy of each, and a state of a million records be a third larger than it was when it was made.
 * It remembers one of each place, so that it never grows and nothing has to be looked for.
 */
export class Alike {
  private readonly texts = new Array<string | undefined>(places).fill(undefined);
  private readonly parts = new Array<object | undefined>(places).fill(undefined);

  /** A text that is equal. */
  text(text: string): string {
    if (text.length > longestText) return text;
    const place = placeOf(text);
    const known = this.texts[place];
    if (known === text) return known;
    this.texts[place] = text;
    return text;
  }

  /** A frozen list or object whose members are the very same, in the same order. */
  part(part: object): object {
    let place = 1;
    let members = 0;
    for (const name in part) {
      if (++members > mostMembers) return part;
      place = mixed(place, numberOf((part as Record<string, unknown>)[name]));
    }
    const at = mixed(place, Array.isArray(part) ? 1 : 2) & (places - 1);
    const known = this.parts[at];
    if (known !== undefined && isSame(known, part)) return known;
    this.parts[at] = part;
    return part;
  }
}

function isSame(one: object, other: object): boolean {
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const names = Object.keys(one);
  const others = Object.keys(other);
  return (
    names.length === others.length &&
    names.every(
      (name, at) =>
        name === others[at] &&
        Object.is((one as Record<string, unknown>)[name], (other as Record<string, unknown>)[name]),
    )
  );
}

const mixed = (place: number, more: number): number => (Math.imul(place, 31) + more) | 0;

function placeOf(text: string): number {
  const { length } = text;
  let place = length;
  for (let at = 0; at < length; at += 1 + (length >> 3)) place = mixed(place, text.charCodeAt(at));
  return place & (places - 1);
}

function numberOf(member: unknown): number {
  if (typeof member === 'string') return member.length > longestText ? member.length : placeOf(member);
  return typeof member === 'number' ? member | 0 : 7;
}
