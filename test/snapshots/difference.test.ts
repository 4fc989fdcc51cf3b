import { expect, test } from 'vitest';
import { atOnce } from '../../src/answers/steps.ts';
import { differing, fieldsOf } from '../../src/snapshots/difference.ts';
import { differenceReport, reportingDifference } from '../../src/snapshots/report.ts';
import { Draft } from '../../src/world/draft.ts';
import { fileContent } from '../../src/world/file-content.ts';
import { table } from '../../src/world/table.ts';
import { World } from '../../src/world/world.ts';

const notes = table<{ recordId: number; text: string }>('notes', { key: ({ recordId }) => recordId });
const uses = table<{ recordId: number; at: number }>('uses', {
  key: ({ recordId }) => recordId,
  isVolatile: true,
});

function worldWith(...texts: string[]): World {
  const draft = new Draft(new World('seed'));
  texts.forEach((text, at) => void draft.table(notes, 'scope').put({ recordId: at + 1, text }));
  return draft.commit();
}

test('only records that are not the same are different, also in states that share nothing', () => {
  const { first } = atOnce(differing(worldWith('a', 'b', 'c'), worldWith('a', 'x', 'c', 'd')));
  expect(first.map(({ key, before, after }) => [key, before, after])).toEqual([
    [2, { recordId: 2, text: 'b' }, { recordId: 2, text: 'x' }],
    [4, undefined, { recordId: 4, text: 'd' }],
  ]);
});

test('bookkeeping of every call is no difference', () => {
  const draft = new Draft(worldWith('a'));
  draft.table(uses, 'scope').put({ recordId: 1, at: 5 });
  expect(atOnce(differing(worldWith('a'), draft.commit()))).toEqual({ first: [], count: 0 });
});

test('fields are compared to the bottom; entries of lists are told apart by their ids', () => {
  const before = {
    same: { deep: [1, 2] },
    state: 'Open',
    description: { text: 'a', html: undefined },
    events: [
      { recordId: 1, name: 'Assign', notes: '' },
      { recordId: 2, name: 'Fix', notes: '' },
    ],
    tags: ['a', 'b'],
    file: fileContent(new Uint8Array([1])),
  };
  const after = {
    same: { deep: [1, 2] },
    state: 'Fixed',
    description: { text: 'b', html: undefined },
    events: [
      { recordId: 2, name: 'Fix', notes: 'done' },
      { recordId: 3, name: 'Verify', notes: '' },
    ],
    tags: ['a', 'c'],
    file: fileContent(new Uint8Array([1])),
  };
  expect(fieldsOf({ before, after })).toEqual([
    { field: 'state', before: 'Open', after: 'Fixed' },
    { field: 'description.text', before: 'a', after: 'b' },
    { field: 'events[1]', before: before.events[0], after: undefined },
    { field: 'events[2].notes', before: '', after: 'done' },
    { field: 'events[3]', before: undefined, after: after.events[1] },
    { field: 'tags', before: ['a', 'b'], after: ['a', 'c'] },
  ]);
});

test('a report is bounded and says how much it leaves out', () => {
  const report = differenceReport(
    { name: 'a', world: worldWith() },
    { name: 'b', world: worldWith('1', '2', '3', '4') },
    2,
  );
  expect(report).toMatchObject({ isSame: false, leftOut: 2, report: ['notes 1 added', 'notes 2 added'] });
});

test('that a password changed is told, what it was and is not', () => {
  const users = table<{ recordId: number; password: string }>('users', { key: ({ recordId }) => recordId });
  const withPassword = (password: string) => {
    const draft = new Draft(new World('seed'));
    draft.table(users, 'testtrack:Project').put({ recordId: 1, password });
    return draft.commit();
  };
  const report = differenceReport(
    { name: 'a', world: withPassword('old-one') },
    { name: 'b', world: withPassword('new-one') },
  );
  expect(report.report).toEqual([expect.stringMatching(/password changed$/)]);
  expect(JSON.stringify(report)).not.toMatch(/old-one|new-one/);
});

test('two states of many records are compared in many steps', () => {
  const many = Array.from({ length: 3000 }, (_, at) => `text ${at}`);
  const comparing = reportingDifference(
    { name: 'from', world: worldWith(...many) },
    { name: 'to', world: worldWith(...many.map((text) => `${text}!`)) },
    10,
  );
  let steps = 0;
  let next = comparing.next();
  for (; !next.done; next = comparing.next()) steps += 1;
  expect(steps).toBeGreaterThan(3000);
  expect(next.value.differences.map(({ key }) => key)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(next.value.leftOut).toBe(2990);
});
