import { createRequire } from 'node:module';
import type { Faker } from '@faker-js/faker';
import { builtFile } from '../../package/package-root.ts';

const load = createRequire(import.meta.url);

/** In the package: faker's English, bundled as a file of its own, because few scenarios need it. */
export function englishFaker(): { readonly faker: Faker } {
  return load(builtFile('english-faker.cjs')) as { faker: Faker };
}
