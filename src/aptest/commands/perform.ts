import type { Draft } from '../../world/draft.ts';
import type { Instant } from '../../world/instant.ts';
import { errors, type Sent } from '../errors.ts';
import type { Account } from '../model/account.ts';
import { OpenSuite } from '../run/open-suite.ts';
import type { AnyCommand, CommandResult, UploadedFile } from './command.ts';
import type { FilePart, Given } from './given.ts';

/** For whom and in what a command is carried out; the caller was admitted before. */
export interface Circumstances {
  readonly draft: Draft;
  readonly now: Instant;
  readonly account: Account;
  /** Undefined where a command goes without a suite. */
  readonly suiteName: string | undefined;
  readonly isJson?: boolean;
  readonly isMultipart?: boolean;
  readonly file?: UploadedFile | undefined;
  /** Address of the folder that rpc.mpl is in, with a slash at its end. */
  readonly baseUrl: () => string;
}

/**
 * Carries out a command: first the form of all arguments is checked, then it runs.
 *
 * @throws ProductFault
 */
export function runCommand(command: AnyCommand, given: Given, circumstances: Circumstances): CommandResult {
  const {
    draft,
    now,
    account,
    suiteName,
    isJson = false,
    isMultipart = false,
    file,
    baseUrl,
  } = circumstances;
  const { remarks } = given;
  const values: Record<string, unknown> = {};
  for (const [key, argument] of Object.entries(command.arguments)) values[key] = argument.read(given);
  let takesFile = false;
  const result = command.runGiven(
    {
      draft,
      account,
      isJson,
      isMultipart,
      remarks,
      get file() {
        takesFile = true;
        return file;
      },
      get linkBase() {
        return baseUrl();
      },
      get suite() {
        const open =
          suiteName === undefined
            ? undefined
            : OpenSuite.named(draft, suiteName, { now, user: account.name });
        if (!open) throw errors.missing('suite', 'name of the suite to operate on');
        return open;
      },
    },
    values,
  );
  if (file && !takesFile) remarks.ignored(fileSent(file), `${command.name} takes no file`);
  return result;
}

/** A file part as hints name it. */
export function fileSent({ field, name }: FilePart): Sent {
  return { argument: field, value: `file "${name}"` };
}
