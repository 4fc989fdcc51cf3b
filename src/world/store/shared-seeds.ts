import type { World } from '../world.ts';
import type { Touched } from './touched.ts';

/** A seed with the layers that were read so far, and where it may differ from what it is on top of. */
export interface LayeredSeed {
  readonly world: World;
  readonly touched: Touched;
}

/** Layers that several worlds have under names of their own are read once while a data folder is opened. */
export class SharedSeeds {
  private readonly known = new Map<string, Promise<LayeredSeed>>();

  /**
   * What was read under this key, or is read now.
   *
   * @throws whatever `read` throws; that is not remembered, so that each world tells of its own files
   */
  once(key: string, read: () => Promise<LayeredSeed>): Promise<LayeredSeed> {
    const known = this.known.get(key);
    // The one that was first tells of what is wrong by its names; every other one has a look of its own.
    if (known) return known.catch(read);
    const reading = read();
    this.known.set(key, reading);
    return reading;
  }
}
