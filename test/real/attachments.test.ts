import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { ApTestClient } from '../../src/client/aptest-client.ts';
import { startTwin } from '../../src/index.ts';
import { cloned } from '../../src/real/clone/clone.ts';
import { learnedScenario } from '../../src/real/recording/learned-scenario.ts';
import { soapClient } from '../support/soap-client.ts';
import { recordingOf } from './recordings.ts';
import { cloneOptions, temporaryFolder } from './servers.ts';

const bytes = Buffer.from([0, 1, 2, 253, 254, 255]);
const scenario = {
  twintrack: 1,
  testtrack: {
    projects: [
      {
        name: 'Filed',
        users: [{ login: 'admin', password: 'secret', last: 'A' }],
        defects: [
          { summary: 'With a file', attachments: [{ name: 'log.bin', base64: bytes.toString('base64') }] },
          { summary: 'With another', attachments: [{ name: 'other.txt', text: 'other' }] },
        ],
      },
    ],
  },
  aptest: {
    token: 'token',
    users: ['lake'],
    suites: [
      {
        name: 'Example',
        tests: ['one'],
        sets: [{ path: 'all', tests: ['one'] }],
        sessions: [
          {
            set: 'all',
            results: [
              {
                test: 'one',
                result: 'pass',
                attachment: { name: 'report.bin', base64: bytes.toString('base64') },
              },
            ],
          },
        ],
      },
    ],
  },
};

async function twinOf(given: string | object) {
  const twin = await startTwin({ scenario: given });
  onTestFinished(() => twin.close());
  return twin;
}

async function loggedOn(url: string, password: string) {
  const tt = soapClient(`${url}/cgi-bin/ttsoapcgi.exe`);
  const cookie = Number(await tt.DatabaseLogon({ dbname: 'Filed', username: 'admin', password }));
  return { tt, cookie };
}

/** The file of a defect as a twin of it gives it. */
async function fileOf(url: string, defectNumber: number): Promise<unknown> {
  const { tt, cookie } = await loggedOn(url, '');
  const defect = await tt.getDefect({ cookie, defectNumber, bDownloadAttachments: true });
  return defect.reportedbylist?.[0]?.attachmentlist?.[0]?.['m-pFileData'];
}

test('bytes that any answer of a recording has are those of the twin, and what has none is told', async () => {
  const recording = await recordingOf((await twinOf(scenario)).url, async (proxy) => {
    const { tt, cookie } = await loggedOn(proxy, 'secret');
    const { recordid = 0, reportedbylist } = await tt.getDefect({ cookie, defectNumber: 1 });
    const archive = reportedbylist?.[0]?.attachmentlist?.[0]?.['m-strArchiveName'] ?? '';
    await tt.getDefect({ cookie, defectNumber: 2 });
    await tt.getAttachment({
      ...{ cookie, tablename: 'Defect', recordID: recordid, eventID: 0 },
      pszArchiveName: archive,
    });
  });
  const out = `${temporaryFolder()}/learned.yaml`;
  const { notes } = await learnedScenario([recording], { out, format: 'yaml', seed: 'x', now: Date.now() });
  const twin = await twinOf(out);
  expect(await fileOf(twin.url, 1)).toEqual(bytes);
  expect(String(await fileOf(twin.url, 2))).toBe('The bytes were not cloned.\n');
  const told = notes.map(({ what }) => what).join('\n');
  expect(told).toContain('The bytes of an attachment were not read');
  expect(told).not.toContain('contradict');
});

const ofSuite = (url: string) => ({
  ...{ url, option: '--rpc-url', trust: {}, timeoutMs: 5_000 },
  ...{ suite: 'Example', username: 'lake', token: 'token' },
});

async function attachmentOf(url: string) {
  const ap = new ApTestClient({ url, token: 'token', username: 'lake', suite: 'Example' });
  const { one } = await ap.getTestResultData({ session: 1, names: ['one'] });
  const attachment = one?.notes?.[0]?.attachment;
  const answer = await fetch(attachment?.url ?? '');
  return { name: attachment?.name, bytes: Buffer.from(await answer.arrayBuffer()) };
}

test.each([
  ['with leave, those of ApTest are read too', true, bytes],
  ['without, there are as many others, and it is told', false, Buffer.from('The by')],
])('attachments of a clone: %s', async (_, withFiles, expected) => {
  const { url } = await twinOf(scenario);
  const { testTrack: _none, ...options } = cloneOptions(url, { project: 'Filed' }, { apTest: ofSuite(url) });
  const { notes } = await cloned({ ...options, choice: { withFiles } });
  expect(await attachmentOf((await twinOf(options.out)).url)).toEqual({
    name: 'report.bin',
    bytes: expected,
  });
  const told = notes.some(({ what }) => what.includes('the bytes of an attachment'));
  expect(told).toBe(!withFiles);
});

test('the names and bytes of attachments of ApTest are hidden with the texts', async () => {
  const { url } = await twinOf(scenario);
  const options = cloneOptions(url, { project: 'Filed' }, { apTest: ofSuite(url) });
  await cloned({ ...options, mask: { people: false, texts: true, seed: 'x' } });
  const { name, bytes: hidden } = await attachmentOf((await twinOf(options.out)).url);
  expect(name).toMatch(/^\w{6}\.\w{3}$/);
  expect(name).not.toBe('report.bin');
  expect(String(hidden)).toBe('masked 6');
  expect(readFileSync(options.out, 'utf8')).not.toContain(bytes.toString('base64'));
});
