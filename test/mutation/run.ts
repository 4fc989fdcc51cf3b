/**
 * `npm run mutate -- locks sessions`: changes one thing after another in a part of the product and runs its tests. A
 * change that no test notices is printed as a survivor, and stands in `mutation/PART.json`. Without a name: all parts.
 * `--only FILE:1-20` changes those lines alone and runs the tests of the part that is named.
 */
import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';
import { parts } from './parts.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { concurrency: { type: 'string', default: '1' }, only: { type: 'string' } },
});
const wanted = positionals.length > 0 ? positionals : Object.keys(parts);
const unknown = wanted.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(', ')}. There are: ${Object.keys(parts).join(', ')}.`);
  process.exit(2);
}

mkdirSync('mutation', { recursive: true });
for (const name of wanted) {
  process.env.MUTATION_PART = name;
  console.log(`${name}:`);
  await new Stryker({
    mutate: values.only === undefined ? [...(parts[name]?.mutate ?? [])] : [values.only],
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    vitest: { configFile: 'test/mutation/vitest.config.ts', related: false },
    coverageAnalysis: 'perTest',
    concurrency: Number(values.concurrency),
    // Words for people are not what tests hold; what is computed when a module is loaded would need all tests anew.
    mutator: { excludedMutations: ['StringLiteral'] },
    ignoreStatic: true,
    // A busy machine is no endless loop.
    timeoutMS: 30_000,
    reporters: ['clear-text', 'json'],
    clearTextReporter: { allowColor: false, allowEmojis: false, logTests: false, reportTests: false },
    jsonReporter: { fileName: `mutation/${name}.json` },
    tempDirName: 'mutation/.work',
    ignorePatterns: ['/dist', '/docs', '/coverage', '/mutation'],
    disableTypeChecks: false,
    allowEmpty: true,
  }).runMutationTest();
}
