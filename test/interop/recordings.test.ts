import { readFileSync, writeFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { startTwin } from '../../src/index.ts';
import { recordingOf, replayOf } from '../real/recordings.ts';
import { cloneOf } from '../real/servers.ts';
import { axisProgram } from './axis.ts';
import { wanted, wantedAsArguments } from './expected.ts';
import { sudsTypes } from './readme.ts';
import { type Command, programPath, runProgram } from './run-program.ts';
import { scenario } from './story.ts';

/** Stacks that write XML each in its own way, with what starts their programs. */
const stacks: Readonly<Record<string, (origin: string) => Command | Promise<Command>>> = {
  'PHP SoapClient': (origin) => ['/usr/bin/php', programPath('story_php.php'), origin],
  suds: (origin) => ['/usr/bin/python3', '-B', programPath('story_suds.py'), origin, sudsTypes],
  'SOAP::Lite': (origin) => ['/usr/bin/perl', programPath('story_soap_lite.pl'), origin],
  'Axis 1.4': async (origin) => (await axisProgram('StoryAxis'))(origin, ...wantedAsArguments()),
};

test.each(Object.entries(stacks))(
  'what %s and a twin say to each other, recorded by the proxy, is no other on a clone of the twin',
  async (_, program) => {
    const target = await startTwin({ scenario });
    onTestFinished(() => target.close());
    const account = { project: 'Project', username: 'username', password: 'password' };
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
