import type { Command } from './run-program.ts';

/** A SOAP client that nobody here wrote, and the program that tells the story with it. */
export interface Client {
  /** As in the table of `docs/interop.md`. */
  readonly name: string;
  /** What a program with this client has to do so that it works, or what it does differently. */
  readonly note: string;
  /**
   * Compiles the program where it must be, and says how to run it against a twin.
   *
   * @param certificate a PEM file that the twin is trusted by; for a client that speaks TLS
   */
  readonly prepare: (origin: string, certificate: string) => Command | Promise<Command>;
  /** Its stubs were made from the WSDL of this generation, and so is the twin that it meets; the newest otherwise. */
  readonly generation?: '2013';
  /** It speaks TLS, and trusts the certificate of the twin. */
  readonly isSecure?: true;
  /** It cuts blanks off both ends of every text that it reads. */
  readonly trimsText?: boolean;
  /** It raises faults, but loses what they say. */
  readonly losesFaults?: boolean;
  /** What its program tells besides the story. */
  readonly besides?: readonly {
    readonly topic: Topic;
    readonly sentence: string;
    readonly step: string;
    readonly expected: unknown;
  }[];
}

/** What a test of this suite was about, for the table. */
export const topics = [
  'Log on',
  'Read',
  'Lists',
  'Edit, save',
  'Custom fields',
  'Text',
  'Files, 5 MB',
  'Locks',
  'Faults',
] as const;
export type Topic = (typeof topics)[number];

/** What a test leaves for the table. */
export interface Finding {
  readonly client: string;
  readonly version: string;
  readonly note: string;
  readonly topic: Topic;
}

declare module 'vitest' {
  interface TaskMeta {
    interop?: Finding;
  }
}
