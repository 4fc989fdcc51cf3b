import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { version } from '../../src/package/version.ts';

const root = new URL('../../', import.meta.url);
const text = (file: string) => readFileSync(new URL(file, root), 'utf8');
const supported = [20, 22, 24];

test('CI runs on every supported Node, and the change log says the same', () => {
  const { jobs } = parse(text('.github/workflows/ci.yml'));
  expect(jobs.test.strategy.matrix.node).toEqual(supported);
  expect(text('CHANGELOG.md')).toContain('Node 20, 22 and 24, each tested on every change;');
  expect(JSON.parse(text('package.json')).engines.node).toBe('^20.19.0 || >=22.12.0');
});

test('every script that CI calls is one of package.json', () => {
  const called = [...text('.github/workflows/ci.yml').matchAll(/npm (?:run )?(test[\w:]*)/g)].map(
    ([, name]) => name,
  );
  expect(called.length).toBeGreaterThan(0);
  expect(Object.keys(JSON.parse(text('package.json')).scripts)).toEqual(expect.arrayContaining(called));
});

test('the forms for issues and updates are YAML', () => {
  const forms = readdirSync(new URL('.github/ISSUE_TEMPLATE/', root)).map(
    (name) => `.github/ISSUE_TEMPLATE/${name}`,
  );
  for (const file of [...forms, '.github/dependabot.yml']) expect(parse(text(file))).toBeTypeOf('object');
});

test('the change log has the version that the package has', () => {
  expect(text('CHANGELOG.md')).toContain(`\n## ${version}\n`);
});
