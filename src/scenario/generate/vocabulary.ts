import type { Faker } from '@faker-js/faker';
import { Chance } from './chance.ts';
import { englishFaker } from './english-faker.ts';

/** Words and names from faker, enough of each that combinations of them rarely repeat. */
export interface Vocabulary {
  readonly people: readonly string[];
  readonly companies: readonly string[];
  readonly files: readonly string[];
  readonly versions: readonly string[];
  readonly nouns: readonly string[];
  readonly adjectives: readonly string[];
  readonly verbs: readonly string[];
  readonly doings: readonly string[];
  readonly sentences: readonly string[];
  readonly firstNames: readonly string[];
  readonly lastNames: readonly string[];
  readonly departments: readonly string[];
}

/** Faker's own ways to make a name take 30 microseconds; picking one of so many takes none. */
const POOL = 300;

/**
 * The vocabulary of a seed. Faker is loaded now and not at the start, and by `require`, because scenarios are loaded
 * synchronously; of its languages only English, which takes a seventh of the time of all.
 */
export function vocabulary(seed: string): Vocabulary {
  const faker = ownFaker();
  faker.seed(new Chance(seed, 'vocabulary').below(2 ** 31));
  const pool = (make: () => string): string[] => Array.from({ length: POOL }, make);
  return {
    people: pool(() => faker.person.fullName()),
    companies: pool(() => faker.company.name()),
    files: pool(() => faker.system.commonFileName()),
    versions: pool(() => faker.system.semver()),
    nouns: pool(() => faker.hacker.noun()),
    adjectives: pool(() => faker.hacker.adjective()),
    verbs: pool(() => faker.hacker.verb()),
    doings: pool(() => faker.hacker.ingverb()),
    sentences: pool(() => faker.lorem.sentence({ min: 6, max: 14 })),
    firstNames: pool(() => faker.person.firstName()),
    lastNames: pool(() => faker.person.lastName()),
    departments: pool(() => faker.commerce.department()),
  };
}

/** An instance of our own: to seed the one that faker shares would change what a test that uses it gets. */
function ownFaker(): Faker {
  const { faker } = englishFaker();
  return Reflect.construct(faker.constructor, [{ locale: faker.rawDefinitions }]) as Faker;
}
