import { withoutLastLineEnds } from '../../text/line-ends.ts';
import { faults } from '../faults.ts';
import type { CustomValues, SourceFile, Stamp, StoredAttachment } from '../model/item-record.ts';
import { testCaseRecords, testVariants } from '../model/tables.ts';
import type { TestCaseRecord, VariantValues } from '../model/test-case-record.ts';
import type { TestRunRecord } from '../model/test-run-record.ts';
import type { ProjectView } from '../project-view.ts';
import { filed } from './attachments.ts';
import { noText } from './rich-text.ts';
import { kindOfLine, mapFiles, mapLines, type StepFile, sharedCaseId, stepLines } from './test-steps.ts';
import { initialState } from './workflow.ts';

/** One value of each variant that a run is made for. */
export type Combination = readonly { readonly variantId: number; readonly value: string }[];

/** More runs than are useful at once; without a bound a short request could ask for millions. */
const mostRuns = 10_000;

/** @throws fault 23 when one call would generate too many runs */
export function requireFewRuns(count: number): void {
  if (count <= mostRuns) return;
  throw faults.invalidData(
    `${count} test runs at once`,
    `One call generates at most ${mostRuns} runs; choose fewer variant values or test cases.`,
  );
}

/**
 * Every combination of the values of some variants; the last variant changes fastest. [documented: one run for each
 * unique combination; the order is inferred]
 *
 * @returns one empty combination when nothing is chosen: one run [inferred]
 * @throws fault 23 when there are too many
 */
export function combinationsOf(
  chosen: readonly Pick<VariantValues, 'variantId' | 'values'>[],
): Combination[] {
  const lists = chosen.filter(({ values }) => values.length > 0);
  const count = lists.reduce((product, { values }) => product * values.length, 1);
  requireFewRuns(count);
  return lists.reduce<Combination[]>(
    (sofar, { variantId, values }) =>
      sofar.flatMap((combination) => values.map((value) => [...combination, { variantId, value }])),
    [[]],
  );
}

/** What a new run needs to know besides its test case. */
export interface RunOrigin {
  readonly recordId: number;
  readonly number: number;
  readonly runSet: string;
  readonly combination: Combination;
  readonly created: Stamp;
  readonly addedFrom: string;
}

const runTable = 'Test Run';

/**
 * A new run of a test case: everything that the case says, for one combination of variant values. [documented: it
 * holds all information of the case] Files are copied, shared steps are written out, step notes become comments.
 */
export function runFrom(project: ProjectView, testCase: TestCaseRecord, origin: RunOrigin): TestRunRecord {
  const { combination, created, addedFrom } = origin;
  const copies = new FileCopies(project, testCase);
  const withValues = fieldCodes(project, combination);
  const workflow = project.workflowOf(runTable);
  return {
    recordId: origin.recordId,
    number: origin.number,
    summary: withValues(testCase.summary),
    state: workflow ? initialState(workflow) : '',
    assignedTo: [],
    events: [],
    customValues: sharedCustomValues(project, testCase.customValues),
    created,
    modified: created,
    addedFrom,
    storyPoints: 0,
    percentDone: 0,
    type: testCase.type,
    isAutomated: testCase.isAutomated,
    estimatedTime: testCase.estimatedTime,
    steps: withValues(runSteps(project, testCase, copies)),
    variants: combination.map(({ variantId, value }) => ({ variantId, type: 'Generated', values: [value] })),
    attachments: copies.attachments(),
    sourceFiles: copies.sourceFiles(),
    testCaseId: testCase.recordId,
    testCaseNumber: testCase.number,
    runSet: origin.runSet,
    stepsMode: testCase.runStepsMode,
    problemStatement: noText,
  };
}

/** Custom values go over where the run has a field of the same name and type. [documented: mapped fields only] */
function sharedCustomValues(project: ProjectView, values: CustomValues): CustomValues {
  const ofCase = new Map(project.customFieldsOf('Test Case').map(({ name, type }) => [name, type]));
  const shared = project.customFieldsOf(runTable).flatMap(({ name, type }) => {
    const value = values[name];
    return value !== undefined && ofCase.get(name) === type ? [[name, value] as const] : [];
  });
  return Object.fromEntries(shared);
}

