import { createHmac } from 'node:crypto';
import type { CUser } from '../../testtrack/model/operation-types.generated.ts';
import { nameFormats, personName } from '../../testtrack/model/user-record.ts';

/** What a clone hides before anything is written: who people are, and what texts say. */
export interface MaskChoice {
  readonly people: boolean;
  readonly texts: boolean;
  /** The same seed gives the same replacements. */
  readonly seed: string;
}

/** Members of records that name a person or say how one is reached, whatever record they stand in. */
const peopleMembers = new Set([
  ...['user', 'overrideuser', 'generatedbyname', 'assigntolist', 'enteredby', 'enteredBy', 'foundby'],
  ...['createdbyuser', 'modifiedbyuser', 'createdByUser', 'modifiedByUser', 'assignedto', 'assignedby'],
  ...['firstname', 'middleinitials', 'lastname', 'loginname', 'emailaddress', 'phonenumber', 'address'],
  ...['contactinfo', 'company', 'division', 'department'],
]);

/** Members that hold what somebody wrote. */
const textMembers = new Set([
  ...['summary', 'description', 'notes', 'comments', 'comment', 'workaround', 'reproducedsteps', 'reference'],
  ...['otherhardwaresoftware', 'steps', 'problemstatement', 'history', 'label', 'webview', 'm-strFileName'],
  ...['text', 'note', 'expected', 'objective'],
]);

/** The same of one kind of record only: the name of a folder is text, that of an event is the workflow's. */
const textMembersOf: Readonly<Record<string, ReadonlySet<string>>> = {
  Folder: new Set(['name', 'path']),
  'Requirement Document': new Set(['name']),
};

/** Custom fields whose value is free text; drop-down values stand in lists. */
const textFields = new Set(['CStringField', 'CVersionField']);

