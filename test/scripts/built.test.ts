import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exchange, fingerprint, seal, stateOf } from '../../scripts/built.mjs';

let root = '';
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'twintrack-built-'));
  for (const folder of ['src', 'scripts', 'wsdl', 'data/defaults', 'scenarios'])
    mkdirSync(path.join(root, folder), { recursive: true });
  for (const file of ['src/a.ts', 'package.json', 'package-lock.json'])
    writeFileSync(path.join(root, file), '1');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Builds what a build leaves, with this text in it. */
function built(text: string): string {
  const folder = path.join(root, `dist.new-${text}`);
  mkdirSync(path.join(folder, 'cli'), { recursive: true });
  writeFileSync(path.join(folder, 'cli', 'main.js'), text);
  seal(folder, fingerprint(root));
  return folder;
}
const dist = () => path.join(root, 'dist');

test('dist is missing before the first build and fresh after it', () => {
  expect(stateOf(root)).toBe('missing');
  exchange(built('one'), dist());
  expect(stateOf(root)).toBe('fresh');
});

test('a source that was changed, added or removed makes dist outdated; a touched one does not', () => {
  exchange(built('one'), dist());
  utimesSync(path.join(root, 'src/a.ts'), 1, 1);
  expect(stateOf(root)).toBe('fresh');
  writeFileSync(path.join(root, 'src/b.ts'), '');
  expect(stateOf(root)).toBe('outdated');
  rmSync(path.join(root, 'src/b.ts'));
  expect(stateOf(root)).toBe('fresh');
  appendFileSync(path.join(root, 'src/a.ts'), '2');
  expect(stateOf(root)).toBe('outdated');
});

test('a dist that is half built, half copied or has lost a file is noticed', () => {
  const folder = built('one');
  rmSync(path.join(folder, 'built.json'));
  exchange(folder, dist());
  expect(stateOf(root)).toBe('incomplete');
  exchange(built('two'), dist());
  writeFileSync(path.join(dist(), 'cli', 'main.js'), 'tw');
  expect(stateOf(root)).toBe('incomplete');
  exchange(built('three'), dist());
  rmSync(path.join(dist(), 'cli', 'main.js'));
  expect(stateOf(root)).toBe('incomplete');
});

test('a new dist takes the place of the old one as a whole, and nothing is left of either', () => {
  exchange(built('one'), dist());
  appendFileSync(path.join(dist(), 'of the old one'), '');
  exchange(built('two'), dist());
  expect(existsSync(path.join(dist(), 'of the old one'))).toBe(false);
  expect(readdirSync(root).filter((name) => name.startsWith('dist'))).toEqual(['dist']);
});
