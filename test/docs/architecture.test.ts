import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const root = new URL('../../', import.meta.url);
const page = readFileSync(new URL('docs/architecture.md', root), 'utf8');

test.each(['testtrack', 'aptest'])('the page names every folder of src/%s/', (room) => {
  const folders = readdirSync(new URL(`src/${room}/`, root), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `${name}/`);
  const row = page.split('\n').find((line) => line.startsWith(`| \`${room}/\``)) ?? '';
  const named = [...(row.split('|')[2] ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name);
  expect(named.sort()).toEqual(folders.sort());
});

test('every decision has a number of its own, in its name and its title', () => {
  const folder = new URL('docs/decisions/', root);
  const files = readdirSync(folder);
  const numbers = files.map((file) => Number(file.slice(0, 4)));
  expect(numbers.filter((number, at) => numbers.indexOf(number) !== at)).toEqual([]);
  for (const [at, file] of files.entries()) {
    expect(readFileSync(new URL(file, folder), 'utf8'), file).toMatch(new RegExp(`^# ${numbers[at]}\\. `));
  }
});

test('the architecture page names every room of src, and none that is not there', () => {
  const entries = readdirSync(new URL('src/', root), { withFileTypes: true });
  const rooms = entries.map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name)).sort();
  const rows = page.split('\n').filter((line) => line.startsWith('| `'));
  const named = rows.flatMap((row) =>
    [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name),
  );
  expect(named.filter((name) => name !== 'src/').sort()).toEqual(rooms);
});
