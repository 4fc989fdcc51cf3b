import { memo } from '../memo/memory.ts';
import type { Call } from '../runner/call.ts';
import type { Runner } from '../runner/runner.ts';
import type { Draft } from '../world/draft.ts';
import type { Instant } from '../world/instant.ts';
import { ProductFault } from '../world/product-fault.ts';
import { admit } from './commands/admission.ts';
import type { AnyCommand, CommandResult, UploadedFile } from './commands/command.ts';
import {
  type ArgumentNames,
  asksForJson,
  type DoubtedValue,
  doubtsOf,
  namesOf,
  tellOfForm,
  withMeant,
} from './commands/form-remarks.ts';
import { type FilePart, Given } from './commands/given.ts';
import { commandNamed, commands } from './commands/index.ts';
import { runCommand } from './commands/perform.ts';
import { Remarks } from './commands/remarks.ts';
import { errors } from './errors.ts';
import { type Suite, suites } from './model/definitions.ts';
import { installationScope, installations } from './model/installation.ts';
import type { Params } from './rpc/form.ts';

/** One call of rpc.mpl, after its bytes were read. */
export interface RpcRequest {
  readonly method: 'GET' | 'POST';
  readonly params: Params;
  /** The first file part of a multipart form. */
  readonly file?: UploadedFile | undefined;
  /** Its other file parts; nobody reads them. */
  readonly otherFiles?: readonly FilePart[] | undefined;
  readonly isMultipart: boolean;
  /** Address of the folder that rpc.mpl is in, with a slash at its end; links in answers start with it. */
  readonly baseUrl: string;
}

/** ApTest Manager's rpc.mpl as the edge sees it: one call in, one answer out, no bytes. */
export interface ApTest {
  /**
   * Carries out the command that a request names.
   *
   * @throws ProductFault whose code and text are the answer
   */
  call(request: RpcRequest): CommandResult;
}

/** Makes the product on a runner. */
export function createApTest(runner: Runner): ApTest {
  return {
    call(request) {
      const { given, isJson, call, command, doubts } = wishOf(request.params);
      return runner.call(call, {
        run: (draft, now) => {
          const remarks = new Remarks(() => isStrict(draft));
          const { file, otherFiles = [] } = request;
          const fileParts = file ? [file, ...otherFiles] : otherFiles;
          const read = given.again({ remarks, fileParts });
          return execute({ draft, now, given: read, command, request, isJson, doubts });
        },
      });
    },
  };
}

/** Whether what would be told of is refused instead. */
function isStrict(draft: Draft): boolean {
  return draft.table(installations, installationScope).get('installation')?.settings.strictFields ?? false;
}

/** The call that a request makes, to look at before it is made. */
export function callOfRequest(request: RpcRequest): Call {
  return wishOf(request.params).call;
}

/** Whether these arguments ask for an answer in JSON. */
export function wantsJson(params: Params): boolean {
  return wishOf(params).isJson;
}

/** What the arguments of a call ask for, before anything is checked. */
interface Wish {
  readonly given: Given;
  readonly isJson: boolean;
  readonly call: Call;
  readonly command: AnyCommand | undefined;
  readonly doubts: readonly DoubtedValue[];
}

/** Worked out once for the same arguments: see `parseForm`. */
const wishOf = memo('what forms ask for', (params: Params): Wish => {
  const given = Given.of(params);
  const name = given.all(['command'])[0]?.value ?? '';
  const command = commandNamed(name);
  return {
    given,
    isJson: asksForJson(given),
    call: { api: 'aptest', name: command?.name ?? name, input: Object.freeze(given.forJournal()) },
    command,
    doubts: doubtsOf(given, command ? namesOf(command) : anyNames()),
  };
});

interface Execution extends Omit<Wish, 'call'> {
  readonly draft: Draft;
  readonly now: Instant;
  readonly request: RpcRequest;
}

/**
 * Checks in the order of the reference: who calls, which command, the form of its arguments; then runs it, and tells
 * of what nobody read.
 */
function execute(execution: Execution): CommandResult {
  const { draft, now, given, command, request, isJson, doubts } = execution;
  try {
    const { account, suite: suiteName } = admit(draft, given, command?.needs ?? 'run');
    const sent = given.one(['command']);
    if (!command) {
      if (!sent?.value) throw errors.missing('command', 'name of the command to execute');
      throw errors.noCommand(
        sent,
        commands.map(({ name }) => name),
      );
    }
    const answer = runCommand(command, given, {
      draft,
      now,
      account,
      isJson,
      suiteName,
      isMultipart: request.isMultipart,
      file: request.file,
      baseUrl: () => request.baseUrl,
    });
    tellOfForm(command, { given, otherFiles: request.otherFiles, suiteNamed: suiteIn(draft), doubts });
    const { hint } = given.remarks;
    return hint === undefined ? answer : { ...answer, hint };
  } catch (error) {
    throw error instanceof ProductFault ? withMeant(error, doubts) : error;
  }
}

const suiteIn =
  (draft: Draft) =>
  (name: string): Suite | undefined =>
    draft.table(suites, installationScope).get(name);

/** The arguments of all commands, for a call whose command is not known. */
const anyNames = (): ArgumentNames => ({
  names: new Set(commands.flatMap((command) => [...namesOf(command).names])),
  prefixes: [],
});
