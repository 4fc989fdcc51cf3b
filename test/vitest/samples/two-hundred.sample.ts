import { twinTest } from '../../../src/vitest/index.ts';
import { tinyScenario } from '../../support/scenarios.ts';
import { soapClient } from '../../support/soap-client.ts';

/** Run by twin-test.test.ts, with room for all of these at once. */
const test = twinTest({ scenario: tinyScenario });
const count = 200;

/** Opens when every test has come to it; with fewer tests at once it would never open. */
let come = 0;
let open = () => {};
const allHoldTheirLock = new Promise<void>((resolve) => {
  open = resolve;
});

test.concurrent.for(Array.from({ length: count }, (_, index) => index))(
  'test %i edits the same defect as all others and sees its own change only',
  async (index, { world, expect }) => {
    const tt = soapClient(world.soapUrl);
    const cookie = Number(
      await tt.DatabaseLogon({ dbname: 'Tiny', username: 'administrator', password: '' }),
    );
    const which = { cookie, defectNumber: 1, summary: '', bDownloadAttachments: false };
    const defect = await tt.editDefect(which);
    come += 1;
    if (come === count) open();
    await allHoldTheirLock;
    await tt.saveDefect({ cookie, pDefect: { ...defect, summary: `Changed by ${index}` } });
    expect(await tt.getDefect(which)).toMatchObject({ summary: `Changed by ${index}` });
    const changes = world.diff().report.filter((line) => line.startsWith('defect'));
    expect(changes).toEqual([`defect 1: summary First to Changed by ${index}`]);
    expect(world.journal.entries().map(({ operation }) => operation)).toEqual([
      'DatabaseLogon',
      'editDefect',
      'saveDefect',
      'getDefect',
    ]);
  },
);

test('the world that all were forked from is as it was', ({ twin, expect }) => {
  expect(come).toBe(count);
  expect(twin.diff()).toMatchObject({ isSame: true });
  expect(twin.journal.entries()).toEqual([]);
});