/** What no replacement is made in: tags and entities of HTML, and marks at the start of steps stay as letters do not. */
const kept = /<[^>]*>|&(?:#\d+|#x[\da-f]+|\w+);/gi;
const word = /[\p{L}\p{M}]+/gu;
const digits = /\d/g;
const email = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;

/**
 * Puts other letters in the place of names and texts: words keep their length, capitals, accents aside, and what stands
 * between them; the same word is the same everywhere, so that namesakes and references stay what they were.
 */
export class Mask {
  readonly #choice: MaskChoice;
  readonly #words = new Map<string, string>();
  /** Words that are names of people here, in small letters. */
  readonly #names = new Set<string>();
  /** Everybody's whole name, both ways. */
  readonly #people = new Set<string>();

  constructor(choice: MaskChoice) {
    this.#choice = choice;
  }

  get isOn(): boolean {
    return this.#choice.people || this.#choice.texts;
  }

  /** A record on its way to the disk. People are read first: their names are looked for in the texts of others. */
  record(table: string, wire: unknown): unknown {
    if (!this.isOn) return wire;
    if (this.#choice.people && (table === 'User' || table === 'Customer')) this.#learn(wire);
    return this.#value({ table, member: '', isPerson: table === 'User' || table === 'Customer' }, wire);
  }

  /** A setting of the project: only lists of people, and cells of lists, say something of anybody. */
  setting(name: string, value: unknown): unknown {
    if (!this.isOn) return value;
    if (/^(?:me|global-users|global-customers)$/.test(name)) return this.record('User', value);
    if (name === 'reports') return this.#cells(value);
    return name.startsWith('values:') && this.#choice.people ? this.#list(value) : value;
  }

  /** Words of texts in another form. */
  text(text: string): string {
    return this.#outside(text, (part) => part.replace(word, (each) => this.#word(each)));
  }

  /** Of user fields the list is the names of people; those of other fields name nobody and mean something. */
  #list(value: unknown): unknown {
    const values = value as readonly { readonly value?: string }[];
    if (!values.every((each) => this.#people.has(each.value ?? ''))) return value;
    return values.map((each) => ({ value: this.#person(each.value ?? '') }));
  }

  #value(at: { table: string; member: string; isPerson: boolean }, value: unknown): unknown {
    if (typeof value === 'string') return this.#string(at, value);
    if (Buffer.isBuffer(value)) return this.#choice.texts ? Buffer.from(`masked ${value.length}`) : value;
    if (Array.isArray(value)) return value.map((each) => this.#value(at, each));
    if (typeof value !== 'object' || value === null) return value;
    const { $type } = value as { readonly $type?: string };
    const entries = Object.entries(value).map(([member, inner]): [string, unknown] => {
      if (member === '$type') return [member, inner];
      const isText =
        (member === 'value' && textFields.has($type ?? '')) ||
        (member === 'name' && at.member === 'attachment');
      return [member, this.#value({ ...at, member: isText ? 'summary' : member }, inner)];
    });
    return Object.fromEntries(entries);
  }

  #string(
    { table, member, isPerson }: { table: string; member: string; isPerson: boolean },
    text: string,
  ): string {
    const { people, texts } = this.#choice;
    const isName = peopleMembers.has(member) || (isPerson && member === 'name');
    if (isName) return people ? this.#person(text) : text;
    const isText = textMembers.has(member) || textMembersOf[table]?.has(member) === true;
    if (!isText) return text;
    if (texts) return this.text(text);
    return people ? this.#withoutNames(text) : text;
  }

  #person(text: string): string {
    return text
      .replace(word, (each) => this.#word(each))
      .replace(digits, (digit) => this.#digit(text, digit));
  }

  /** A text that stays, without the people in it: their names, and every mail address. */
  #withoutNames(text: string): string {
    return this.#outside(text, (part) =>
      part
        .replace(email, (each) => this.#person(each))
        .replace(word, (each) => (this.#names.has(each.toLowerCase()) ? this.#word(each) : each)),
    );
  }

  #learn(wire: unknown): void {
    const { firstname = '', middleinitials = '', lastname = '', loginname = '' } = wire as CUser;
    const person = { first: firstname, middle: middleinitials, last: lastname };
    for (const format of nameFormats) this.#people.add(personName(person, format));
    for (const name of [firstname, lastname, loginname]) {
      // Shorter ones are words of every language.
      for (const [found] of name.matchAll(word)) if (found.length > 2) this.#names.add(found.toLowerCase());
    }
  }

  /** Reports are rows of cells: Record ID, Name, Title, Type, Contains, Access, Owner. */
  #cells(value: unknown): unknown {
    const list = value as {
      readonly records?: readonly { readonly row?: readonly { readonly value?: string }[] }[];
    };
    const masked = (cell: string, at: number) => {
      if (at === 6) return this.#choice.people ? this.#person(cell) : cell;
      return this.#choice.texts && (at === 1 || at === 2) ? this.text(cell) : cell;
    };
    const records = list.records?.map(({ row = [] }) => ({
      row: row.map((cell, at) => ({ value: masked(cell.value ?? '', at) })),
    }));
    return { ...list, records };
  }

  #outside(text: string, change: (part: string) => string): string {
    let changed = '';
    let at = 0;
    for (const { 0: found, index } of text.matchAll(kept)) {
      changed += change(text.slice(at, index)) + found;
      at = index + found.length;
    }
    return changed + change(text.slice(at));
  }

  #word(original: string): string {
    const key = original.toLowerCase();
    let letters = this.#words.get(key);
    if (letters === undefined) {
      const bytes = createHmac('sha256', this.#choice.seed).update(key).digest();
      letters = Array.from({ length: [...original].length }, (_, at) =>
        letterOf(at, bytes[at % bytes.length] ?? 0),
      ).join('');
      this.#words.set(key, letters);
    }
    const wanted = [...original];
    return [...letters].map((letter, at) => (isCapital(wanted[at]) ? letter.toUpperCase() : letter)).join('');
  }

  #digit(text: string, digit: string): string {
    const [byte = 0] = createHmac('sha256', this.#choice.seed).update(`${text.length} ${digit}`).digest();
    return String(byte % 10);
  }
}

/** Consonants and vowels take turns, so that the words can be said. */
function letterOf(at: number, byte: number): string {
  const letters = at % 2 === 0 ? 'bdfgklmnprstvz' : 'aeiou';
  return letters[byte % letters.length] ?? 'a';
}

function isCapital(letter: string | undefined): boolean {
  return letter !== undefined && letter !== letter.toLowerCase();
}
