import { createRequire } from 'node:module';
import type { Faker } from '@faker-js/faker';

const load = createRequire(import.meta.url);

/** Loads faker's English at the first scenario that generates records. The build puts `built-english-faker.ts` in place of this. */
export function englishFaker(): { readonly faker: Faker } {
  return load('@faker-js/faker/locale/en') as { faker: Faker };
}
