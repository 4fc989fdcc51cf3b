import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { startTwin } from '../../src/index.ts';
import { learnedScenario } from '../../src/real/recording/learned-scenario.ts';
import { soapClient } from '../support/soap-client.ts';
import { differing, recordingOf, replayOf } from './recordings.ts';
import { temporaryFolder } from './servers.ts';

const scenario = {
  twintrack: 1,
  testtrack: {
    projects: [
      {
        name: 'Implied',
        users: [{ login: 'admin', password: 'secret', last: 'A' }],
        testConfigs: [{ name: 'Spare' }, { name: 'Bench' }],
        customFields: {
          Defect: [
            { name: 'Batch', type: 'string' },
            { name: 'Flavour', type: 'dropdown', values: ['Sweet', 'Sour'] },
            { name: 'Hot', type: 'boolean' },
          ],
        },
        defects: [
          {
            summary: 'One',
            reportedBy: [{ description: 'Seen', testConfig: 'Bench' }],
            customFields: { Batch: 'B-1', Flavour: 'Sour', Hot: true },
          },
          { summary: 'Two', customFields: { Flavour: 'Sweet' } },
        ],
      },
    ],
  },
};

test('a client that only edits a record shows its custom fields and test configuration, and can save it again', async () => {
  const target = await startTwin({ scenario });
  onTestFinished(() => target.close());
  const recording = await recordingOf(target.url, async (url) => {
    const tt = soapClient(`${url}/cgi-bin/ttsoapcgi.exe`);
    const login = { dbname: 'Implied', username: 'admin', password: 'secret' };
    const cookie = Number(await tt.DatabaseLogon(login));
    await tt.getDefect({ cookie, defectNumber: 2 });
    const pDefect = await tt.editDefect({ cookie, defectNumber: 1 });
    expect(pDefect.reportedbylist?.[0]?.standardtestconfig?.systemname).toBe('Bench');
    await tt.saveDefect({ cookie, pDefect: { ...pDefect, summary: 'Changed' } });
  });
  const out = `${temporaryFolder()}/learned.yaml`;
  const { notes } = await learnedScenario([recording], { out, format: 'yaml', seed: 'x', now: Date.now() });
  const twin = await startTwin({ scenario: out });
  onTestFinished(() => twin.close());
  expect(differing(await replayOf([recording], twin.url))).toEqual([]);
  expect(notes.map(({ what }) => what)).toContain('Defect: the definitions of custom fields');
  expect(readFileSync(out, 'utf8')).toContain('"values":["Sour","Sweet"]');
});
