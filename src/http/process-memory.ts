import { totalmem } from 'node:os';
import { getHeapStatistics } from 'node:v8';
import { sizeText } from '../text/size-text.ts';

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

/**
 * Says that states may take more than the process has beside what it takes itself: then the system may end it, and all that
 * was not kept is gone, before anything is refused.
 *
 * @param maxState what they may take, in bytes
 * @param usual what they may take if nobody says it, in bytes
 * @returns undefined when there is room
 */
export function tooLargeMaxState(maxState: number, usual: number = usualMaxState()): string | undefined {
  if (maxState <= 2 * usual) return undefined;
  return `The states may take ${sizeText(maxState)} (setting maxState: --max-state, TWINTRACK_MAX_STATE), but this process has ${sizeText(2 * usual)} beside what it takes itself. When that is used up it may be ended instead of refusing a call. Give it more memory (--max-old-space-size for records), or take at most ${sizeText(usual)}.`;
}
