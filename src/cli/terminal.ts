import type { TwinErrorCode } from '../errors/own-errors.ts';
import type { ReportStyle } from '../scenario/reading/report.ts';

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
  /** The same for what must not be seen: the line is not shown while it is typed. */
  readonly askSecret?: ((question: string) => Promise<string>) | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether a person reads what `err` gets. */
  readonly isInteractive: boolean;
  /** How wide it is; unknown where no person looks at it. */
  readonly columns?: number | undefined;
}

/** Whether what a person reads there may have colours: NO_COLOR and dumb terminals are obeyed. */
export function isColoured({ isInteractive, env }: Terminal): boolean {
  return isInteractive && !env.NO_COLOR && env.TERM !== 'dumb';
}

/** How a report is shown there. */
export function reportStyle(terminal: Terminal): ReportStyle {
  return { columns: terminal.columns, isColoured: isColoured(terminal) };
}

/** A mistake in how the program was called. Its message is all that the person needs to read. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly code: TwinErrorCode = 'TWIN_USAGE';
}

/** How the program ends: well, through a mistake of ours, or one in what it was given, or without its data folder. */
export const exitCodes = { ok: 0, ourMistake: 1, wrongInput: 2, dataLost: 3 } as const;
