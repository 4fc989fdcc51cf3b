import path from 'node:path';
import type { Instant } from '../instant.ts';
import { checksum } from './checksum.ts';
import { type Disk, writeDatabase } from './disk.ts';
import { noteName } from './names.ts';

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

/** As it stands in the file; notes of an earlier day have no checksum. */
type Written = WorldNote & { readonly checksum?: string | undefined };

type Members = Partial<Record<keyof Written, unknown>>;

function checksumOf({ name, madeAt, port, tlsPort, source, move, arrived }: WorldNote): string {
  const moving = move && [move.id, move.peer, move.phase];
  return checksum(JSON.stringify([name, madeAt, port, tlsPort, source, moving, arrived]));
}

/** Writes the note of a world and waits until it is on the disk. @param file its path, in the folder of the world */
export async function writeWorldNote(disk: Disk, file: string, note: WorldNote): Promise<void> {
  const written: Written = { ...note, checksum: checksumOf(note) };
  await writeDatabase(disk, file, written);
}

/**
 * Reads the note of a world.
 *
 * @returns undefined when it is missing, or not what was written
 * @throws Error of the file system
 */
export async function readWorldNote(disk: Disk, folder: string): Promise<WorldNote | undefined> {
  const database = disk.database<Members | null>(path.join(folder, noteName), null);
  try {
    await database.read();
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  const { checksum: noted, ...members } = database.data ?? {};
  const note = noteOf(members);
  if (!note || Object.keys(members).some((name) => !(name in note))) return undefined;
  return noted === undefined || noted === checksumOf(note) ? note : undefined;
}

/** A note as it was written; undefined for what is none. */
function noteOf({ name, madeAt, port, tlsPort, source, move, arrived }: Members): WorldNote | undefined {
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
