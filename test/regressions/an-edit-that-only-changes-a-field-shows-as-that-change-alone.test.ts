import { expect, test } from 'vitest';
import { TestTrackClient } from '../../src/client/index.ts';
import { startTwin } from '../../src/index.ts';

test('a defect with events, saved as it was but for its priority, differs in the priority alone', async () => {
  await using twin = await startTwin();
  const credentials = { project: 'Project', username: 'username', password: 'password' };
  await using tt = await TestTrackClient.logOn({ url: twin.url, ...credentials });
  const before = twin.snapshot('before');
  await tt.editing(tt.editDefect({ defectNumber: 11 }), (defect) => {
    defect.priority = 'Immediate';
  });
  expect(twin.diff(before.name).report).toEqual(['defect 11 in "Project": priority Medium to Immediate']);
});
