import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { startTwin } from '../../src/index.ts';
import { cloned } from '../../src/real/clone/clone.ts';
import { wrongServer } from '../contract-suite/wrong-server.ts';
import { soapClient } from '../support/soap-client.ts';
import { cloneOptions } from './servers.ts';

const scenario = {
  twintrack: 1,
  clock: { mode: 'frozen', now: '2026-03-02T15:00:00Z' },
  testtrack: {
    projects: [
      {
        name: 'Moving',
        groups: [{ name: 'Makers', commands: 'all' }],
        users: [{ login: 'admin', password: 'secret', last: 'A', groups: ['Makers'] }],
        defects: [{ summary: 'First' }, { summary: 'Second' }],
        requirements: [{ type: 'Wish', summary: 'Read last' }],
        requirementTypes: [{ name: 'Wish' }],
      },
    ],
  },
};

async function movingTwin() {
  const twin = await startTwin({ scenario });
  onTestFinished(() => twin.close());
  return twin;
}

const account = { project: 'Moving' };

test('a record that a server lists twice is there once, and told of', async () => {
  const target = await movingTwin();
  await using twice = await wrongServer(target.url, ({ request, body }) =>
    request.includes('getRecordListForTable') && request.includes('>Defect<')
      ? {
          body: body
            .replace(/CRecordRowSoap\[\d+\]/, 'CRecordRowSoap[]')
            .replace(/<item><row.*?<\/row><\/item>/s, '$&$&'),
        }
      : undefined,
  );
  const options = cloneOptions(twice.url, account);
  const { notes } = await cloned(options);
  expect(notes.map(({ what }) => what).join('\n')).toContain('Defect: a record is listed twice');
  expect(readFileSync(options.out, 'utf8').match(/"summary":"First"/g)).toHaveLength(1);
});

test('a record that is changed or added while others are read is there as it is at the end', async () => {
  const target = await movingTwin();
  const tt = soapClient(`${target.url}/cgi-bin/ttsoapcgi.exe`);
  const login = { dbname: 'Moving', username: 'admin', password: 'secret' };
  let change: Promise<void> | undefined;
  const changed = async () => {
    const cookie = Number(await tt.DatabaseLogon(login));
    await target.clock.advance(60_000);
    const first = await tt.editDefect({ cookie, defectNumber: 1 });
    await tt.saveDefect({ cookie, pDefect: { ...first, summary: 'Changed meanwhile' } });
    await tt.addDefect({ cookie, pDefect: { summary: 'Came meanwhile', type: '' } });
    await tt.DatabaseLogoff({ cookie });
  };
  await using moving = await wrongServer(target.url, ({ request }) => {
    if (request.includes('getRequirementByRecordID')) change ??= changed();
    return undefined;
  });
  const options = cloneOptions(moving.url, account, { time: waitingFor(() => change), perSecond: 1_000 });
  await cloned(options);
  const text = readFileSync(options.out, 'utf8');
  expect(text).toContain('"summary":"Changed meanwhile"');
  expect(text).toContain('"summary":"Came meanwhile"');
  expect(text).not.toContain('"summary":"First"');
});

/** Time whose pauses last until something is done. */
function waitingFor(work: () => Promise<void> | undefined) {
  let now = 0;
  return {
    now: () => now,
    sleep: async (ms: number) => {
      now += ms;
      await work();
    },
  };
}
