import { memoOfRecent } from '../memo/memory.ts';

/**
 * Which server HAProxy sends a key to, with `balance hash`, `hash-type consistent sdbm avalanche` and servers of weight 100
 * that are called by number from 1 on: for putting worlds where the balancer looks for them, and for simulations of more worlds than any machine has. That it is what HAProxy does
 * is tested against HAProxy (test/interop/balancer.test.ts).
 */

/** Places of a server on the ring: its weight times 16. */
const PLACES_OF_SERVER = 1600;
/** By which HAProxy numbers the places of all servers. */
const NUMBERS_OF_SERVER = 4096;

/** Spreads all bits of a number over 32 bits. */
function avalanche(number: number): number {
  let a = number >>> 0;
  a = (a + 0x7ed55d16 + (a << 12)) >>> 0;
  a = (a ^ 0xc761c23c ^ (a >>> 19)) >>> 0;
  a = (a + 0x165667b1 + (a << 5)) >>> 0;
  a = ((a + 0xd3a2646c) ^ (a << 9)) >>> 0;
  a = (a + 0xfd7046c5 + (a << 3)) >>> 0;
  a = (a ^ 0xb55a4f09 ^ (a >>> 16)) >>> 0;
  return Math.imul(a, 3_221_225_473) >>> 0;
}

function sdbm(text: string): number {
  let hash = 0;
  for (const byte of Buffer.from(text)) hash = (byte + (hash << 6) + (hash << 16) - hash) >>> 0;
  return hash;
}

/** The places of some servers on the ring, in order. */
export interface Ring {
  readonly places: Uint32Array;
  /** The server of each place. */
  readonly servers: Uint16Array;
}

/** @param servers their numbers */
export function ringOf(servers: readonly number[]): Ring {
  const all = servers.flatMap((server) =>
    Array.from({ length: PLACES_OF_SERVER }, (_, at) => ({
      place: avalanche(server * NUMBERS_OF_SERVER + at),
      server,
    })),
  );
  all.sort((a, b) => a.place - b.place);
  return {
    places: Uint32Array.from(all, ({ place }) => place),
    servers: Uint16Array.from(all, ({ server }) => server),
  };
}

/** @returns the number of the server whose place is nearest to that of the key */
export function serverNumberOf({ places, servers }: Ring, key: string): number {
  const hash = avalanche(sdbm(key));
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((places[middle] ?? 0) < hash) low = middle + 1;
    else high = middle;
  }
  const next = low % places.length;
  const before = (low + places.length - 1) % places.length;
  const distance = (from: number, to: number) => (to - from) >>> 0;
  const isBeforeNearer = distance(places[before] ?? 0, hash) <= distance(hash, places[next] ?? 0);
  return servers[isBeforeNearer ? before : next] ?? 0;
}

/** The addresses of twins in the order of the balancer's table; undefined for a place that has none, or not any more. */
export type TwinTable = readonly (string | undefined)[];

/** The twin that the balancer sends a world to; undefined for a table that is empty. */
export function twinOfWorld(table: TwinTable, world: string): string | undefined {
  const numbers = table.flatMap((url, at) => (url === undefined ? [] : [at + 1]));
  return numbers.length === 0 ? undefined : table[serverNumberOf(ringIn(numbers.join(' ')), world) - 1];
}

/** A ring of 100 twins takes some milliseconds to make, and the same few are asked for again and again. */
const ringIn = memoOfRecent('rings of the balancer', 8, (numbers: string) =>
  ringOf(numbers.split(' ').map(Number)),
);
