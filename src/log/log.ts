/** How much is told, from least to most. */
export const logLevels = ['silent', 'error', 'warn', 'info', 'debug'] as const;
/** How much a log keeps; each level has those before it too. */
export type LogLevel = (typeof logLevels)[number];

/** What is noted beside the sentence. Never a password, a cookie, a token or a request's text. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Where the twin tells what it does. Each line is one sentence with fields beside it. */
export interface Log {
  /** Whether `info` lines are kept; a log that does not say hears of refused calls and not of the others. */
  readonly isInfo?: boolean;
  /** Whether `debug` lines are kept, so that a busy path need not make them. */
  readonly isDebug: boolean;
  /** How wide a hint may be, where a person reads it on a terminal. */
  readonly columns?: number | undefined;
  /** A mistake of the twin itself, or something that it could not keep. */
  error(message: string, fields?: LogFields): void;
  /** Something that its user should look at. */
  warn(message: string, fields?: LogFields): void;
  /** What happened, such as a call that was refused. */
  info(message: string, fields?: LogFields): void;
  /** Every call, for debugging. */
  debug(message: string, fields?: LogFields): void;
}

const nothing = () => {};

/** A log that keeps nothing. */
export const silentLog: Log = {
  isInfo: false,
  isDebug: false,
  error: nothing,
  warn: nothing,
  info: nothing,
  debug: nothing,
};
