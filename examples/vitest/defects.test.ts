import { expect } from 'vitest';
import { TestTrackClient } from 'twintrack/client';
import { twinTest } from 'twintrack/vitest';

/** Each test has a world of its own; when it fails, the error says what happened in that world. */
const test = twinTest();

for (const priority of ['Immediate', 'Low']) {
  test.concurrent(`the priority ${priority} is saved and read back`, async ({ world }) => {
    await using tt = await TestTrackClient.logOn({
      url: world.soapUrl,
      project: 'Project',
      username: 'username',
      password: 'password',
    });
    await tt.editing(tt.editDefect({ defectNumber: 11 }), (defect) => {
      expect(defect.priority).toBe('Medium'); // what another test saved is not seen here
      defect.priority = priority;
    });
    expect((await tt.getDefect({ defectNumber: 11 })).priority).toBe(priority);
    world.journal.verify({ calls: [{ operation: 'saveDefect', where: { pDefect: { priority } } }], times: 1 });
  });
}
