import type { UserRef } from '../../testtrack/model/item-record.ts';
import type { CUser } from '../../testtrack/model/operation-types.generated.ts';
import { type NameFormat, nameFormats, personName } from '../../testtrack/model/user-record.ts';
import type { Notes } from './notes.ts';

/** Who is meant by a name in an answer. */
export class People {
  readonly #byName = new Map<string, UserRef>();
  /** By first and last name alone, as histories of links name people. */
  readonly #byParts = new Map<string, UserRef>();
  readonly #notes: Notes;
  readonly #formats: Record<NameFormat, number> = { 'last-first': 0, 'first-last': 0 };

  constructor(people: Iterable<readonly [id: number, wire: unknown]>, notes: Notes) {
    this.#notes = notes;
    for (const [id, wire] of people) {
      const { firstname: first = '', middleinitials: middle = '', lastname: last = '' } = wire as CUser;
      const parts = `${first}|${last}`;
      if (!this.#byParts.has(parts)) this.#byParts.set(parts, id);
      for (const format of nameFormats) {
        const key = `${format}|${personName({ first, middle, last }, format)}`;
        if (format === 'last-first' && this.#byName.has(key)) {
          notes.add(
            `Two people have the same name; an answer does not tell which is meant`,
            'the first of them',
          );
        }
        if (!this.#byName.has(key)) this.#byName.set(key, id);
      }
    }
  }

  /** The user with a name; 0 for none, and for one who is gone. */
  ref(name: string | undefined): UserRef {
    if (name === undefined || name === '') return 0;
    for (const format of nameFormats) {
      const found = this.#byName.get(`${format}|${name}`);
      if (found === undefined) continue;
      this.#formats[format] += 1;
      return found;
    }
    this.#notes.add('A record names a person who is not among the users and customers', 'nobody');
    return 0;
  }

  /** The user with these names, whatever stands between them; 0 for none. */
  refByParts({ first, last }: { readonly first: string; readonly last: string }): UserRef {
    return this.#byParts.get(`${first}|${last}`) ?? 0;
  }

  /** How the account that read everything is shown names. */
  get format(): NameFormat {
    return this.#formats['first-last'] > this.#formats['last-first'] ? 'first-last' : 'last-first';
  }
}
