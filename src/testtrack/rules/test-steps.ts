import { faults } from '../faults.ts';
import type { SourceFile, StoredAttachment } from '../model/item-record.ts';
import { testCaseRecords } from '../model/tables.ts';
import type { ProjectView } from '../project-view.ts';

/** What a line of steps is, by the code it starts with. [documented] Codes of run results (`~ ? %`) count as text. */
export type StepLineKind =
  | 'step'
  | 'result'
  | 'attachments'
  | 'comment'
  | 'note'
  | 'shared'
  | 'problem'
  | 'text';

const sharedCase = /^@\s*(\d+)/;
const attachmentRef = /^\s*(\d+)(s?)(?=\s|\[|;|$)/;

/** What a line is. A `^` or `@` without a number behind it is text that happens to start so. [inferred] */
export function kindOfLine(line: string): StepLineKind {
  if (line.startsWith('##')) return 'note';
  switch (line[0]) {
    case '*':
      return 'step';
    case '+':
      return 'result';
    case '#':
      return 'comment';
    case '!':
      return 'problem';
    case '^':
      return attachmentRef.test(line.slice(1)) ? 'attachments' : 'text';
    case '@':
      return sharedCase.test(line) ? 'shared' : 'text';
    default:
      return 'text';
  }
}

/** The lines of steps, without what separates them. */
export function stepLines(steps: string): string[] {
  return steps.split(/\r\n|\r|\n/);
}

/** Gives every line a new text and leaves the line ends as they are. */
export function mapLines(steps: string, change: (line: string) => string): string {
  return steps
    .split(/(\r\n|\r|\n)/)
    .map((part, at) => (at % 2 === 0 ? change(part) : part))
    .join('');
}

/** The record ID of the test case that a line shares. */
export function sharedCaseId(line: string): number {
  return Number(sharedCase.exec(line)?.[1] ?? 0);
}

/** A file that a line of attachments names. */
export interface StepFile {
  readonly recordId: number;
  /** Whether it is a file under source control, marked with an `s`. */
  readonly isSource: boolean;
}

/** Gives every file of a line `^1 [a.png];2s [b.txt]` a new record ID. */
export function mapFiles(line: string, newId: (file: StepFile) => number): string {
  const entries = line.slice(1).split(';');
  const mapped = entries.map((entry) =>
    entry.replace(attachmentRef, (whole, id: string, source: string) =>
      whole.replace(id, String(newId({ recordId: Number(id), isSource: source === 's' }))),
    ),
  );
  return `^${mapped.join(';')}`;
}

/** The files that a line of attachments names. */
export function filesOf(line: string): StepFile[] {
  return line
    .slice(1)
    .split(';')
    .flatMap((entry) => {
      const found = attachmentRef.exec(entry);
      return found ? [{ recordId: Number(found[1]), isSource: found[2] === 's' }] : [];
    });
}

/** A test case or run whose steps are checked. */
export interface StepsOwner {
  readonly steps: string;
  readonly attachments: readonly StoredAttachment[];
  readonly sourceFiles: readonly SourceFile[];
}

/**
 * Checks steps that changed: their codes in an order that means something, and references that lead somewhere.
 * References that stood there before may have lost what they named since. [documented: what must follow what;
 * that the server refuses the rest is inferred]
 *
 * @throws fault 23 for the first line that makes no sense
 */
export function requireSoundSteps(
  project: ProjectView,
  owner: StepsOwner,
  { before, selfId }: { before: StepsOwner | undefined; selfId: number },
): void {
  if (owner.steps === (before?.steps ?? '')) return;
  const known = new Set(before && stepLines(before.steps));
  /** The shared cases whose own steps are known not to come back here. */
  const seen = new Set<number>();
  const order = new StepOrder();
  for (const [at, line] of stepLines(owner.steps).entries()) {
    const refuse = (why: string) =>
      faults.invalidData(`line ${at + 1} of the steps makes no sense`, `"${line.slice(0, 80)}": ${why}`);
    const kind = kindOfLine(line);
    order.enter(kind, line, refuse);
    if (known.has(line)) continue;
    if (kind === 'attachments') requireFiles(owner, line, refuse);
    if (kind === 'shared') requireSharedCase(project, sharedCaseId(line), { selfId, seen, refuse });
  }
}

/** Which lines may follow which. */
class StepOrder {
  /** What a line would belong to. */
  private anchor: StepLineKind | undefined;
  private hasFiles = false;

  /** @throws what `refuse` makes, for a line that cannot stand here */
  enter(kind: StepLineKind, line: string, refuse: Refuse): void {
    switch (kind) {
      case 'step':
        this.begin(kind);
        break;
      case 'shared':
        this.begin(undefined);
        break;
      case 'result':
      case 'note':
        if (!this.anchor)
          throw refuse(`a line with "${line.startsWith('##') ? '##' : '+'}" follows a step ("*").`);
        this.begin(kind);
        break;
      case 'attachments':
        this.enterFiles(refuse);
        break;
    }
  }

  private begin(anchor: StepLineKind | undefined): void {
    this.anchor = anchor;
    this.hasFiles = false;
  }

  private enterFiles(refuse: Refuse): void {
    if (this.anchor !== 'step' && this.anchor !== 'result')
      throw refuse('attachments ("^") follow a step or an expected result.');
    if (this.hasFiles)
      throw refuse('a step or result has one line of attachments; separate several with a semicolon.');
    this.hasFiles = true;
  }
}

type Refuse = (why: string) => Error;

function requireFiles({ attachments, sourceFiles }: StepsOwner, line: string, refuse: Refuse): void {
  for (const { recordId, isSource } of filesOf(line)) {
    const files: readonly { readonly recordId: number }[] = isSource ? sourceFiles : attachments;
    if (files.some((file) => file.recordId === recordId)) continue;
    const ids = files.map((file) => file.recordId).join(', ') || 'none';
    throw refuse(
      `no ${isSource ? 'source control file' : 'attachment'} here has the record ID ${recordId} (there are: ${ids}). A file gets its ID when it is saved.`,
    );
  }
}

/** The case must exist and must not, by itself or by the cases it shares, share this one. */
function requireSharedCase(
  project: ProjectView,
  recordId: number,
  { selfId, seen, refuse }: { selfId: number; seen: Set<number>; refuse: Refuse },
): void {
  const table = project.table(testCaseRecords);
  if (!table.get(recordId)) {
    throw refuse(
      `there is no test case with the record ID ${recordId}. Behind "@" stands the record ID, not the number.`,
    );
  }
  const open = [recordId];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === selfId) throw refuse('the test case would share its own steps.');
    if (seen.has(id)) continue;
    seen.add(id);
    for (const line of stepLines(table.get(id)?.steps ?? '')) {
      if (kindOfLine(line) === 'shared' && !seen.has(sharedCaseId(line))) open.push(sharedCaseId(line));
    }
  }
}
