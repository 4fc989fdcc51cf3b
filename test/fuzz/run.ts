/**
 * `npm run fuzz -- --cases 20000 --seed S`: random requests of both products, of the control API and random scenario
 * files, against rules that every answer keeps. What is found is printed with what replays it alone:
 * `npm run fuzz -- --seed S --only K`. `--kind folder` makes cases of damaged data folders only.
 */
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { commands } from '../../src/aptest/commands/index.ts';
import { wsdlModel } from '../support/soap-message.ts';
import { fuzz } from './fuzz.ts';
import { cpuMs, type Tally } from './fuzz-case.ts';
import { SocketShare } from './socket-cases.ts';

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '20000' },
    seed: { type: 'string' },
    only: { type: 'string' },
    kind: { type: 'string' },
  },
});
const seed = values.seed ?? randomBytes(4).toString('hex');
const from = values.only === undefined ? 0 : wholeNumber('only', values.only);
const to = values.only === undefined ? wholeNumber('cases', values.cases) : from + 1;

/** What may be held at the end beyond what was held after the first tenth, in bytes. */
const heapMargin = 20 * 1024 * 1024;
/** The first tenth of so many cases fills the memories of requests, forms and answers, which are bounded by number. */
const fullMemories = 200_000;
/** Findings beyond these say hardly more. */
const mostPrinted = 50;

const socket = await SocketShare.open();
const [begun, computed] = [performance.now(), cpuMs()];
let printed = 0;
let base: number | undefined;
const report = await fuzz({
  seed,
  from,
  to,
  kind: values.kind === 'folder' ? 'folder' : undefined,
  socket,
  found: ({ only, what }) => {
    if (++printed <= mostPrinted) console.log(`--seed ${seed} --only ${only}: ${what}`);
  },
  progress: (cases) => {
    if (cases === Math.ceil((to - from) / 10)) base = heapNow();
    if (cases % 20_000 === 0) console.log(`${cases} cases, ${rate(cases)}`);
  },
});
await socket.close();

const all = (names: readonly string[], tally: Tally) => {
  const never = names.filter((name) => (tally.get(name)?.done ?? 0) === 0);
  return `${names.length - never.length} of ${names.length}${never.length > 0 ? ` (never: ${never.join(', ')})` : ''}`;
};
const sums = [...report.tally.values()];
const sum = (of: 'sent' | 'done') => sums.reduce((total, each) => total + each[of], 0);
console.log(`seed ${seed}: ${report.cases} cases, ${rate(report.cases)}`);
console.log(`${sum('sent')} requests: ${sum('done')} done, ${sum('sent') - sum('done')} refused`);
const operations = [...wsdlModel.operations.keys()];
const commandNames = commands.map(({ name }) => name);
if (values.only === undefined) {
  console.log(`operations done at least once: ${all(operations, report.tally)}`);
  console.log(`commands done at least once: ${all(commandNames, report.tally)}`);
}
const heap = heapNow();
const grown = heap === undefined || base === undefined ? 0 : heap - base;
if (heap === undefined) console.log('heap: not measured, because node ran without --expose-gc');
else console.log(`heap: ${megabytes(heap)} MB, grown by ${megabytes(grown)} MB since the first tenth`);
console.log(`${report.findings.length} findings`);
const isGrown = report.cases >= fullMemories && grown > heapMargin;
if (isGrown) console.log('The heap did not come back to its base.');
process.exitCode = report.findings.length > 0 || isGrown ? 1 : 0;

/** What the machine gave, and what a processor of its own would. */
function rate(cases: number): string {
  const perSecond = (milliseconds: number) => Math.round((cases * 1000) / milliseconds);
  return `${perSecond(performance.now() - begun)} a second (${perSecond(cpuMs() - computed)} a second of the processor)`;
}

function heapNow(): number | undefined {
  if (!globalThis.gc) return undefined;
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}

function megabytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1);
}

function wholeNumber(name: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  console.error(`--${name} is a whole number, not "${text}".`);
  return process.exit(2);
}
