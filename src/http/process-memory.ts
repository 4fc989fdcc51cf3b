import { totalmem } from 'node:os';
import { getHeapStatistics } from 'node:v8';

const MB = 1024 * 1024;

/** What the program takes before there is any state, in all and of the heap. */
const ownMemory = 96 * MB;
const ownHeap = 32 * MB;
/** Less makes no twin. */
const leastState = 4 * MB;

/**
 * How much of the memory states take if nobody says it: half of what is left beside the program, so that reading and
 * answering requests has the other half. Records live in the heap and files outside of it, so both bound it.
 *
 * @param memory what the process may have, and its heap, in bytes
 */
export function stateShareOf(memory: { readonly all: number; readonly heap: number }): number {
  const left = Math.min(memory.all - ownMemory, memory.heap - ownHeap);
  return Math.max(leastState, Math.floor(left / 2));
}

/** The same for this process: what the machine has, or the cgroup of its container (version 1 or 2) allows. */
export function usualMaxState(): number {
  // Without a limit the cgroup gives none, or more than any machine has.
  const allowed = process.constrainedMemory() || Number.POSITIVE_INFINITY;
  const heap = getHeapStatistics().heap_size_limit;
  return stateShareOf({ all: Math.min(totalmem(), allowed), heap });
}
