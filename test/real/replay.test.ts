import { readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { startTwin } from '../../src/index.ts';
import { learnedScenario } from '../../src/real/recording/learned-scenario.ts';
import { openRecording } from '../../src/real/recording/recording-file.ts';
import { allowancesIn } from '../../src/real/replay/allowances.ts';
import { replayJunit, replayMarkdown } from '../../src/real/replay/report.ts';
import { wrongServer } from '../contract-suite/wrong-server.ts';
import { soapClient } from '../support/soap-client.ts';
import { differing, recordingOf, replayOf } from './recordings.ts';
import { storyScenario, tellStory } from './replay-story.ts';
import { cloneOf, temporaryFolder } from './servers.ts';

async function twinOf(scenario: string | object) {
  const twin = await startTwin({ scenario });
  onTestFinished(() => twin.close());
  return twin;
}

test('a story replayed on a clone of its server differs by nature alone', async () => {
  const target = await twinOf(storyScenario);
  const apTest = {
    url: target.url,
    option: '--rpc-url',
    trust: {},
    timeoutMs: 5_000,
    suite: 'Example',
    username: 'lake',
    token: 'token',
  };
  const clone = await cloneOf(target.url, { project: 'Own Ways' }, { apTest });
  const recording = await recordingOf(target.url, tellStory);
  const later = await twinOf(clone);
  // Moments are told to the second, and a story takes less.
  later.clock.advance('1h');
  const report = await replayOf([recording], later.url);
  expect(report.exchanges.filter(({ outcome }) => outcome === 'differs')).toEqual([]);
  expect(report.exchanges.length).toBeGreaterThan(40);
  expect(report.exchanges.filter(({ outcome }) => outcome === 'by nature').length).toBeGreaterThan(5);
});

/** A change of one rule of a server, as a lie about what it answers or another scenario, and what a replay says of it. */
interface Change {
  readonly says?: (request: string, body: string) => string;
  readonly scenario?: (text: string) => string;
  readonly found: readonly string[];
}

const at = (operation: string, change: (body: string) => string) => (request: string, body: string) =>
  request.includes(`:${operation}>`) ||
  request.includes(`:${operation} `) ||
  request.includes(`command=${operation}&`)
    ? change(body)
    : body;

/** Puts the second item of a list before the first. */
const swapped = (body: string) => body.replace(/(<item>.*?<\/item>)(<item>.*?<\/item>)/, '$2$1');

const changes: Readonly<Record<string, Change>> = {
  'the text of a fault': {
    says: at('editDefect', (body) => body.replace('locked by another', 'in use by another')),
    found: ['editDefect: fault.text'],
  },
  'the number of a fault': {
    says: at('getDefect', (body) => body.replace('<detail>6<', '<detail>23<')),
    found: ['getDefect: fault.detail'],
  },
  'the code of a fault': {
    says: at('getTableList', (body) => body.replace('SOAP-ENV:Server', 'SOAP-ENV:Client')),
    found: ['getTableList: fault.code'],
  },
  'a fault where there was an answer': {
    says: at('getTask', (body) =>
      body.replace(
        /<SOAP-ENV:Body.*<\/SOAP-ENV:Body>/s,
        '<SOAP-ENV:Body><SOAP-ENV:Fault><faultcode>SOAP-ENV:Server</faultcode><faultstring>General error.</faultstring><detail>16</detail></SOAP-ENV:Fault></SOAP-ENV:Body>',
      ),
    ),
    found: ['getTask: kind of answer'],
  },
  'an answer where there was a fault': {
    scenario: (text) => text.replace('["Tea","Coffee"]', '["Tea","Coffee","Milk"]'),
    found: [
      'getDropdownFieldValuesForTable: result.length',
      'addDefect: kind of answer',
      'getRecordListForTable: result.records.length',
    ],
  },
  'a default': {
    says: at('getTask', (body) => body.replace('<status>Open<', '<status>Done<')),
    found: ['getTask: result.status'],
  },
  'a state of the workflow': {
    scenario: (text) => text.replaceAll('Tasted', 'Sampled'),
    found: [
      'getEventDefinitionList: result[0].resultingStateValues[0].value',
      'getDefect: result.state',
      'getRecordListForTable: result.records[0]["Status"]',
      'editDefectByRecordID: result.state',
      'saveDefect: kind of answer',
      'getDefectByRecordID: result.state',
      'getRecordListForTable: result.records[0]["Status"]',
      'getLink: result.childList[0].status',
    ],
  },
  'what an event may lead to': {
    says: at('getEventDefinitionList', (body) => body.replace('<item><value>Poured</value></item>', '')),
    found: ['getEventDefinitionList: result[3].resultingStateValues.length'],
  },
  'a member that is gone': {
    says: at('getDefect', (body) => body.replace('<severity/>', '')),
    found: ['getDefect: result.severity'],
  },
  'a member that is new there': {
    says: at('getLink', (body) => body.replace('<comment/>', '<comment>auto</comment>')),
    found: ['getLink: result.comment'],
  },
  'the order of a list': {
    says: at('getColumnsForTable', swapped),
    found: ['getColumnsForTable: result[0].name'],
  },
  'the order of the values of a field': {
    scenario: (text) => text.replace('["Tea","Coffee"]', '["Coffee","Tea"]'),
    found: ['getDropdownFieldValuesForTable: result[0].value'],
  },
  'a column by another name': {
    scenario: (text) => text.replace('"Bug Category"', '"Kind"'),
    found: [
      'getColumnsForTable: result[3].name',
      'getDropdownFieldValuesForTable: kind of answer',
      'addDefect: fault.text',
    ],
  },
  'a value of a record': {
    says: at('getDefect', (body) => body.replace('>Too hot<', '>Too warm<')),
    found: ['getDefect: result.summary'],
  },
  'the record ID of something new, told twice otherwise': {
    says: at('getDefectByRecordID', (body) => body.replace('<recordid>3<', '<recordid>30<')),
    found: ['getDefectByRecordID: result.recordid', 'getDefectByRecordID: result.recordid'],
  },
  'a moment that was there before': {
    says: at('getDefect', (body) => body.replace('2026-01-05T05:00:00', '2026-01-05T06:00:00')),
    found: ['getDefect: result.datetimecreated'],
  },
  'a day that is not today': {
    says: at('getTask', (body) => body.replace(/<dateassigned>[^<]*</, '<dateassigned>2031-01-01<')),
    found: ['getTask: result.dateassigned'],
  },
  'a number that is no name': {
    says: at('getFolderPathSeparator', (body) => body.replace('>47<', '>92<')),
    found: ['getFolderPathSeparator: result'],
  },
  'which records a filter lets through': {
    scenario: (text) => text.replace('"<numbers>\\":[1]', '"<numbers>\\":[1,2]'),
    found: ['getRecordListForTable: result.records.length'],
  },
  'the count of results by code': {
    says: at('getSessionStatus', (body) => body.replace('"pass":1', '"pass":2')),
    found: ['getSessionStatus: result.pass'],
  },
  'a message of rpc.mpl': {
    says: at('result', (body) => body.replace('odd', 'strange')),
    found: ['result: fault.text'],
  },
};

describe('one rule of a server that changed is found and named, and nothing else, when it is', () => {
  let clone: string;
  let recording: Awaited<ReturnType<typeof recordingOf>>;
  beforeAll(async () => {
    const target = await startTwin({ scenario: storyScenario });
    const apTest = {
      url: target.url,
      option: '--rpc-url',
      trust: {},
      timeoutMs: 5_000,
      suite: 'Example',
      username: 'lake',
      token: 'token',
    };
    const file = await cloneOf(target.url, { project: 'Own Ways' }, { apTest });
    clone = readFileSync(file, 'utf8');
    recording = await recordingOf(target.url, tellStory);
    await target.close();
  });

  test.each(Object.entries(changes))('%s', async (_, { says, scenario, found }) => {
    const file = `${temporaryFolder()}/changed.yaml`;
    const text = scenario ? scenario(clone) : clone;
    if (scenario) expect(text).not.toBe(clone);
    writeFileSync(file, text);
    const twin = await twinOf(file);
    let isTold = scenario !== undefined;
    await using server = await wrongServer(twin.url, ({ request, body }) => {
      const told = says?.(request, body) ?? body;
      isTold ||= told !== body;
      return told === body ? undefined : { body: told };
    });
    const report = await replayOf([recording], server.url);
    expect(isTold).toBe(true);
    expect(differing(report)).toEqual(found);
  });
});

test('record IDs and numbers that a server counts otherwise are translated', async () => {
  const target = await twinOf(storyScenario);
  const clone = await cloneOf(target.url, { project: 'Own Ways' });
  const recording = await recordingOf(target.url, tellStory);
  // The same project with as many records, after many others had come and gone.
  const ahead = readFileSync(clone, 'utf8').replace(
    /^( {4}"testtrack:Own Ways\/[\w-]+": )(\d+)$/gm,
    (_, name, last) => `${name}${Number(last) + 50}`,
  );
  writeFileSync(clone, ahead);
  const { url } = await twinOf(clone);
  const report = await replayOf([recording], url);
  const soapOnly = report.exchanges.filter(({ api }) => api === 'TestTrack');
  expect(soapOnly.filter(({ outcome }) => outcome === 'differs')).toEqual([]);
  const added = soapOnly.find(({ operation }) => operation === 'addDefect');
  expect(added?.outcome).toBe('by nature');
});

test('what a file allows with a reason is no difference, and what it allows for nothing is told', async () => {
  const target = await twinOf(storyScenario);
  const clone = await cloneOf(target.url, { project: 'Own Ways' });
  const recording = await recordingOf(target.url, tellStory);
  const file = `${temporaryFolder()}/replay.yaml`;
  writeFileSync(
    file,
    'replay: 1\nallow:\n  - { operation: getDefect, field: "result.customFieldList[*].value", reason: numbered anew }\n  - { operation: getTask, reason: not looked at }\n',
  );
  const twin = await twinOf(clone);
  await using server = await wrongServer(twin.url, ({ request, body }) =>
    request.includes(':getDefect>') ? { body: body.replace('>B-1<', '>B-2<') } : undefined,
  );
  const report = await replayOf([recording], server.url, { allowances: allowancesIn(file) });
  const judged = report.exchanges.filter(
    ({ api, outcome }) => api === 'TestTrack' && !['same', 'by nature'].includes(outcome),
  );
  expect(judged).toMatchObject([
    {
      operation: 'getDefect',
      outcome: 'allowed',
      difference: { recorded: 'B-1', live: 'B-2' },
      allowed: { reason: 'numbered anew' },
    },
  ]);
  expect(report.unmet).toMatchObject([{ operation: 'getTask' }]);
  writeFileSync(file, 'replay: 1\nallow:\n  - { operation: getDefect, reasn: misspelt }\n');
  expect(() => allowancesIn(file)).toThrow(/replay\.yaml: line 3: .*reas/);
});

test('a report names the field, both values, the evidence and the place, in Markdown and JUnit', async () => {
  const target = await twinOf(storyScenario);
  const recording = await recordingOf(target.url, tellStory);
  await using server = await wrongServer((await twinOf(storyScenario)).url, ({ request, body }) =>
    request.includes(':getTask>') ? { body: body.replace('>Open<', '>Done<') } : undefined,
  );
  const report = await replayOf([recording], server.url, { password: 'secret' });
  const markdown = replayMarkdown(report, { startedAt: 'now', targets: [server.url] });
  expect(markdown).toContain('| getTask | result.status | "Open" | "Done" |');
  expect(markdown).toMatch(/gives the task.*\(documented\).*docs\/coverage\.md:\d+/);
  expect(replayJunit(report, { startedAt: 'now' })).toContain(
    '<failure message="result.status: recorded &quot;Open&quot;, now &quot;Done&quot;"',
  );
});

test.each([
  ['a file that is none', 'hello\n', 'it is no recording'],
  ['one of a newer version', '{"twintrackRecording":2}\n', 'it is of version 2, and this Twintrack reads 1'],
  ['one with a line that is none', '{"twintrackRecording":1}\n{"x":1}\n', 'line 2 is no exchange'],
])('%s is refused with the reason', (_, text, reason) => {
  const file = `${temporaryFolder()}/a.jsonl`;
  writeFileSync(file, text);
  expect(() => [...openRecording(file).exchanges()]).toThrow(reason);
});

test('a recording that was cut off, or has a member too many, is read', async () => {
  const target = await twinOf(storyScenario);
  const { file } = await recordingOf(target.url, tellStory);
  const whole = readFileSync(file, 'utf8').split('\n');
  const [head = '', first = '', second = ''] = whole;
  writeFileSync(file, [head, first.replace('{', '{"later":[1],'), second.slice(0, 60)].join('\n'));
  const recording = openRecording(file);
  expect(recording.isCutOff).toBe(true);
  expect([...recording.exchanges()].map(({ number }) => number)).toEqual([1]);
});

test('a scenario of a recording is what it was made on, as far as it shows: replayed there, its reads are the same', async () => {
  const target = await twinOf(storyScenario);
  const reads = async (url: string) => {
    const tt = soapClient(`${url}/cgi-bin/ttsoapcgi.exe`);
    const cookie = Number(
      await tt.DatabaseLogon({ dbname: 'Own Ways', username: 'admin', password: 'secret' }),
    );
    await tt.getTableList({ cookie });
    await tt.getEventDefinitionList({ cookie, tablename: 'Defect' });
    await tt.getCustomFieldsDefinitionList({ cookie, tablename: 'Defect' });
    await tt.getUserForCurrentSession({ cookie });
    const edited = await tt.editDefect({ cookie, defectNumber: 400 });
    await tt.saveDefect({ cookie, pDefect: { ...edited, summary: 'Too warm' } });
    await tt.getDefect({ cookie, defectNumber: 400 });
    await tt.getDefect({ cookie, defectNumber: 4711 }).catch(() => {});
    await tt.DatabaseLogoff({ cookie });
  };
  const [first, second] = [await recordingOf(target.url, reads), await recordingOf(target.url, tellStory)];
  const out = `${temporaryFolder()}/learned.yaml`;
  const output = { out, format: 'yaml' as const, seed: 'x', now: Date.now() };
  const { notes } = await learnedScenario([first], output);
  expect(readFileSync(out, 'utf8')).toContain('"summary":"Too hot"');
  expect(notes.map(({ what }) => what)).toContain('What the recorded client did not ask for');
  const report = await replayOf([first], (await twinOf(out)).url);
  expect(report.exchanges.filter(({ outcome }) => outcome === 'differs')).toEqual([]);
  const both = await learnedScenario([first, second], { ...output, out: `${temporaryFolder()}/both.yaml` });
  expect(both.notes.map(({ what }) => what)).toContain('Defect 1: recordings contradict one another');
});
