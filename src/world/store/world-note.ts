import type { Instant } from '../instant.ts';

/**
 * Where a world is between two twins. `leaving`: it is open here and copied to the other twin. `handing`: the other twin
 * was asked, or may have been asked, to open it; only that one knows whether it did. `arriving`: what is here is a copy that
 * may not be opened yet. `away`: it is open at the other twin, and nothing of its state is here.
 */
export type MovePhase = 'leaving' | 'handing' | 'arriving' | 'away';

const movePhases: readonly string[] = ['leaving', 'handing', 'arriving', 'away'] satisfies MovePhase[];

/** A move that a world is in, or was in last. */
export interface MoveNote {
  /** Names this attempt to both twins. */
  readonly id: string;
  /** The address of the other twin. */
  readonly peer: string;
  readonly phase: MovePhase;
}

/** What is known of a world besides its state. */
export interface WorldNote {
  readonly name: string;
  /** By the host's clock. */
  readonly madeAt: Instant;
  /** The port of its own, if it has one. */
  readonly port?: number | undefined;
  /** That of its own for TLS, where the twin speaks both. */
  readonly tlsPort?: number | undefined;
  /** What it was asked to begin from, in few letters. */
  readonly source?: string | undefined;
  /** The move that it is in; undefined for a world that is simply here. */
  readonly move?: MoveNote | undefined;
  /** The move by which it came here. */
  readonly arrived?: string | undefined;
}

type Members = Partial<Record<keyof WorldNote, unknown>>;

/** A note as it was written; undefined for what is none. */
export function noteOf({
  name,
  madeAt,
  port,
  tlsPort,
  source,
  move,
  arrived,
}: Members): WorldNote | undefined {
  if (typeof name !== 'string' || typeof madeAt !== 'number') return undefined;
  const moving = moveOf(move);
  return {
    ...{ name, madeAt },
    ...(typeof port === 'number' ? { port } : {}),
    ...(typeof tlsPort === 'number' ? { tlsPort } : {}),
    ...(typeof source === 'string' ? { source } : {}),
    ...(moving ? { move: moving } : {}),
    ...(typeof arrived === 'string' ? { arrived } : {}),
  };
}

function moveOf(value: unknown): MoveNote | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { id, peer, phase } = value as Record<keyof MoveNote, unknown>;
  if (typeof id !== 'string' || typeof peer !== 'string' || !movePhases.includes(String(phase)))
    return undefined;
  return { id, peer, phase: phase as MovePhase };
}
