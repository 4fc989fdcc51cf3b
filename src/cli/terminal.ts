import type { TwinErrorCode } from '../errors/own-errors.ts';

/** What a command talks to: the process in the real program, buffers in a test. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Reads the standard input to its end. */
  readonly readIn?: () => string;
  /**
   * Asks the person at the keyboard for a line; there only where one sits.
   *
   * @throws UsageError it was broken off
   */
  readonly ask?: ((question: string) => Promise<string>) | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether a person reads what `err` gets. */
  readonly isInteractive: boolean;
  /** How wide it is; unknown where no person looks at it. */
  readonly columns?: number | undefined;
}

/** A mistake in how the program was called. Its message is all that the person needs to read. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly code: TwinErrorCode = 'TWIN_USAGE';
}

/** How the program ends: well, through a mistake of ours, or one in what it was given, or without its data folder. */
export const exitCodes = { ok: 0, ourMistake: 1, wrongInput: 2, dataLost: 3 } as const;
