import type { Log } from '../log/log.ts';
import type { Moves } from '../moves/index.ts';
import type { KeptWorlds } from '../world/store/kept-worlds.ts';
import type { Worlds } from '../worlds/worlds.ts';
import type { TwinOptions } from './options.ts';

/**
 * Lets worlds move between this twin and others, if it knows any, or if its data folder says that worlds were on their way.
 * The code for it is loaded only then.
 */
export async function openMoves(
  { peers = [], adminToken }: TwinOptions,
  parts: {
    readonly worlds: Worlds;
    readonly hostNow: () => number;
    readonly log: Log;
    readonly kept: KeptWorlds | undefined;
  },
): Promise<Moves | undefined> {
  const { kept } = parts;
  const wereMoving = kept?.list().some(({ note }) => note.move !== undefined) || kept?.away().length;
  if (peers.length === 0 && !wereMoving) return undefined;
  const { Moves: Opened, Peers } = await import('../moves/index.ts');
  return new Opened({ ...parts, keeping: kept, peers: new Peers(peers, adminToken || undefined) });
}
