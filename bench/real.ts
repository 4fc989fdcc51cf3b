import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { cloned } from '../src/real/clone/clone.ts';
import { exchange } from '../src/real/net/http-exchange.ts';
import { Pace } from '../src/real/net/pace.ts';
import { openRecording, type Recording } from '../src/real/recording/recording-file.ts';
import { Allowances } from '../src/real/replay/allowances.ts';
import { replayed } from '../src/real/replay/replay.ts';
import { limitsOf, soapCallerFor } from '../src/real/server-connection.ts';
import { ReadingSession } from '../src/real/wire/reading-session.ts';
import { soapClient } from '../test/support/soap-client.ts';
import { type Figure, median, ratio } from './figure.ts';
import { soapPath } from './requests.ts';
import { writeScenario } from './scenarios.ts';
import {
  processorMs,
  recordProxy,
  residentMegabytes,
  type Server,
  tcpProxy,
  twinProgram,
  twinServer,
} from './servers.ts';

const DEFECTS = Number(process.env.BENCH_DEFECTS ?? 10_000);
const FEW = DEFECTS / 10;
const TURNS = 3;
const time = {
  now: () => performance.now(),
  sleep: (ms: number) => new Promise<void>((end) => setTimeout(end, ms)),
};
const account = { project: 'Project', username: 'username', password: 'password' };
const reach = { option: '--url', trust: {}, timeoutMs: 60_000 };
const quiet = () => {};
const urlOf = ({ port }: Server) => `http://127.0.0.1:${port}`;

/** What clone, record and replay cost beside the requests that they are made of. */
export async function realServerFigures(folder: string): Promise<Figure[]> {
  writeScenario(path.join(folder, 'many.json'), DEFECTS);
  writeScenario(path.join(folder, 'few.json'), FEW);
  const many = await twinServer(path.join(folder, 'many.json'));
  const few = await twinServer(path.join(folder, 'few.json'));
  const figures = [
    await cloneFigure(many, folder),
    await memoryFigure(many, folder),
    await recordFigure(few, folder),
    await replayFigure(few, folder),
  ];
  await Promise.all([many.stop(), few.stop()]);
  return figures;
}

/** A clone, of the time in which the same session reads the same records one after the other and does nothing else. */
async function cloneFigure(twin: Server, folder: string): Promise<Figure> {
  const [reads, clones]: [number[], number[]] = [[], []];
  const out = path.join(folder, 'bench-clone.json');
  for (let turn = 0; turn < TURNS; turn++) {
    reads.push(await costOf(twin, () => readAll(urlOf(twin))));
    clones.push(
      await costOf(twin, () =>
        cloned({
          testTrack: { ...reach, ...account, url: urlOf(twin) },
          ...{ out, format: 'json', isForced: true, choice: { withFiles: false } },
          ...{
            mask: { people: false, texts: false, seed: 'bench' },
            parallel: 1,
            perSecond: Number.POSITIVE_INFINITY,
          },
          ...{ licenceWaitMs: 0, time, now: Date.now(), tell: quiet },
        }),
      ),
    );
  }
  return {
    what: 'clone of 10,000 defects with events, times the reads alone (processor)',
    value: ratio(clones, reads),
    atMost: 1.5,
  };
}

