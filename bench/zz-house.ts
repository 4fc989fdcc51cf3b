/**
 * What each memory of the process is worth: `npx tsx bench/memories.ts`. First how often one piece of each work finds
 * what it looks for, which no busy machine changes; then the processor time with it and without it, client included:
 * the least of several rounds, to be believed on an idle machine only.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startTwin, type Twin } from '../src/index.ts';
import { type Memory, memories } from '../src/memo/memory.ts';
import { listCall } from './lists.ts';
import { type Conversation, readAnswers } from './load.ts';
import { editAndSave, inTurn, rpcRequest, scatteredNumbers, soapRequest } from './requests.ts';
import { writeScenario } from './scenarios.ts';

const rounds = 1;
const demo = 'scenarios/demo.yaml';

/** A piece of work, done so many times. @returns when it is done */
type Work = () => Promise<void>;

async function connected(port: number) {
  const socket = connect(port, '127.0.0.1');
  socket.setNoDelay(true);
  let answered: (body: Buffer) => void = () => {};
  let failed: (error: Error) => void = () => {};
  readAnswers(
    socket,
    (body) => answered(body),
    (error) => failed(error),
  );
  const ask = (request: Buffer) =>
    new Promise<Buffer>((resolve, reject) => {
      answered = resolve;
      failed = reject;
      socket.write(request);
    });
  const times = (count: number, conversation: Conversation): Work => {
    return async () => {
      for (let round = 0; round < count; round++) {
        const talk = conversation();
        let answer: Buffer = Buffer.alloc(0);
        for (let next = talk.next(answer); !next.done; next = talk.next(answer))
          answer = await ask(next.value);
      }
    };
  };
  return { ask, times, end: () => socket.end() };
}

/** What is measured, each with how often one round does it. */
async function works(twin: Twin): Promise<readonly { name: string; times: number; work: Work }[]> {
  const { ask, times } = await connected(Number(new URL(twin.url).port));
  const parts = '<dbname>Project</dbname><username>username</username><password>password</password>';
  const cookie = Number(/>(\d+)</.exec(String(await ask(soapRequest('DatabaseLogon', parts))))?.[1]);
  const numbers = scatteredNumbers(100);
  const gets = numbers.map((number) =>
    soapRequest('getDefect', `<cookie>${cookie}</cookie><defectNumber>${number}</defectNumber>`),
  );
  const body = listCall(cookie);
  const list = async () => {
    const answer = await fetch(twin.soapUrl, { method: 'POST', body });
    const text = await answer.text();
    if (text.length < 100_000) throw new Error(`no list but HTTP ${answer.status}: ${text}`);
  };
  const results = Array.from({ length: 50 }, (_, tid) =>
    rpcRequest(`command=result&sess=1&tid=${tid}&result=pass&note=note${tid}`),
  );
  const start = async () => (await startTwin({ scenario: demo })).close();
  const all = [
    { name: 'getDefect', times: 20, conversation: inTurn(gets) },
    { name: 'editDefect, saveDefect', times: 8, conversation: editAndSave(cookie, numbers) },
    { name: 'result', times: 20, conversation: inTurn(results) },
  ];
  return [
    ...all.map(({ conversation, ...each }) => ({ ...each, work: times(each.times, conversation) })),
    { name: 'list of 1,000', times: 1, work: list },
    { name: 'start of the demo', times: 1, work: start },
  ];
}

async function cpuOf(work: Work): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

/** Does something without a memory. */
async function without<T>(memory: Memory<never, unknown>, run: () => Promise<T>): Promise<T> {
  const { get } = memory;
  const patched = memory as { get: (key: never) => unknown };
  patched.get = () => undefined;
  try {
    return await run();
  } finally {
    patched.get = get;
  }
}

/** How often a piece of work finds something in a memory. */
async function foundIn(memory: Memory<never, unknown>, work: Work): Promise<number> {
  const { get } = memory;
  const patched = memory as { get: (key: never) => unknown };
  let found = 0;
  patched.get = (key) => {
    const value = get(key);
    if (value !== undefined) found++;
    return value;
  };
  await work();
  patched.get = get;
  return found;
}

const folder = mkdtempSync(path.join(tmpdir(), 'twintrack-memories-'));
const file = path.join(folder, 'scenario.json');
writeScenario(file, 1000, [50]);
const twin = await startTwin({ scenario: file });
const measured = await works(twin);
for (let warm = 0; warm < 40; warm++) for (const { work } of measured) await work();
const heads = measured.map(({ name }) => name).join(' | ');
process.stdout.write(`| found, of one | ${heads} |\n`);
for (const memory of memories()) {
  const cells: string[] = [];
  for (const { work, times } of measured) cells.push(((await foundIn(memory, work)) / times).toFixed(1));
  process.stdout.write(`| ${memory.name} | ${cells.join(' | ')} |\n`);
}
process.stdout.write(`| microseconds with → without | ${heads} |\n`);
for (const memory of memories()) {
  if (memory.bound === 'one value') continue;
  const least = measured.map(() => ({ on: Number.POSITIVE_INFINITY, off: Number.POSITIVE_INFINITY }));
  // All kinds of work in turn, so that no connection is idle for long.
  for (let round = 0; round < rounds; round++) {
    for (const [at, each] of least.entries()) {
      const work = measured[at]?.work ?? (async () => {});
      // The first run after other work is the dearest, so it does not count, and each way is first in turn.
      await work();
      for (const isOff of round % 2 === 0 ? [true, false] : [false, true]) {
        if (isOff) each.off = Math.min(each.off, await without(memory, () => cpuOf(work)));
        else each.on = Math.min(each.on, await cpuOf(work));
      }
    }
  }
  const cells = least.map(({ on, off }, at) => {
    const times = measured[at]?.times ?? 1;
    return `${Math.round(on / times)} → ${Math.round(off / times)}`;
  });
  process.stdout.write(`| ${memory.name} | ${cells.join(' | ')} |\n`);
}
await twin.close();
rmSync(folder, { recursive: true });
process.exit(0);
