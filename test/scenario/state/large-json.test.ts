import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadingScenario, loadScenario } from '../../../src/scenario/load.ts';
import { productSections } from '../../../src/scenario/sections.ts';
import { exportText } from '../../../src/scenario/state/export-text.ts';
import { ScenarioFolder } from '../../support/scenarios.ts';

const options = { now: 0, sections: productSections };
const written = (world: Parameters<typeof exportText>[0]) =>
  [...exportText(world, { mode: 'real' }, 'json')].join('');

const scenario = {
  twintrack: 1,
  testtrack: {
    projects: [
      {
        name: 'P',
        users: [{ login: 'ann', last: 'L' }],
        defects: [{ summary: 'One', attachments: [{ name: 'log.txt', file: 'log.txt' }] }],
        generate: { defects: 700 },
      },
    ],
  },
};

let folder: ScenarioFolder;
let text: string;
beforeAll(() => {
  folder = new ScenarioFolder();
  folder.write('log.txt', 'little smoke');
  const { world } = loadScenario(folder.write('start.json', scenario), options);
  text = written(world);
});
afterAll(() => folder.remove());

function stepsOf(file: string): number {
  const steps = loadingScenario(file, options);
  let count = 0;
  while (!steps.next().done) count += 1;
  return count;
}

describe('a large export in one JSON text', () => {
  test('is large, names a file, and gives the same state again', () => {
    expect(text.length).toBeGreaterThan(1024 * 1024);
    expect(text).toContain('"~f');
    expect(written(loadScenario(folder.write('large.json', text), options).world)).toBe(text);
  });

  test('is read record by record, and gives what it gives when it is read as a whole', () => {
    const large = folder.write('large.json', text);
    const otherwise = folder.write('other.json', JSON.stringify(JSON.parse(text)));
    const lines = text.split('\n').length;
    // Each line twice, and each defect once more when the rules are looked at.
    expect(stepsOf(large)).toBeGreaterThan(2 * lines);
    expect(written(loadScenario(otherwise, options).world)).toBe(written(loadScenario(large, options).world));
  });

  test.each([
    [
      'a key twice',
      (whole: string) => whole.replace('{"recordId":5,', '{"recordId":5,"recordId":5,'),
      'this key is in its map already',
    ],
    [
      'a record twice',
      (whole: string) => whole.replace('{"recordId":5,"number":5,', '{"recordId":4,"number":5,'),
      'there are two records with the key 4',
    ],
    ['its end missing', (whole: string) => whole.slice(0, -4), 'large.json'],
    [
      'a table that is not known',
      (whole: string) => whole.replace('/defects":[', '/defekts":['),
      'there is no such table',
    ],
    [
      'a file with other bytes',
      (whole: string) => whole.replace(/("[0-9a-f]{64}":")..../, '$1AAAA'),
      'the bytes have another SHA-256',
    ],
    [
      'a key that is a trap',
      (whole: string) => whole.replace('{"recordId":5,', '{"__proto__":{},"recordId":5,'),
      '__proto__',
    ],
    [
      'a key before the state that is not known',
      (whole: string) => whole.replace('{"twintrack":1,', '{"twintrack":1,"nothing":2,'),
      'nothing',
    ],
  ])('with %s is refused with the place', (_, spoil, why) => {
    const spoilt = spoil(text);
    expect(spoilt).not.toBe(text);
    const file = folder.write('large.json', spoilt);
    expect(() => loadScenario(file, options)).toThrow(why);
    expect(() => loadScenario(file, options)).toThrow(/large\.json:\d+/);
  });

  test('may be written by another hand, in other lines and in another order', () => {
    const { state, ...head } = JSON.parse(text) as { state: object };
    const file = folder.write('large.json', JSON.stringify({ state, ...head }, undefined, 1));
    expect(written(loadScenario(file, options).world)).toBe(text);
    expect(readFileSync(file, 'utf8')).not.toBe(text);
  });
});
