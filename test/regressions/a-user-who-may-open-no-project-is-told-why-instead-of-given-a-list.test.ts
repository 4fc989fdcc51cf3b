import { expect, test } from 'vitest';
import { faultOf } from '../support/soap-client.ts';
import { noSoap, people, twinWith } from '../support/twin.ts';

const { tt } = await twinWith([
  { name: 'Project', users: people, groups: [noSoap] },
  { name: 'Closed', users: [{ ...people[1], isActive: false }] },
]);

test('a user who may open no project is told why instead of given a list', async () => {
  expect((await faultOf(tt.getProjectList({ username: 'gone', password: 'gone' }))).detail).toBe('108');
  expect((await faultOf(tt.getProjectList({ username: 'desk', password: 'desk' }))).detail).toBe('5');
  expect(await tt.getProjectList({ username: 'lake', password: 'water' })).toMatchObject([
    { database: { name: 'Project' } },
  ]);
});
