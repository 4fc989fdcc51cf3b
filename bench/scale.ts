/**
 * How a million worlds spread over 1 to 100 twins behind HAProxy, and how many are sent elsewhere when a twin comes or
 * goes: `npm run scale [-- --worlds N --seed TEXT]`. Nothing is started; it is the balancer's own hash.
 */
import { createHash } from 'node:crypto';
import { parseArgs } from 'node:util';
import { type Ring, ringOf, serverNumberOf } from '../src/moves/haproxy-hash.ts';

const { values } = parseArgs({
  options: { worlds: { type: 'string', default: '1000000' }, seed: { type: 'string', default: '1' } },
});
const count = Number(values.worlds);
if (!Number.isInteger(count) || count < 1) throw new Error('--worlds is a number from 1 on');

/** Names as CI jobs give them: a branch, a build and a test. */
function worldName(at: number): string {
  const chance = createHash('md5').update(`${values.seed}/${at}`).digest();
  return `job-${chance.readUInt32LE(0) % 1_000_000}-test-${chance.readUInt16LE(4)}-${at.toString(36)}`;
}

const names = Array.from({ length: count }, (_, at) => worldName(at));
const numbersTo = (most: number) => Array.from({ length: most }, (_, at) => at + 1);
const serversOf = (ring: Ring) => Uint16Array.from(names, (name) => serverNumberOf(ring, name));

/** How much the fullest of some twins has, times what each would have if all had the same. */
function imbalance(servers: Uint16Array, twins: number): number {
  const loads = new Map<number, number>();
  for (const server of servers) loads.set(server, (loads.get(server) ?? 0) + 1);
  return (Math.max(...loads.values()) * twins) / servers.length;
}

const shareMoved = (before: Uint16Array, after: Uint16Array) =>
  before.reduce((moved, server, at) => moved + (server === after[at] ? 0 : 1), 0) / before.length;
const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

console.log(
  '| Twins | fullest, times the mean | moved when one is added | least possible | moved when one is lost |',
);
console.log('|---|---|---|---|---|');
for (const twins of [1, 2, 3, 5, 10, 20, 50, 100]) {
  const now = serversOf(ringOf(numbersTo(twins)));
  const added = shareMoved(now, serversOf(ringOf(numbersTo(twins + 1))));
  const lost = twins === 1 ? '' : percent(shareMoved(now, serversOf(ringOf(numbersTo(twins - 1)))));
  const cells = [twins, imbalance(now, twins).toFixed(2), percent(added), percent(1 / (twins + 1)), lost];
  console.log(`| ${cells.join(' | ')} |`);
}
