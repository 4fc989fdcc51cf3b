import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { soapClient } from '../test/support/soap-client.ts';
import { largeSuiteTimes } from './aptest.ts';
import { ciJobFigure } from './ci-job.ts';
import { type Contender, compare as compareIn } from './compare.ts';
import { durableFigures } from './durable.ts';
import { type Figure, median, ratio } from './figure.ts';
import { listCall, tenColumns, timeOf } from './lists.ts';
import { paintFigures } from './paint.ts';
import { realServerFigures } from './real.ts';
import { editAndSave, inTurn, rpcRequest, scatteredNumbers, soapPath, soapRequest } from './requests.ts';
import { writeScenario } from './scenarios.ts';
import {
  bareServer,
  residentMegabytes,
  type Server,
  strongSoapServer,
  twinProgram,
  twinServer,
} from './servers.ts';
import { startTimes } from './start.ts';
import { tlsFigures } from './tls.ts';
import { longestWait } from './waits.ts';
import { watchedFigure } from './watched.ts';
import { worldFigures } from './worlds.ts';

/**
 * The benchmark: everything in one run on one machine, as ratios. The numbers of two machines cannot be compared,
 * the ratios can. Servers run in processes of their own; each pair is measured in turns, and the median counts.
 */
const seconds = Number(process.env.BENCH_SECONDS ?? 0.25);
const turns = 20;
const connections = 8;
const folder = mkdtempSync(path.join(tmpdir(), 'twintrack-bench-'));
const file = (name: string) => path.join(folder, name);
const demo = fileURLToPath(new URL('../scenarios/demo.yaml', import.meta.url));
const bareProgram = fileURLToPath(new URL('bare-server.mjs', import.meta.url));

interface Row {
  readonly what: string;
  readonly value: string;
  readonly target: string;
  readonly isMet: boolean;
}
const rows: Row[] = [];

function note(
  what: string,
  value: number,
  { atLeast, atMost, unit = '' }: { atLeast?: number; atMost?: number; unit?: string },
) {
  const isMet = (atLeast === undefined || value >= atLeast) && (atMost === undefined || value <= atMost);
  const bound =
    atLeast === undefined
      ? atMost === undefined
        ? ''
        : `at most ${atMost}${unit}`
      : `at least ${atLeast}${unit}`;
  rows.push({ what, value: `${value.toFixed(value < 10 ? 2 : 0)}${unit}`, target: bound, isMet });
  console.log(`${isMet ? ' ' : '!'} ${what}: ${rows.at(-1)?.value} ${bound && `(${bound})`}`);
}

/** Measures contenders in turns of the usual length. @returns rounds per second */
const compare = <const C extends readonly Contender[]>(contenders: C) =>
  compareIn(contenders, { connections, seconds, turns });

async function logOn(server: Server): Promise<number> {
  const tt = soapClient(`http://127.0.0.1:${server.port}${soapPath}`);
  return Number(await tt.DatabaseLogon({ dbname: 'Project', username: 'username', password: 'password' }));
}

const get = (cookie: number, number: number) =>
  soapRequest('getDefect', `<cookie>${cookie}</cookie><defectNumber>${number}</defectNumber>`);

/** The body of one answer, as a bare server shall give it. */
async function answerOf(server: Server, request: Buffer): Promise<Buffer> {
  const [head = '', body = ''] = request.toString().split('\r\n\r\n');
  const [method = '', target = ''] = head.split(' ');
  const response = await fetch(`http://127.0.0.1:${server.port}${target}`, {
    method,
    ...(method === 'POST' ? { body, headers: { 'content-type': 'text/xml' } } : {}),
  });
  return Buffer.from(await response.arrayBuffer());
}

async function bareWith(name: string, bytes: Buffer): Promise<Server> {
  writeFileSync(file(name), bytes);
  return bareServer(file(name));
}

