import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** How often it is looked whether calls have ended. */
const LOOK_MS = 2;

/** So often it is looked at least, however late it is: on a machine that stood still, what has come was not even read. */
const FEWEST_LOOKS = 20;

/** The calls of each world that were begun and not answered. */
export class CallsUnderWay {
  private readonly byWorld = new Map<string, Set<ServerResponse>>();

  /** Notes a call until its connection has no more to do with it. */
  begin(world: string, response: ServerResponse): void {
    const calls = this.byWorld.get(world) ?? new Set();
    this.byWorld.set(world, calls.add(response));
    response.once('close', () => {
      calls.delete(response);
      if (calls.size === 0 && this.byWorld.get(world) === calls) this.byWorld.delete(world);
    });
  }

  /** Waits until nothing of a world is under way any more, but not much longer than that. */
  async drained(world: string, mostMs: number): Promise<void> {
    const end = performance.now() + mostMs;
    for (let looks = 0; this.isBusy(world); looks++) {
      if (looks >= FEWEST_LOOKS && performance.now() >= end) return;
      await sleep(LOOK_MS);
    }
  }

  /** What has begun to go out was called before. A stream of events goes out for ever. */
  private isBusy(world: string): boolean {
    for (const { headersSent, destroyed } of this.byWorld.get(world) ?? [])
      if (!headersSent && !destroyed) return true;
    return false;
  }
}
