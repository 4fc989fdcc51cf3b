/** The format that this version writes and reads. */
export const recordingFormat = 1;

/** The first line of a recording. */
export interface RecordingHead {
  readonly twintrackRecording: number;
  /** In ISO 8601. */
  readonly startedAt: string;
  /** What was recorded; without anything that logs on. */
  readonly targets: readonly { readonly api: RecordedApi; readonly url: string }[];
}

export type RecordedApi = 'TestTrack' | 'ApTest';

/**
 * A body as it went over the wire but for secrets and compression: text where it is text, else base64; left out where
 * secrets in it could not be found, and where it is longer than what is kept.
 */
export type RecordedBody =
  | { readonly text: string }
  | { readonly base64: string }
  | {
      readonly omitted: string;
      /** How many there were, where those were more than a recording keeps. */
      readonly bytes?: number;
    };

/** What a request asks for, as values. */
export type CallInRecording =
  | {
      readonly api: 'TestTrack';
      readonly operation: string;
      readonly parts: Readonly<Record<string, unknown>>;
    }
  /** Arguments in their order, by the names that were sent; a file is `{ file, base64 }`. */
  | {
      readonly api: 'ApTest';
      readonly command: string;
      readonly form: readonly (readonly [string, RecordedArgument])[];
    };

export type RecordedArgument = string | { readonly file: string; readonly base64: string };

/** What an answer says, as values. */
export type RecordedOutcome =
  | { readonly kind: 'result'; readonly result: unknown }
  | {
      readonly kind: 'fault';
      readonly fault: { readonly code: string; readonly text: string; readonly detail?: string | undefined };
    }
  /** A page, a broken answer, or nothing at all. */
  | { readonly kind: 'unreadable'; readonly reason: string };

/** One request and what came back: a line of a recording. */
export interface RecordedExchange {
  /** From 1, in the order in which the answers ended. */
  readonly number: number;
  /** When the request came, in ISO 8601. */
  readonly at: string;
  /** From the first byte of the request to the last of the answer. */
  readonly milliseconds: number;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers: readonly (readonly [string, string])[];
    readonly body: RecordedBody;
  };
  /** Absent for what is no call of either API, such as a WSDL. */
  readonly call?: CallInRecording | undefined;
  readonly answer: {
    readonly status: number;
    readonly headers: readonly (readonly [string, string])[];
    readonly body: RecordedBody;
  };
  readonly outcome?: RecordedOutcome | undefined;
}
