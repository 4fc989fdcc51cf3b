import type { TwinErrorCode } from '../errors/own-errors.ts';
import type { EvidenceKind } from '../evidence/evidence.ts';

/** What a check wants besides a server: it is passed over, with the reason, where that is not there. */
export const needNames = ['writes', 'second user', 'clock control'] as const;
export type CheckNeed = (typeof needNames)[number];

/** One behaviour that a server is looked at for. */
export interface Check<Bench> {
  /** A sentence about the product. */
  readonly name: string;
  readonly evidence: EvidenceKind;
  readonly needs: readonly CheckNeed[];
  /** @throws DifferenceError, SkippedError; any other error is judged by the runner */
  readonly run: (bench: Bench) => Promise<void>;
}

/** Checks about one thing. */
export interface CheckGroup<Bench> {
  readonly area: string;
  readonly checks: readonly Check<Bench>[];
}

type Run<Bench> = Check<Bench>['run'];

/** Ways to write a check down: by how its behaviour is known, then its sentence, what it does and what it needs. */
export function checksOf<Bench>() {
  const known =
    (evidence: EvidenceKind) =>
    (name: string, run: Run<Bench>, ...needs: readonly CheckNeed[]): Check<Bench> => ({
      name,
      evidence,
      needs,
      run,
    });
  return {
    documented: known('documented'),
    observed: known('observed in a client'),
    inferred: known('inferred'),
  };
}

/** The server does something else than the twin. */
export class DifferenceError extends Error {
  override readonly name = 'DifferenceError';
  readonly code: TwinErrorCode = 'TWIN_CONTRACT_DIFFERENCE';
  readonly what: string;
  readonly expected: string;
  readonly got: string;

  constructor(what: string, expected: string, got: string) {
    super(`${what}: expected ${expected}, got ${got}`);
    this.what = what;
    this.expected = expected;
    this.got = got;
  }
}

/** The check cannot be made here: something that it needs is not in this project or suite. */
export class SkippedError extends Error {
  override readonly name = 'SkippedError';
  readonly code: TwinErrorCode = 'TWIN_CONTRACT_SKIPPED';
}
