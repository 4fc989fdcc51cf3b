import { expect, onTestFinished, test } from 'vitest';
import { startTwin } from '../../src/index.ts';
import { KeptBody } from '../../src/real/record/kept-body.ts';
import { replayMarkdown } from '../../src/real/replay/report.ts';
import { soapClient } from '../support/soap-client.ts';
import { recordingOf, replayOf } from './recordings.ts';

const scenario = {
  twintrack: 1,
  testtrack: {
    projects: [
      {
        name: 'Long',
        groups: [{ name: 'Makers', commands: 'all' }],
        users: [{ login: 'admin', password: 'secret', last: 'A', groups: ['Makers'] }],
        defects: [{ summary: 'Short' }, { summary: 'Long', workaround: 'x'.repeat(60_000) }],
      },
    ],
  },
};

async function longTwin() {
  const twin = await startTwin({ scenario });
  onTestFinished(() => twin.close());
  return twin;
}

test('a body that is longer than what is kept passes whole, and the recording and its replay say that it is not there', async () => {
  const target = await longTwin();
  const lengths: number[] = [];
  const recording = await recordingOf(
    target.url,
    async (url) => {
      const tt = soapClient(`${url}/cgi-bin/ttsoapcgi.exe`);
      const login = { dbname: 'Long', username: 'admin', password: 'secret' };
      const cookie = Number(await tt.DatabaseLogon(login));
      lengths.push((await tt.getDefect({ cookie, defectNumber: 2 })).workaround?.length ?? 0);
      const first = await tt.editDefect({ cookie, defectNumber: 1 });
      await tt.saveDefect({ cookie, pDefect: { ...first, workaround: 'y'.repeat(70_000) } });
      lengths.push((await tt.getDefect({ cookie, defectNumber: 1 })).workaround?.length ?? 0);
      await tt.DatabaseLogoff({ cookie });
    },
    { mostKept: 20_000 },
  );
  expect(lengths).toEqual([60_000, 70_000]);
  const exchanges = [...recording.exchanges()];
  const [, long, , save] = exchanges;
  const omitted = 'it is longer than what is kept';
  expect(long).toMatchObject({ call: { operation: 'getDefect' }, answer: { body: { omitted } } });
  expect(long).not.toHaveProperty('outcome');
  expect(save).toMatchObject({ request: { body: { omitted, bytes: expect.any(Number) } } });
  expect(save).not.toHaveProperty('call');
  const report = await replayOf([recording], (await longTwin()).url, { password: 'secret' });
  expect(report.notKept).toBe(3);
  expect(report.exchanges.map(({ operation }) => operation)).toEqual([
    'DatabaseLogon',
    'editDefect',
    'DatabaseLogoff',
  ]);
  expect(replayMarkdown(report, { startedAt: 'now', targets: [] })).toContain(
    '3 calls were too long for the recording, and are not compared.',
  );
});

test('of a long body no piece is held, however long it is', () => {
  const kept = new KeptBody(100);
  const piece = Buffer.alloc(60, 'a');
  kept.add(piece);
  expect(kept.kept).toEqual({ body: piece });
  for (let at = 0; at < 1_000; at++) kept.add(piece);
  expect(kept.kept).toEqual({ body: Buffer.alloc(0), tooLong: 60_060 });
});
