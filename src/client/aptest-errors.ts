import type { TwinErrorCode } from '../errors/own-errors.ts';

/** Anything that keeps a command of rpc.mpl from giving its answer. */
export class ApTestError extends Error {
  override readonly name: string = 'ApTestError';
}

/** The server could not be reached, or what came back is no answer of rpc.mpl. */
export class ApTestConnectionError extends ApTestError {
  override readonly name = 'ApTestConnectionError';
  readonly code: TwinErrorCode = 'TWIN_CLIENT_NO_ANSWER';
  readonly url: string;
  /** The HTTP status, when there was an answer at all. */
  readonly status: number | undefined;

  constructor(message: string, about: { url: string; status?: number; cause?: unknown }) {
    super(message, about.cause === undefined ? {} : { cause: about.cause });
    this.url = about.url;
    this.status = about.status;
  }
}

/** The server refused the command. */
export class ApTestApiError extends ApTestError {
  override readonly name = 'ApTestApiError';
  readonly command: string;
  /** The return code; 1 is the only one known (documented). */
  readonly code: number;
  /** The server's message, to the letter. */
  readonly text: string;
  /** What a twin says to the person who wonders why; a real server says nothing. */
  readonly hint: string | undefined;

  constructor(refusal: { command: string; code: number; text: string; hint?: string | undefined }) {
    super(`${refusal.command}: ${refusal.text}`);
    this.command = refusal.command;
    this.code = refusal.code;
    this.text = refusal.text;
    this.hint = refusal.hint;
  }
}
