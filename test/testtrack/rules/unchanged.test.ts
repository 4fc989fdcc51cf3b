import { expect, test } from 'vitest';
import { defects, projectScope } from '../../../src/testtrack/model/tables.ts';
import { listUnlessChanged, unlessChanged } from '../../../src/testtrack/rules/unchanged.ts';
import { project } from '../../support/testtrack.ts';

test('a value is the one before when nothing in it is another', () => {
  const before: Record<string, number> = { a: 1, b: 2 };
  expect(unlessChanged(before, { b: 2, a: 1 })).toBe(before);
  expect(unlessChanged(before, { a: 1, b: 3 })).toEqual({ a: 1, b: 3 });
  expect(unlessChanged(before, { a: 1 })).toEqual({ a: 1 });
  expect(unlessChanged(before, { ...before, c: 3 })).toEqual({ a: 1, b: 2, c: 3 });
  const list = [before];
  expect(listUnlessChanged(list, [before])).toBe(list);
  expect(listUnlessChanged(list, [before, before])).toEqual([before, before]);
  expect(listUnlessChanged(list, [{ a: 1 }])).toEqual([{ a: 1 }]);
});

test('what comes back untouched with a saved defect stays the same object', () => {
  const { tt, cookie, runner } = project({
    customFields: { Defect: [{ name: 'Client', type: 'string' }] },
    defects: [
      {
        summary: 'One',
        enteredBy: 'admin',
        description: 'What was seen',
        customFields: { Client: 'Web' },
        events: [{ name: 'Assign', assignTo: 'lake' }],
      },
    ],
  });
  const stored = () => runner.world.collection(defects, projectScope('Project')).get(1);
  const before = stored();
  const pDefect = tt.editDefect({ cookie, defectNumber: 1 });
  tt.saveDefect({ cookie, pDefect: { ...pDefect, summary: 'Two' } });
  const after = stored();
  expect(after?.summary).toBe('Two');
  expect(after?.events).toBe(before?.events);
  expect(after?.reportedBy).toBe(before?.reportedBy);
  expect(after?.customValues).toBe(before?.customValues);
});
