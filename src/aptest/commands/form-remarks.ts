import { memo } from '../../memo/memory.ts';
import { ProductFault } from '../../world/product-fault.ts';
import type { Sent } from '../errors.ts';
import type { Suite } from '../model/definitions.ts';
import type { AnyCommand } from './command.ts';
import { commonArguments, isSecretArgument } from './common-arguments.ts';
import type { FilePart, Given } from './given.ts';
import { fileSent } from './perform.ts';
import type { Remarks } from './remarks.ts';

/** What came with a call. */
interface SentForm {
  readonly given: Given;
  /** File parts that nobody reads. */
  readonly otherFiles?: readonly FilePart[] | undefined;
  readonly suiteNamed: (name: string) => Suite | undefined;
  readonly doubts: readonly DoubtedValue[];
}

/** What was sent, and why it was hardly read as it was meant. */
export interface DoubtedValue {
  readonly sent: Sent;
  readonly reason: string;
}

/** What `returnJSON` can say. */
const jsonWords: readonly string[] = ['', '0', '1'];

/** Whether an answer in JSON is asked for: the last thing that `returnJSON` says counts (inferred), others are told of. */
export function asksForJson(given: Given): boolean {
  return given.all(['returnjson']).findLast(({ value }) => jsonWords.includes(value))?.value === '1';
}

/** Tells of everything in a form that no one read, or that was hardly meant as it was read. */
export function tellOfForm(command: AnyCommand, form: SentForm): void {
  const { given, otherFiles = [], suiteNamed, doubts } = form;
  const { remarks } = given;
  for (const sent of given.all(['returnjson'])) {
    if (!jsonWords.includes(sent.value)) remarks.ignored(sent, 'it takes 1, or 0');
  }
  for (const part of otherFiles) {
    remarks.ignored(fileSent(part), 'only the first file part counts');
  }
  for (const sent of given.unread()) {
    const suite = suiteNamed(given.one(['suite'])?.value ?? '');
    tellOfStranger(command, sent, { remarks, suite });
  }
  for (const { sent, reason } of doubts) {
    if (!isSecretArgument(sent.argument.toLowerCase())) remarks.doubtful(sent, reason);
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

/** What arguments can be called. */
export interface ArgumentNames {
  readonly names: ReadonlySet<string>;
  readonly prefixes: readonly string[];
}

/** How the arguments of a command are called. */
export const namesOf = memo('argument names of commands', (command: AnyCommand): ArgumentNames => {
  const names = Object.values(command.arguments).flatMap((argument) => argument.names);
  return {
    names: new Set([...commonArguments, ...names]),
    prefixes: names.filter((name) => name.endsWith('_')),
  };
});

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

/** Everything in a form that was hardly read as it was meant; values of secret arguments are among it. */
export function doubtsOf(given: Given, known: ArgumentNames): readonly DoubtedValue[] {
  const doubts: DoubtedValue[] = [];
  for (const sent of given.withSecrets()) {
    const reason = doubtOfText(sent, known);
    if (reason !== undefined) doubts.push({ sent, reason });
  }
  return doubts;
}

/** A refusal with what may have led to it. The reason names no part of a value, so that of the token may be told too. */
export function withMeant(fault: ProductFault, [doubt]: readonly DoubtedValue[]): ProductFault {
  if (doubt === undefined) return fault;
  const of = shortened(doubt.sent.argument);
  return new ProductFault(
    fault.code,
    { whole: fault.text, shown: fault.shownText },
    `${fault.hint} Of ${of}: ${doubt.reason}.`,
  );
}

/** Why a value was hardly read as it was meant; undefined when nothing speaks for that. */
function doubtOfText(sent: Sent, known: ArgumentNames): string | undefined {
  const hidden = partedBySemicolon(sent, known);
  if (hidden !== undefined) return `${hidden} stands in it after ";", but arguments are parted by "&"`;
  if (!sent.value.includes('\ufffd')) return undefined;
  return 'it has U+FFFD, which stands where bytes are no UTF-8; values are read as UTF-8, whatever the charset';
}
