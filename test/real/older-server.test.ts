import { expect, onTestFinished, test } from 'vitest';
import { startTwin } from '../../src/index.ts';
import { cloned } from '../../src/real/clone/clone.ts';
import { cloneOptions } from './servers.ts';

async function notesOfClone(customFields: readonly object[]): Promise<string[]> {
  const project = {
    name: 'Old',
    users: [{ login: 'admin', password: 'secret', last: 'A' }],
    customFields: { Defect: customFields },
    defects: [{ summary: 'One' }],
  };
  const scenario = { twintrack: 1, testtrack: { server: { sdk: '2013' }, projects: [project] } };
  const target = await startTwin({ scenario });
  onTestFinished(() => target.close());
  const { notes } = await cloned(cloneOptions(target.url, { project: 'Old' }));
  return notes.map(({ what }) => what).filter((what) => what.includes('time span'));
}

test('a clone of a server of 2013 tells of time spans where there is a column that may be one, and nowhere else', async () => {
  expect(await notesOfClone([{ name: 'Batch', type: 'string' }])).toEqual([]);
  expect(await notesOfClone([{ name: 'Time lost', type: 'timespan' }])).toEqual([
    'Defect: what the column "Time lost" shows (a time span may be one: the contract of 2013 has no type for it)',
  ]);
});