async function readAll(url: string): Promise<void> {
  const caller = await soapCallerFor({ ...reach, url }, { tell: quiet });
  const pace = new Pace(time, Number.POSITIVE_INFINITY);
  const session = await ReadingSession.open(caller, {
    ...account,
    pace,
    time,
    tell: quiet,
    licenceWaitMs: 0,
  });
  for (let recordID = 1; recordID <= DEFECTS; recordID++)
    await session.call('getDefectByRecordID', { recordID });
  await session.close();
  caller.target.close();
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/**
 * What work costs in processor time, here and in the twin, in milliseconds. One waits for the other all the time, so that an
 * otherwise idle machine takes as long as that.
 */
async function costOf(twin: Server, work: () => Promise<unknown>): Promise<number> {
  const before = processorMs(twin.pid);
  const own = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(own);
  return (user + system) / 1000 + processorMs(twin.pid) - before;
}

/**
 * The most memory that the program takes in the second half of its reading, of the first half. When the scenario is written
 * it is loaded once, to be sure, which takes what a twin of it takes.
 */
async function memoryFigure(twin: Server, folder: string): Promise<Figure> {
  const own = mkdtempSync(path.join(folder, 'memory-'));
  const words = ['--url', urlOf(twin), '--project', account.project, '--user', account.username];
  const args = [
    twinProgram,
    'clone',
    ...words,
    '--out',
    path.join(own, 'clone.json'),
    '--per-second',
    '999999',
  ];
  const env = { ...process.env, TESTTRACK_PASSWORD: account.password };
  const child = spawn(process.execPath, args, { stdio: 'ignore', env });
  const megabytes: number[] = [];
  const look = setInterval(() => {
    // There is the part file while it reads, and another one beside it as soon as the scenario is written.
    if (readdirSync(own).length === 1 && child.exitCode === null)
      megabytes.push(residentMegabytes(child.pid ?? 0));
  }, 20);
  const code = await new Promise((resolve) => child.once('exit', resolve));
  clearInterval(look);
  if (code !== 0) throw new Error(`the clone ended with ${code}`);
  const half = Math.floor(megabytes.length / 2);
  const [first, second] = [Math.max(...megabytes.slice(0, half)), Math.max(...megabytes.slice(half))];
  console.log(`  (${Math.round(second)} MB)`);
  const what = 'memory of a clone of 10,000 defects in the second half of its reading, times the first';
  return { what, value: second / first, atMost: 1.2 };
}

const CALLS = 400;
/** What is left for a proxy to do behind an answer is no part of the next call: clients do something with answers. */
const PAUSE_MS = 2;

/** The time of a call as a client has it, through each of two proxies in processes of their own, in turns. */
async function recordFigure(twin: Server, folder: string): Promise<Figure> {
  const out = path.join(folder, 'bench-latency.jsonl');
  const proxies = [await tcpProxy(twin.port), await recordProxy(urlOf(twin), out)];
  const clients = proxies.map((proxy) => soapClient(`${urlOf(proxy)}${soapPath}`));
  const cookie = await clients[0]?.DatabaseLogon({ dbname: account.project, ...account });
  const times: number[][] = [[], []];
  for (let call = 0; call < CALLS; call++) {
    for (const [at, client] of clients.entries()) {
      await time.sleep(PAUSE_MS);
      const took = await timed(() =>
        client.getDefect({ cookie: cookie ?? 0, defectNumber: (call % 100) + 1 }),
      );
      // The first ones are for the engine, which compiles what is done again and again.
      if (call >= CALLS / 4) times[at]?.push(took);
    }
  }
  await Promise.all(proxies.map((proxy) => proxy.stop()));
  const [plain = Number.NaN, recording = Number.NaN] = times.map((each) => median(each));
  console.log(
    `  (${plain.toFixed(2)} ms through the plain one, ${(recording - plain).toFixed(2)} ms more through record)`,
  );
  return {
    what: 'a call through record, times a plain TCP proxy',
    value: ratio(times[1] ?? [], times[0] ?? []),
    atMost: 1.2,
  };
}

/** A recording replayed, of the rate at which its requests are sent as they stand and the answers read and dropped. */
async function replayFigure(twin: Server, folder: string): Promise<Figure> {
  const out = path.join(folder, 'bench-replay.jsonl');
  const proxy = await recordProxy(urlOf(twin), out);
  const tt = soapClient(`${urlOf(proxy)}${soapPath}`);
  const cookie = await tt.DatabaseLogon({ dbname: 'Project', username: 'username', password: 'password' });
  for (let defectNumber = 1; defectNumber <= FEW; defectNumber++)
    await tt.getDefect({ cookie, defectNumber });
  await proxy.stop();
  const recording = openRecording(out);
  const [sent, compared]: [number[], number[]] = [[], []];
  for (let turn = 0; turn <= 2 * TURNS; turn++) {
    const [alone, whole] = [
      await timed(() => sendAll(recording, urlOf(twin))),
      await timed(() => replayTo(recording, urlOf(twin))),
    ];
    // The first turn is for the engine, which compiles what is done again and again.
    if (turn > 0) {
      sent.push(alone);
      compared.push(whole);
    }
  }
  console.log(`  (${Math.round((FEW / median(compared)) * 1000)} calls replayed in a second)`);
  return {
    what: 'replay, of the rate of sending without comparing',
    value: ratio(sent, compared),
    atLeast: 0.7,
  };
}

async function sendAll(recording: Recording, url: string): Promise<void> {
  const caller = await soapCallerFor({ ...reach, url }, { tell: quiet });
  for (const { request } of recording.exchanges()) {
    const { method, path: at, body } = request;
    const bytes = Buffer.from('text' in body ? body.text : '');
    await exchange(
      caller.target,
      { method, path: at, headers: { 'content-type': 'text/xml' }, body: bytes },
      limitsOf(60_000),
    );
  }
  caller.target.close();
}

async function replayTo(recording: Recording, url: string): Promise<void> {
  const soap = await soapCallerFor({ ...reach, url }, { tell: quiet });
  const { exchanges } = await replayed([recording], {
    soap,
    forms: undefined,
    secrets: { passwordOf: () => 'password', token: undefined },
    allowances: new Allowances([]),
    stopwatch: () => performance.now(),
    onExchange: quiet,
  });
  soap.target.close();
  const different = exchanges.find(({ outcome }) => outcome === 'differs');
  if (different) throw new Error(`${different.operation} differs: ${different.difference?.field}`);
}
