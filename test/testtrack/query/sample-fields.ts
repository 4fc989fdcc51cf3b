import { ColumnCatalogue } from '../../../src/testtrack/columns/catalogue.ts';
import type { Column, ColumnKind, ColumnOf, Row } from '../../../src/testtrack/columns/column.ts';
import { fixedList } from '../../../src/testtrack/columns/value-lists.ts';
import type { WorkflowEvent } from '../../../src/testtrack/model/item-record.ts';
import { ProjectView } from '../../../src/testtrack/project-view.ts';
import type { View } from '../../../src/testtrack/rules/view.ts';
import { Draft } from '../../../src/world/draft.ts';
import { project } from '../../support/testtrack.ts';

/** A record whose fields are just there, by the labels of the columns below. */
export interface SampleRecord extends Row {
  readonly Title: string;
  readonly Version: string;
  readonly Count: number | undefined;
  readonly Cost: number | undefined;
  readonly Open: boolean;
  /** `YYYY-MM-DD` or empty. */
  readonly Day: string;
  /** Milliseconds since the epoch. */
  readonly Moment: number | undefined;
  readonly Kind: string;
  readonly Kinds: readonly string[];
  readonly Owner: number;
  readonly Owners: readonly number[];
  readonly Folders: readonly string[];
  /** What its events say, the first one first. */
  readonly Words: readonly string[];
}

export const kinds = ['Red', 'Green', 'Blue'];
/** The users of the sample project by record ID, as they are named. */
export const owners = { 1: 'Administrator, System', 2: 'Lake, Veronica' } as const;
export const folders = ['/Public/a', '/Public/a/b', '/Public/c'];

function column<K extends ColumnKind>(
  kind: K,
  label: keyof SampleRecord & string,
  more: Partial<ColumnOf<K>> = {},
): Column {
  const value = (record: Row) => (record as SampleRecord)[label as never];
  return { kind, label, value, ...more } as Column;
}

type Said = Pick<WorkflowEvent, 'notes'>;
const said = (record: Row): readonly Said[] => (record as SampleRecord).Words.map((notes) => ({ notes }));

export const sampleCatalogue = new ColumnCatalogue([
  column('text', 'Title'),
  column('version', 'Version'),
  column('integer', 'Count', { code: 'CNT' }),
  column('decimal', 'Cost'),
  column('boolean', 'Open'),
  column('date', 'Day'),
  column('dateTime', 'Moment'),
  column('choice', 'Kind', { list: fixedList(kinds) }),
  column('choices', 'Kinds', { list: fixedList(kinds) }),
  column('user', 'Owner'),
  column('users', 'Owners'),
  column('folders', 'Folders'),
  {
    kind: 'text',
    label: 'Words',
    value: (record) => said(record).at(-1)?.notes ?? '',
    perEvent: {
      events: (record) => said(record) as readonly WorkflowEvent[],
      value: ({ notes }) => notes,
    },
  },
]);

export function sampleView(section: object = {}): View {
  const { runner } = project(section);
  return {
    project: new ProjectView(new Draft(runner.world), 'Project'),
    nameFormat: 'last-first',
    formatted: false,
    downloads: false,
  };
}

export const blankRecord: SampleRecord = {
  recordId: 1,
  Title: '',
  Version: '',
  Count: undefined,
  Cost: undefined,
  Open: false,
  Day: '',
  Moment: undefined,
  Kind: '',
  Kinds: [],
  Owner: 0,
  Owners: [],
  Folders: [],
  Words: [],
};
