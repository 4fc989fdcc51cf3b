import { memo } from '../memo/memory.ts';
import type { Call } from '../runner/call.ts';
import type { Runner } from '../runner/runner.ts';
import type { Draft } from '../world/draft.ts';
import type { Instant } from '../world/instant.ts';
import { ProductFault } from '../world/product-fault.ts';
import { admit } from './commands/admission.ts';
import type { AnyCommand, CommandResult, UploadedFile } from './commands/command.ts';
import { commonArguments } from './commands/common-arguments.ts';
import { type FilePart, Given } from './commands/given.ts';
import { commandNamed, commands } from './commands/index.ts';
import { fileSent, runCommand } from './commands/perform.ts';
import { Remarks } from './commands/remarks.ts';
import { errors, type Sent } from './errors.ts';
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
      const { given, isJson, call, command } = wishOf(request.params);
      return runner.call(call, {
        run: (draft, now) => {
          const remarks = new Remarks(() => isStrict(draft));
          const { file, otherFiles = [] } = request;
          const fileParts = file ? [file, ...otherFiles] : otherFiles;
          const read = given.again({ remarks, fileParts });
          return execute({ draft, now, given: read, command, request, isJson });
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
}

/** Worked out once for the same arguments: see `parseForm`. */
const wishOf = memo('what forms ask for', (params: Params): Wish => {
  const given = Given.of(params);
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

/**
 * Checks in the order of the reference: who calls, which command, the form of its arguments; then runs it, and tells
 * of what nobody read.
 */
function execute(execution: Execution): CommandResult {
  const { draft, now, given, command, request, isJson } = execution;
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
    tellOfForm(execution, command);
    const { hint } = given.remarks;
    return hint === undefined ? answer : { ...answer, hint };
  } catch (error) {
    throw error instanceof ProductFault ? withMeant(error, command, given) : error;
  }
}

/** Tells of everything in a form that no one read, or that was hardly meant as it was read. */
function tellOfForm({ draft, given, request }: Execution, command: AnyCommand): void {
  const { remarks } = given;
  for (const sent of given.all(['returnjson'])) {
    if (!['', '0', '1'].includes(sent.value)) remarks.ignored(sent, 'it takes 1, or 0');
  }
  for (const part of request.otherFiles ?? []) {
    remarks.ignored(fileSent(part), 'only the first file part counts');
  }
  const suite = draft.table(suites, installationScope).get(given.one(['suite'])?.value ?? '');
  for (const sent of given.unread()) tellOfStranger(command, sent, { remarks, suite });
  for (const sent of given.texts()) {
    const reason = doubtOfText(sent, namesOf(command));
    if (reason !== undefined) remarks.doubtful(sent, reason);
  }
}

/** A name that the command does not know; that of a variable or field is recognised without its prefix. */
function tellOfStranger(
  command: AnyCommand,
  sent: Sent,
  { remarks, suite }: { readonly remarks: Remarks; readonly suite: Suite | undefined },
): void {
  const { names, prefixes } = namesOf(command);
  const prefix = prefixes.find((each) => hasNamed(suite, each, sent.argument));
  const meant = prefix === undefined ? undefined : prefix + sent.argument;
  remarks.ignored(sent, `${command.name} does not know the argument "${shortened(sent.argument)}"`, {
    known: () => (meant === undefined ? names : [meant]),
    compared: meant ?? sent.argument,
  });
}

/** Whether a prefix goes before this name in the suite. */
function hasNamed(suite: Suite | undefined, prefix: string, name: string): boolean {
  const listed: Readonly<Record<string, readonly { readonly name: string }[] | undefined>> = {
    VAR_: suite?.variables,
    EXECDATA_: suite?.executionFields,
    SCHEMA_: suite?.fields,
  };
  return listed[prefix]?.some((each) => each.name === name) ?? false;
}

const shortened = (name: string): string => (name.length > 80 ? `${name.slice(0, 77)}...` : name);

interface ArgumentNames {
  readonly names: ReadonlySet<string>;
  readonly prefixes: readonly string[];
}

const namesOf = memo('argument names of commands', (command: AnyCommand): ArgumentNames => {
  const names = Object.values(command.arguments).flatMap((argument) => argument.names);
  return {
    names: new Set([...commonArguments, ...names]),
    prefixes: names.filter((name) => name.endsWith('_')),
  };
});

/** The arguments of all commands, for a call whose command is not known. */
const anyNames: ArgumentNames = {
  names: new Set(commands.flatMap((command) => [...namesOf(command).names])),
  prefixes: [],
};

/** The name of an argument that stands within a value, because the form parts its arguments by semicolons. */
function partedBySemicolon({ value }: Sent, { names, prefixes }: ArgumentNames): string | undefined {
  if (!value.includes(';')) return undefined;
  const folded = new Set([...names].map((name) => name.toLowerCase()));
  for (const [, name = ''] of value.matchAll(/;([A-Za-z]\w{0,100})=/g)) {
    const key = name.toLowerCase();
    if (folded.has(key) || prefixes.some((prefix) => key.startsWith(prefix.toLowerCase()))) return name;
  }
  return undefined;
}

/** A refusal with what may have led to it. */
function withMeant(fault: ProductFault, command: AnyCommand | undefined, given: Given): ProductFault {
  const known = command ? namesOf(command) : anyNames;
  for (const sent of given.texts()) {
    const reason = doubtOfText(sent, known);
    if (reason === undefined) continue;
    const { argument } = sent;
    return new ProductFault(
      fault.code,
      { whole: fault.text, shown: fault.shownText },
      `${fault.hint} Of ${shortened(argument)}: ${reason}.`,
    );
  }
  return fault;
}

/** Why a value was hardly read as it was meant; undefined when nothing speaks for that. */
function doubtOfText(sent: Sent, known: ArgumentNames): string | undefined {
  const hidden = partedBySemicolon(sent, known);
  if (hidden !== undefined) return `${hidden} stands in it after ";", but arguments are parted by "&"`;
  if (!sent.value.includes('\ufffd')) return undefined;
  return 'it has U+FFFD, which stands where bytes are no UTF-8; values are read as UTF-8, whatever the charset';
}