async function againstBare(): Promise<void> {
  writeScenario(file('small.json'), 1000, [100, 10_000]);
  const twin = await twinServer(file('small.json'));
  const cookie = await logOn(twin);
  const reads = Array.from({ length: 200 }, (_, at) => get(cookie, at + 1));
  const defectBytes = await answerOf(twin, get(cookie, 1));
  const bare = await bareWith('defect.xml', defectBytes);
  const strong = await strongSoapServer(await strongAnswers(twin, cookie));
  const status = rpcRequest('command=getSessionStatus&sessNum=1');
  const bareStatus = await bareWith('status.txt', await answerOf(twin, status));
  const result = (session: number, tests: number) =>
    inTurn(
      Array.from({ length: 100 }, (_, at) =>
        rpcRequest(`command=result&sess=${session}&tid=${(at * 97) % tests}&result=pass`),
      ),
    );

  const [bareRate, getRate, saveRate, strongRate] = await compare([
    { server: bare, conversation: inTurn([reads[0] ?? Buffer.alloc(0)]) },
    { server: twin, conversation: inTurn(reads) },
    { server: twin, conversation: editAndSave(cookie, scatteredNumbers(1000)) },
    { server: strong, conversation: inTurn([reads[0] ?? Buffer.alloc(0)]) },
  ]);
  note('getDefect, of bare node:http', ratio(getRate, bareRate), { atLeast: 0.45 });
  note('editDefect + saveDefect (two requests), of bare node:http', ratio(saveRate, bareRate), {});
  note('strong-soap’s own server, getDefect, of bare node:http', ratio(strongRate, bareRate), {});
  note('getDefect, times strong-soap’s own server', ratio(getRate, strongRate), {});

  const [bareRpc, statusRate, few, many] = await compare([
    { server: bareStatus, conversation: inTurn([status]) },
    { server: twin, conversation: inTurn([status]) },
    { server: twin, conversation: result(1, 100) },
    { server: twin, conversation: result(2, 10_000) },
  ]);
  note('getSessionStatus, of bare node:http', ratio(statusRate, bareRpc), { atLeast: 0.3 });
  note('result, of bare node:http', ratio(few, bareRpc), {});
  note('result in 10,000 tests, cost against 100 tests', ratio(few, many), { atMost: 1.3 });
  console.log(
    `  (${Math.round(median(bareRate))} answers/s bare, ${Math.round(median(getRate))} getDefect/s)`,
  );
  await Promise.all([twin, bare, strong, bareStatus].map((server) => server.stop()));
}

/** What strong-soap's server shall answer: the same defect, as the object its user would give. */
async function strongAnswers(twin: Server, cookie: number): Promise<string> {
  const tt = soapClient(`http://127.0.0.1:${twin.port}${soapPath}`);
  const pDefect = await tt.getDefect({ cookie, defectNumber: 1 });
  writeFileSync(file('strong.json'), JSON.stringify({ getDefect: { pDefect } }));
  return file('strong.json');
}

async function asTheStateGrows(): Promise<void> {
  writeScenario(file('1k.json'), 1000);
  writeScenario(file('100k.json'), 100_000);
  const small = await twinServer(file('1k.json'));
  const before = performance.now();
  const large = await twinServer(file('100k.json'));
  note('start with 100,000 defects', (performance.now() - before) / 1000, { atMost: 4, unit: ' s' });
  const contender = async (server: Server, count: number) => {
    const cookie = await logOn(server);
    // As many different ones of both, so that the caches of the processor are no part of the comparison.
    const numbers = scatteredNumbers(count).slice(0, 1000);
    return {
      reads: inTurn(numbers.map((number) => get(cookie, number))),
      writes: editAndSave(cookie, numbers),
    };
  };
  const [few, many] = [await contender(small, 1000), await contender(large, 100_000)];
  const [readFew, readMany, writeFew, writeMany] = await compare([
    { server: small, conversation: few.reads },
    { server: large, conversation: many.reads },
    { server: small, conversation: few.writes },
    { server: large, conversation: many.writes },
  ]);
  note('getDefect in 100,000 defects, cost against 1,000', ratio(readFew, readMany), { atMost: 1.3 });
  note('edit + save in 100,000 defects, cost against 1,000', ratio(writeFew, writeMany), { atMost: 1.3 });
  const query = "{'Priority': 'Immediate', 'Product': 'Wysi CRM', 'Number': {'<from>': 99000}}";
  const asked = await timeOf(large, listCall(await logOn(large), query), 7);
  note('JSON query over 100,000 defects', asked.ms, { atMost: 150, unit: ' ms' });
  const perRow = async (server: Server, rows: number, times: number) =>
    (await timeOf(server, listCall(await logOn(server)), times)).ms / rows;
  const [rowOfFew, rowOfMany] = [await perRow(small, 1000, 100), await perRow(large, 100_000, 5)];
  note('a row in a list of 100,000 defects, cost against one of 1,000', rowOfMany / rowOfFew, {
    atMost: 1.3,
  });
  const resets: number[] = [];
  for (let turn = 0; turn < 20; turn++) {
    const start = performance.now();
    await fetch(`http://127.0.0.1:${large.port}/__admin/reset`, { method: 'POST' });
    resets.push(performance.now() - start);
  }
  note('reset with 100,000 defects, over HTTP', median(resets), { atMost: 5, unit: ' ms' });
  await Promise.all([small.stop(), large.stop()]);
}

