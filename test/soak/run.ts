/**
 * `npm run soak -- --calls 2000000`: calls of both products over a virtual day, with worlds made and dropped meanwhile.
 * Memory at the end is as at the start, and so is the slowest hundredth of the calls. It takes some 20 minutes.
 */
import { parseArgs } from 'node:util';
import { soak } from './soak.ts';

const { values } = parseArgs({ options: { calls: { type: 'string', default: '2000000' } } });
if (!/^\d{1,9}$/.test(values.calls)) {
  console.error(`--calls is a whole number, not "${values.calls}".`);
  process.exit(2);
}
const megabytes = (bytes: number | undefined) =>
  bytes === undefined ? '-' : (bytes / 1024 / 1024).toFixed(1);
const begun = performance.now();
const { parts, refused } = await soak({
  calls: Number(values.calls),
  parts: 20,
  progress: ({ calls, heap, state, p99, worlds }) =>
    console.log(
      `${calls} calls after ${((performance.now() - begun) / 1000).toFixed(0)} s: heap ${megabytes(heap)} MB, states ${megabytes(state)} MB, p99 ${p99.toFixed(2)} ms, ${worlds} worlds`,
    ),
});
// The first fifth fills memories and warms up.
const steady = parts.slice(4);
const mean = (numbers: readonly number[]) => numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
const quarter = Math.ceil(steady.length / 4);
const [first, last] = [steady.slice(0, quarter), steady.slice(-quarter)];
const heapOf = (some: typeof steady) => mean(some.map(({ heap = 0 }) => heap));
const p99Of = (some: typeof steady) => mean(some.map(({ p99 }) => p99));
const grown = heapOf(last) - heapOf(first);
/** Parts differ by so much among themselves. */
const noise = Math.max(4 * 1024 * 1024, ...steady.map(({ heap = 0 }) => Math.abs(heap - heapOf(steady))));
const slower = p99Of(last) / p99Of(first);
console.log(`heap from first to last quarter: ${megabytes(grown)} MB (noise ${megabytes(noise)} MB)`);
console.log(`p99 ${p99Of(first).toFixed(2)} ms at the start, ${p99Of(last).toFixed(2)} ms at the end`);
console.log(`${refused.length} calls were refused${refused.length > 0 ? `, such as ${refused[0]}` : ''}`);
process.exitCode = grown > noise || slower > 1.5 || refused.length > 0 ? 1 : 0;
