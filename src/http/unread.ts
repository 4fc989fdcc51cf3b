import type { Refusal } from '../journal/journal.ts';
import type { HostedWorld } from '../worlds/hosted-world.ts';

/** Has a request that never became a call show in the journal of its world, so that nobody looks for it in vain. */
export function noteUnread({ journal, runner }: HostedWorld, refusal: Refusal): void {
  journal.refuse(refusal, runner.clock.now());
}
