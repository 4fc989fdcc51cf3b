import { readFileSync, writeFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { startTwin } from '../../src/index.ts';
import { recordingOf, replayOf } from '../real/recordings.ts';
import { cloneOf, shownBy, shownDifferently } from '../real/servers.ts';
import { axisProgram } from './axis.ts';
import { dotNetProgram } from './dotnet.ts';
import { wanted, wantedAsArguments } from './expected.ts';
import { generatedClient } from './gsoap.ts';
import { sudsTypes } from './readme.ts';
import { type Command, programPath, runProgram } from './run-program.ts';
import { scenario, scenario2013 } from './story.ts';

interface Recorded {
  /** What starts its program. */
  readonly program: (origin: string) => Command | Promise<Command>;
  /** What its target serves. */
  readonly served?: string;
}

/** Stacks that write XML each in its own way. */
const stacks: Readonly<Record<string, Recorded>> = {
  'PHP SoapClient': { program: (origin) => ['/usr/bin/php', programPath('story_php.php'), origin] },
  suds: {
    program: (origin) => ['/usr/bin/python3', '-B', programPath('story_suds.py'), origin, sudsTypes],
  },
  'SOAP::Lite': { program: (origin) => ['/usr/bin/perl', programPath('story_soap_lite.pl'), origin] },
  'Axis 1.4': { program: async (origin) => (await axisProgram('StoryAxis'))(origin, ...wantedAsArguments()) },
  '.NET ASMX (mono)': {
    program: async (origin) =>
      (await dotNetProgram('StoryDotNet', 'newest'))('sync', origin, ...wantedAsArguments()),
  },
  '.NET ASMX (mono) of 2013': {
    served: scenario2013,
    program: async (origin) =>
      (await dotNetProgram('StoryDotNet', '2013'))('sync', origin, ...wantedAsArguments()),
  },
  'gSOAP of 2013': {
    served: scenario2013,
    program: async (origin) => [
      await generatedClient('story_gsoap', '2013'),
      origin,
      'tree',
      ...wantedAsArguments(),
    ],
  },
};

const account = { project: 'Project', username: 'username', password: 'password' };

test.each(Object.entries(stacks))(
  'what %s and a twin say to each other, recorded by the proxy, is no other on a clone of the twin',
  async (_, { program, served = scenario }) => {
    const target = await startTwin({ scenario: served });
    onTestFinished(() => target.close());
    const clone = await cloneOf(target.url, account);
    // The clock of the story stands still, and its program moves it.
    const clock = 'clock: {"mode":"frozen","now":"2026-03-02T15:00:00.000Z"}';
    writeFileSync(clone, readFileSync(clone, 'utf8').replace('clock: {"mode":"real"}', clock));
    const recording = await recordingOf(target.url, async (proxy) => {
      await runProgram(await program(proxy), { input: JSON.stringify(wanted) });
    });
    const twin = await startTwin({ scenario: clone });
    onTestFinished(() => twin.close());
    const report = await replayOf([recording], twin.url);
    expect(report.exchanges.length).toBeGreaterThan(20);
    expect(report.exchanges.filter(({ outcome }) => outcome === 'differs')).toEqual([]);
  },
);

test('a clone of a server of 2013 is of 2013, and shows all that its server shows', async () => {
  const target = await startTwin({ scenario: scenario2013 });
  onTestFinished(() => target.close());
  const twin = await startTwin({ scenario: await cloneOf(target.url, account) });
  onTestFinished(() => twin.close());
  const shown = await shownBy(target.url, account);
  expect(shown.size).toBeGreaterThan(30);
  // A time span is a column and nothing else there: the contract of 2013 has no type for such a field.
  const columns = 'settings/columns:Defect';
  shown.set(columns, shown.get(columns)?.replace('{"name":"Time lost"},', '') ?? '');
  expect(shownDifferently(shown, await shownBy(twin.url, { ...account, password: '' }))).toEqual([]);
  const contractOf = async (url: string) =>
    (await (await fetch(`${url}/ttsoapcgi.wsdl`)).text()).replaceAll(url, '');
  expect(await contractOf(twin.url)).toBe(await contractOf(target.url));
});