/** Puts variant values in the place of their field codes: `%Z_OPERATINGSYSTEM%`. [documented] */
function fieldCodes(project: ProjectView, combination: Combination): (text: string) => string {
  const values = new Map(
    combination.map(({ variantId, value }) => [
      fieldCode(project.table(testVariants).get(variantId)?.name ?? ''),
      value,
    ]),
  );
  return (text) =>
    values.size === 0 ? text : text.replace(/%Z_[A-Z0-9]+%/g, (code) => values.get(code) ?? code);
}

/** The field code of a variant as the product makes it from the name. */
function fieldCode(variant: string): string {
  return `%Z_${variant.toUpperCase().replace(/[^A-Z0-9]/g, '')}%`;
}

/** The length that written-out shared steps may have; cases that share each other many times would have no end. */
const longestSteps = 1_000_000;

/** @throws fault 23 when shared steps make the text too long */
function runSteps(project: ProjectView, testCase: TestCaseRecord, copies: FileCopies): string {
  const open = new Set<number>();
  let length = 0;
  const stepsOf = (owner: TestCaseRecord): string => {
    open.add(owner.recordId);
    const steps = mapLines(owner.steps, (line) => {
      length += line.length;
      if (length > longestSteps) {
        throw faults.invalidData(
          'the shared steps are too long',
          `Written out, the steps of test case ${testCase.recordId} have more than ${longestSteps} characters: cases that it shares are shared many times over.`,
        );
      }
      switch (kindOfLine(line)) {
        // Only detail grid runs keep step notes, and no operation generates those. [documented]
        case 'note':
          return line.slice(1);
        case 'attachments':
          return mapFiles(line, (file) => copies.idOf(file, owner));
        case 'shared': {
          // That the steps of a shared case stand in the run is inferred; a case that is gone leaves its line.
          const shared = project.table(testCaseRecords).get(sharedCaseId(line));
          return shared && !open.has(shared.recordId) ? trimEnd(stepsOf(shared)) : line;
        }
        default:
          return line;
      }
    });
    open.delete(owner.recordId);
    return steps;
  };
  return needsWriting(testCase.steps) ? stepsOf(testCase) : testCase.steps;
}

function needsWriting(steps: string): boolean {
  return /^(?:##|\^|@)/m.test(steps) && stepLines(steps).some((line) => kindOfLine(line) !== 'text');
}

function trimEnd(steps: string): string {
  return withoutLastLineEnds(steps);
}

/** The files of a run: copies of those of its case, and of those that shared steps name. */
class FileCopies {
  private readonly files = new Map<number, StoredAttachment>();
  private readonly sources = new Map<number, SourceFile>();

  constructor(
    private readonly project: ProjectView,
    testCase: TestCaseRecord,
  ) {
    for (const file of testCase.attachments) this.copyFile(file);
    for (const file of testCase.sourceFiles) this.copySource(file);
  }

  attachments(): readonly StoredAttachment[] {
    return [...this.files.values()];
  }

  sourceFiles(): readonly SourceFile[] {
    return [...this.sources.values()];
  }

  /** The record ID of the copy of a file that the steps of a case name; of one that is gone the ID it had. */
  idOf({ recordId, isSource }: StepFile, owner: TestCaseRecord): number {
    const copy = isSource ? this.sources.get(recordId) : this.files.get(recordId);
    if (copy) return copy.recordId;
    const same = (file: { readonly recordId: number }): boolean => file.recordId === recordId;
    const source = isSource ? owner.sourceFiles.find(same) : undefined;
    if (source) return this.copySource(source).recordId;
    const file = isSource ? undefined : owner.attachments.find(same);
    return file ? this.copyFile(file).recordId : recordId;
  }

  private copyFile(file: StoredAttachment): StoredAttachment {
    const copy = { ...file, ...filed(this.project, file.fileName) };
    this.files.set(file.recordId, copy);
    return copy;
  }

  private copySource(file: SourceFile): SourceFile {
    const copy = { ...file, recordId: this.project.next('source-file') };
    this.sources.set(file.recordId, copy);
    return copy;
  }
}
