import type { Instant } from '../world/instant.ts';

/** A port that is a world's own and ends with it. */
export interface Door {
  readonly url: string;
  close(): Promise<void>;
}

/** A world that was here and is elsewhere now. */
export interface Away {
  /** The address of the twin that has it now. */
  readonly to: string;
  /** Its own ports here, which lead there as long as it is known where it is. */
  readonly doors: readonly Door[];
  /** The move by which it once came here. */
  readonly arrived: string | undefined;
  usedAt: Instant;
}

/** The worlds that were here and are open at other twins now. */
export class AwayWorlds {
  private readonly known = new Map<string, Away>();

  /** How many there are. */
  get size(): number {
    return this.known.size;
  }

  has(name: string): boolean {
    return this.known.has(name);
  }

  /** Where a world is, which counts as used now. */
  to(name: string, now: Instant): string | undefined {
    const away = this.known.get(name);
    if (away) away.usedAt = now;
    return away?.to;
  }

  /** The move by which a world once came here. */
  arrived(name: string): string | undefined {
    return this.known.get(name)?.arrived;
  }

  list(): { readonly name: string; readonly to: string }[] {
    return [...this.known].map(([name, { to }]) => ({ name, to }));
  }

  put(name: string, away: Away): void {
    this.known.set(name, away);
  }

  /** Knows nothing of a world any more. @returns its ports, for whoever closes them or goes on with them */
  take(name: string): readonly Door[] {
    const doors = this.known.get(name)?.doors ?? [];
    this.known.delete(name);
    return doors;
  }

  /** Those that nobody asked for since then. */
  unusedSince(moment: Instant): string[] {
    return [...this.known].filter(([, { usedAt }]) => usedAt <= moment).map(([name]) => name);
  }
}