/** Lists of 10,000 defects with ten columns, against strong-soap answering the same ready-made object. */
async function longLists(): Promise<void> {
  writeScenario(file('10k.json'), 10_000);
  const twin = await twinServer(file('10k.json'));
  const cookie = await logOn(twin);
  const list = listCall(cookie);
  const tt = soapClient(`http://127.0.0.1:${twin.port}${soapPath}`);
  const recordlist = await tt.getRecordListForTable({
    cookie,
    tablename: 'Defect',
    columnlist: tenColumns.map((name) => ({ name })),
  });
  writeFileSync(file('strong-list.json'), JSON.stringify({ getRecordListForTable: { recordlist } }));
  const strong = await strongSoapServer(file('strong-list.json'));
  const ours = await timeOf(twin, list, 7);
  const theirs = await timeOf(strong, list, 3);
  note('list of 10,000 defects with 10 columns, times strong-soap’s own server', theirs.ms / ours.ms, {
    atLeast: 15,
  });
  const waits: number[] = [];
  for (let turn = 0; turn < 7; turn++) waits.push(await longestWait(twin, () => timeOf(twin, list, 1)));
  note('longest wait of another client meanwhile', median(waits), { atMost: 50, unit: ' ms' });
  console.log(`  (${Math.round(ours.ms)} ms ours, ${Math.round(theirs.ms)} ms strong-soap)`);
  await Promise.all([twin.stop(), strong.stop()]);
}

function noteAll(figures: readonly Figure[]): void {
  for (const { what, value, ...bounds } of figures) note(what, value, bounds);
}

async function aJob(): Promise<void> {
  writeScenario(file('job.json'), 50, [100]);
  const twin = () => twinServer(file('job.json'));
  noteAll([await ciJobFigure({ twin, bare: () => bareServer(file('defect.xml')) })]);
}

async function asSuitesGrow(): Promise<void> {
  const { createSetMs, everyTestMs, longestWaitMs } = await largeSuiteTimes(folder);
  note('createSet over 100,000 test cases, three selectors', createSetMs, { atMost: 300, unit: ' ms' });
  note('getSessionResults, every test of 100 sessions of 1,000', everyTestMs, { atMost: 1000, unit: ' ms' });
  note('longest wait of another client meanwhile', longestWaitMs, { atMost: 50, unit: ' ms' });
}

/** From the start of the process to the end of its first answer. @returns milliseconds */
async function coldStart(args: readonly string[]): Promise<number> {
  const start = performance.now();
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const port = await new Promise<number>((resolve) => {
    child.stdout.on('data', (piece: Buffer) => {
      const found = /http:\/\/127\.0\.0\.1:(\d+)/.exec(piece.toString())?.[1];
      if (found) resolve(Number(found));
    });
  });
  await answerOf({ port, pid: 0, stop: async () => {} }, soapRequest('getDatabaseList', ''));
  const took = performance.now() - start;
  await new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
  return took;
}

async function startAndRest(): Promise<void> {
  const minimal = fileURLToPath(new URL('../scenarios/minimal.yaml', import.meta.url));
  const serve = (scenario: string) => [
    twinProgram,
    'serve',
    '--scenario',
    scenario,
    '--port',
    '0',
    '--log-level',
    'error',
  ];
  const times: number[][] = [[], [], []];
  for (let turn = 0; turn < 7; turn++) {
    times[0]?.push(await coldStart([bareProgram]));
    times[1]?.push(await coldStart(serve(minimal)));
    times[2]?.push(await coldStart(serve(demo)));
  }
  const [bare = 0, twin = 0, withDemo = 0] = times.map(median);
  note('cold start to the first SOAP answer (minimal.yaml), times bare node:http', twin / bare, {
    atMost: 2.5,
  });
  note('cold start with demo.yaml, times bare node:http', withDemo / bare, {});
  console.log(
    `  (${Math.round(bare)} ms bare, ${Math.round(twin)} ms minimal, ${Math.round(withDemo)} ms demo)`,
  );
  const idle = await twinServer(demo);
  await new Promise((resolve) => setTimeout(resolve, 2000));
  note('memory of the idle twin with demo.yaml', residentMegabytes(idle.pid), { atMost: 100, unit: ' MB' });
  await idle.stop();
  const library: typeof import('../src/index.ts') = await import(
    fileURLToPath(new URL('../dist/index.js', import.meta.url))
  );
  const { firstMs, laterMs } = await startTimes(library.startTwin, 'demo.yaml');
  note('startTwin with demo.yaml, after the first, CPU', laterMs, { atMost: 30, unit: ' ms' });
  console.log(`  (the first one: ${Math.round(firstMs)} ms)`);
}

try {
  console.log(`Node ${process.version}, ${cpus().length} cores; ${turns} turns of ${seconds} s, median\n`);
  await startAndRest();
  await againstBare();
  await aJob();
  await asTheStateGrows();
  await longLists();
  await asSuitesGrow();
  const shorter = { connections, turns, seconds };
  noteAll(await tlsFigures(file('small.json'), file('defect.xml')));
  noteAll([await watchedFigure(file('small.json'))]);
  noteAll(await paintFigures(demo));
  noteAll(await worldFigures(folder, shorter));
  noteAll(await durableFigures(folder, shorter));
  noteAll(await realServerFigures(folder));
  console.log(`\n| What | Measured | Target | |\n|---|---|---|---|`);
  for (const { what, value, target, isMet } of rows)
    console.log(`| ${what} | ${value} | ${target} | ${isMet ? '' : 'missed'} |`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = rows.every(({ isMet }) => isMet) ? 0 : 1;
