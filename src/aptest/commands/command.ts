import type { Evidence } from '../../evidence/evidence.ts';
import type { Draft } from '../../world/draft.ts';
import type { FileContent } from '../../world/file-content.ts';
import type { Account } from '../model/account.ts';
import type { OpenSuite } from '../run/open-suite.ts';
import type { Argument } from './argument.ts';
import type { FilePart } from './given.ts';
import type { Remarks } from './remarks.ts';

/** What a command gives: the lines of the text form, and the `data` of the JSON form. */
export interface CommandResult {
  readonly lines: readonly string[];
  readonly data: unknown;
  /** In JSON beside `data`: the entries that were added to notes, which `data` describes as HTML. */
  readonly notes?: unknown;
  /** What a person should know about the call. */
  readonly hint?: string | undefined;
}

/** A file that came with the call. */
export interface UploadedFile extends FilePart {
  readonly content: FileContent;
}

/** What a command works with. */
export interface CommandContext {
  readonly draft: Draft;
  readonly account: Account;
  /** The suite of the call. @throws ProductFault when a command that may go without one asks for it after all */
  readonly suite: OpenSuite;
  /** `returnJSON=1` was sent. */
  readonly isJson: boolean;
  readonly isMultipart: boolean;
  /** Told of everything that is not kept as it was sent. */
  readonly remarks: Remarks;
  /** Asking for it says that the command takes a file. */
  readonly file?: UploadedFile | undefined;
  /** Start of the addresses that answers carry. */
  readonly linkBase: string;
}

export type Arguments = Readonly<Record<string, Argument<unknown>>>;

/** The read values of a declaration's arguments. */
export type Values<A extends Arguments> = {
  readonly [K in keyof A]: A[K] extends Argument<infer T> ? T : never;
};

/** One command of rpc.mpl. Checking, help page and coverage are made from this declaration. */
export interface Command<A extends Arguments = Arguments> {
  readonly name: string;
  /** Other spellings, matched without case like the name. */
  readonly aliases?: readonly string[];
  readonly summary: string;
  /** `run` access to the suite, or only a valid user. */
  readonly needs: 'run' | 'user';
  readonly arguments: A;
  /** What the message lines are. */
  readonly answer: string;
  readonly evidence: Evidence;
  readonly run: (caller: CommandContext, values: Values<A>) => CommandResult;
}

/** A declaration with its argument types kept inside. */
export interface AnyCommand extends Omit<Command, 'run'> {
  readonly runGiven: (caller: CommandContext, values: Readonly<Record<string, unknown>>) => CommandResult;
}

/** Declares a command. */
export function command<const A extends Arguments>(declaration: Command<A>): AnyCommand {
  const { run, ...rest } = declaration;
  // The values were read with this declaration's own arguments, so they have its types.
  return { ...rest, runGiven: (caller, values) => run(caller, values as Values<A>) };
}

/** An answer of one line, which is also the data. */
export const line = (text: string): CommandResult => ({ lines: [text], data: text });

/** An answer of one line for each entry; the entries are the data. */
export const lineEach = (entries: readonly string[]): CommandResult => ({ lines: entries, data: entries });

/** An answer that says nothing but success. */
export const done: CommandResult = { lines: [''], data: '' };
