import path from 'node:path';
import { onTestFinished } from 'vitest';
import {
  Recorder,
  Redaction,
  StandIns,
  soapCallerFor,
  startProxy,
  targetOf,
  usualPaths,
} from '../../src/real/record/index.ts';
import { openRecording, type Recording } from '../../src/real/recording/recording-file.ts';
import { Allowances } from '../../src/real/replay/allowances.ts';
import { FormCaller } from '../../src/real/replay/form-caller.ts';
import { type ReplayReport, replayed } from '../../src/real/replay/replay.ts';
import { limitsOf } from '../../src/real/server-connection.ts';
import { temporaryFolder } from './servers.ts';

const reach = { trust: {}, timeoutMs: 20_000, option: '--url' };

/** Records what a client does through a proxy in front of a server. */
export async function recordingOf(
  url: string,
  work: (proxy: string) => Promise<void>,
  { mostKept = 64_000_000 } = {},
): Promise<Recording> {
  const out = path.join(temporaryFolder(), 'story.jsonl');
  const caller = await soapCallerFor({ ...reach, url }, { tell: () => {} });
  const apTest = await targetOf({ ...reach, url }, usualPaths.rpc);
  const redaction = new Redaction(caller.messages, new StandIns());
  const recorder = new Recorder({ out, isForced: false }, redaction, {
    startedAt: new Date().toISOString(),
    targets: [],
  });
  const failures: unknown[] = [];
  const proxy = await startProxy({
    mostKept,
    targets: { testTrack: caller.target, apTest },
    ...{ host: '127.0.0.1', port: 0, now: Date.now, stopwatch: () => performance.now() },
    onExchange: (exchange) => recorder.add(exchange),
    onFailure: (error) => failures.push(error),
  });
  await work(proxy.url);
  await proxy.close();
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  await recorder.close();
  caller.target.close();
  apTest.close();
  if (failures.length > 0) throw failures[0];
  return openRecording(out);
}

/** Replays to a server whose users have these passwords. */
export async function replayOf(
  recordings: readonly Recording[],
  url: string,
  { password = '', allowances = new Allowances([]) } = {},
): Promise<ReplayReport> {
  const soap = await soapCallerFor({ ...reach, url }, { tell: () => {} });
  const apTest = await targetOf({ ...reach, url }, usualPaths.rpc);
  onTestFinished(() => {
    soap.target.close();
    apTest.close();
  });
  return replayed(recordings, {
    soap,
    forms: new FormCaller(apTest, limitsOf(reach.timeoutMs)),
    secrets: { passwordOf: () => password, token: 'token' },
    allowances,
    stopwatch: () => performance.now(),
    onExchange: () => {},
  });
}

/** What a report says differs, shortly: operation and field. */
export function differing({ exchanges }: ReplayReport): string[] {
  return exchanges.flatMap(({ outcome, operation, difference }) =>
    outcome === 'differs' ? [`${operation}: ${difference?.field}`] : [],
  );
}
