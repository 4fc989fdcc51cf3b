import { didYouMeanHint } from '../input/did-you-mean.ts';
import { memo } from '../memo/memory.ts';
import type { Call } from '../runner/call.ts';
import type { Runner } from '../runner/runner.ts';
import type { Draft } from '../world/draft.ts';
import type { Instant } from '../world/instant.ts';
import { admit } from './commands/admission.ts';
import type { AnyCommand, CommandResult, UploadedFile } from './commands/command.ts';
import { commonArguments } from './commands/common-arguments.ts';
import { Given } from './commands/given.ts';
import { commandNamed, commands } from './commands/index.ts';
import { runCommand } from './commands/perform.ts';
import { errors } from './errors.ts';
import type { Params } from './rpc/form.ts';

/** One call of rpc.mpl, after its bytes were read. */
export interface RpcRequest {
  readonly method: 'GET' | 'POST';
  readonly params: Params;
  /** The first file part of a multipart form. */
  readonly file?: UploadedFile | undefined;
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
      const { given, isJson, call, command } = wishOf(request.params);
      const answer = runner.call(call, {
        run: (draft, now) => execute({ draft, now, given, command, request, isJson }),
      });
      const hint = command && strangersHint(command, given);
      return hint === undefined ? answer : { ...answer, hint };
    },
  };
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
}

/** Worked out once for the same arguments: see `parseForm`. */
const wishOf = memo('what forms ask for', (params: Params): Wish => {
  const given = new Given(params);
  const name = given.all(['command'])[0]?.value ?? '';
  const command = commandNamed(name);
  return {
    given,
    isJson: given.all(['returnjson']).at(-1)?.value === '1',
    call: { api: 'aptest', name: command?.name ?? name, input: Object.freeze(given.forJournal()) },
    command,
  };
});

interface Execution {
  readonly draft: Draft;
  readonly now: Instant;
  readonly given: Given;
  readonly command: AnyCommand | undefined;
  readonly request: RpcRequest;
  readonly isJson: boolean;
}

/** Checks in the order of the reference: who calls, which command, the form of its arguments; then runs it. */
function execute({ draft, now, given, command, request, isJson }: Execution): CommandResult {
  const { account, suite: suiteName } = admit(draft, given, command?.needs ?? 'run');
  const sent = given.one(['command']);
  if (!command) {
    if (!sent?.value) throw errors.missing('command', 'name of the command to execute');
    throw errors.noCommand(
      sent,
      commands.map(({ name }) => name),
    );
  }
  return runCommand(command, given, {
    draft,
    now,
    account,
    isJson,
    suiteName,
    isMultipart: request.isMultipart,
    file: request.file,
    baseUrl: () => request.baseUrl,
  });
}

const namesOf = memo('argument names of commands', (command: AnyCommand) => {
  const names = Object.values(command.arguments).flatMap((argument) =>
    argument.names.map((each) => each.toLowerCase()),
  );
  return {
    names: new Set([...commonArguments, ...names]),
    prefixes: names.filter((name) => name.endsWith('_')),
  };
});

/** A hint when arguments came that the command does not know: it ignores them, a person may not have meant that. */
function strangersHint(command: AnyCommand, given: Given): string | undefined {
  const { names, prefixes } = namesOf(command);
  for (const name of given.names()) {
    const key = name.toLowerCase();
    if (names.has(key) || prefixes.some((prefix) => key.startsWith(prefix))) continue;
    return `${command.name} does not know the argument "${name}" and ignored it.${didYouMeanHint(name, names)}`;
  }
  return undefined;
}
