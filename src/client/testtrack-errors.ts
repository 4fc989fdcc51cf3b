import type { TwinErrorCode } from '../errors/own-errors.ts';

/** Anything that keeps a TestTrack call from giving its answer. */
export class TestTrackError extends Error {
  override readonly name: string = 'TestTrackError';
}

/** The server could not be reached, or what came back is no SOAP answer of this interface. */
export class TestTrackConnectionError extends TestTrackError {
  override readonly name = 'TestTrackConnectionError';
  readonly code: TwinErrorCode = 'TWIN_CLIENT_NO_ANSWER';
  readonly url: string;
  /** The HTTP status, when there was an answer at all. */
  readonly status: number | undefined;

  constructor(message: string, about: { url: string; status?: number | undefined; cause?: unknown }) {
    super(message, about.cause === undefined ? {} : { cause: about.cause });
    this.url = about.url;
    this.status = about.status;
  }
}

/** What a SOAP fault says. */
export interface FaultContent {
  readonly operation: string;
  /** Such as `SOAP-ENV:Server`. */
  readonly code: string;
  /** The server's sentence. */
  readonly text: string;
  /** The text of `detail`; from TestTrack itself it is the error number. */
  readonly detail: string | undefined;
  /** What a twin says to the person who wonders why; a real server says nothing. */
  readonly hint: string | undefined;
}

/** The server answered with a fault. */
export class TestTrackApiError extends TestTrackError {
  override readonly name: string = 'TestTrackApiError';
  readonly operation: string;
  readonly code: string;
  /** The server's sentence, to the letter. */
  readonly text: string;
  readonly detail: string | undefined;
  /** The error number, such as 22; undefined for a fault of the SOAP engine, which has none. */
  readonly number: number | undefined;
  readonly hint: string | undefined;

  constructor(fault: FaultContent) {
    const number = /^\s*\d{1,9}\s*$/.test(fault.detail ?? '') ? Number(fault.detail) : undefined;
    super(`${fault.operation}: ${fault.text}${number === undefined ? '' : ` (${number})`}`);
    this.operation = fault.operation;
    this.code = fault.code;
    this.text = fault.text;
    this.detail = fault.detail;
    this.number = number;
    this.hint = fault.hint;
  }
}

/** The logon was refused: wrong credentials, no such project, no licence left. Has the number of the refusal. */
export class TestTrackLogonError extends TestTrackApiError {
  override readonly name = 'TestTrackLogonError';
}

/** The error numbers that this client acts on; the list is known from a public client. */
export const errorNumbers = { editRecordNotFound: 7, notLoggedIn: 17, recordLocked: 22 } as const;

/** Whether an error is a fault of the server with this number. */
export function isApiError(error: unknown, number: number): error is TestTrackApiError {
  return error instanceof TestTrackApiError && error.number === number;
}
