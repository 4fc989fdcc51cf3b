import { securityGroups } from '../../testtrack/model/tables.ts';
import type { ProjectView } from '../../testtrack/project-view.ts';
import type { Chance } from '../generate/chance.ts';
import type { Vocabulary } from '../generate/vocabulary.ts';
import type { CustomerSection, UserSection } from './users.ts';

/** Makes users and customers with logins that nobody has yet. */
export class PeopleMaker {
  private readonly taken = new Set<string>();
  /** The number that a name came to last. */
  private readonly next = new Map<string, number>();
  private readonly groups: readonly string[];

  constructor(
    project: ProjectView,
    known: Iterable<CustomerSection>,
    private readonly from: { readonly chance: Chance; readonly words: Vocabulary },
  ) {
    for (const { login } of known) if (login !== undefined) this.taken.add(login.toLowerCase());
    this.groups = project
      .table(securityGroups)
      .sorted()
      .map(({ name }) => name);
  }

  user(): UserSection {
    const { chance, words } = this.from;
    const person = this.person();
    return {
      login: this.login(person),
      password: 'password',
      groups: this.groups.length === 0 ? [] : [chance.of(this.groups)],
      department: chance.of(words.departments),
      email: emailOf(person, 'example.com'),
      ...person,
    };
  }

  /** Customers rarely log on. */
  customer(): CustomerSection {
    const { chance, words } = this.from;
    const person = this.person();
    const company = chance.of(words.companies);
    const domain = `${company
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')}.example`;
    return { company, email: emailOf(person, domain), isBetaSite: chance.happens(0.1), ...person };
  }

  private person(): { first: string; last: string } {
    const { chance, words } = this.from;
    return { first: chance.of(words.firstNames), last: chance.of(words.lastNames) };
  }

  /** Such as `lovelace`, and `lovelace2` for the next of that name. */
  private login({ last }: { last: string }): string {
    const base = ascii(last) || 'user';
    let next = this.next.get(base) ?? 1;
    let login = base;
    while (this.taken.has(login)) login = `${base}${++next}`;
    this.taken.add(login);
    this.next.set(base, next);
    return login;
  }
}

function emailOf({ first, last }: { first: string; last: string }, domain: string): string {
  return `${ascii(first)}.${ascii(last)}@${domain}`;
}

function ascii(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}
