import type {
  AnyCField,
  CEventDefinition,
  CRecordListSoap,
} from '../../testtrack/model/operation-types.generated.ts';
import type {
  CustomField,
  CustomFieldType,
  EventDefinition,
  StateDefinition,
  Workflow,
} from '../../testtrack/model/project-record.ts';
import type { Notes } from './notes.ts';
import type { SeenStates } from './survey.ts';

/** What a workflow is made again from. */
export interface WorkflowSources {
  readonly table: string;
  readonly definitions: readonly CEventDefinition[];
  /** The workflow of a new project: what it says of a state or an event of the same name is assumed. */
  readonly usual: Workflow | undefined;
  readonly seen: SeenStates;
  /** Record IDs with the columns Closed Date and Is Locked. */
  readonly standing: CRecordListSoap | undefined;
  readonly stateOf: ReadonlyMap<number, string>;
  readonly notes: Notes;
}

/** The workflow of a table: its events as they were told, its states as far as answers name them. */
export function workflowFrom(sources: WorkflowSources): Workflow {
  const { table, definitions, usual, notes } = sources;
  const names = stateNames(sources);
  const states = names.map((name) => stateFrom(name, sources));
  const events = definitions.map((definition) => eventFrom(definition, sources, names));
  notes.add(
    `${table}: in which states an event can be entered`,
    usual
      ? 'where it was entered, and where the usual workflow allows an event of this name; any state for other names'
      : 'in any state',
  );
  notes.add(
    `${table}: who may enter events in a state`,
    'as the usual workflow for states it has; everybody in others',
  );
  return { states, events };
}

/** The first state is where items start: that of items which no event has moved. */
function stateNames({ definitions, usual, seen }: WorkflowSources): string[] {
  const offered = definitions.flatMap(({ resultingStateValues = [] }) =>
    resultingStateValues.map(({ value = '' }) => value),
  );
  const known = new Set([...offered, ...seen.all.keys()].filter((name) => name !== ''));
  const [unmoved] = [...seen.unmoved].sort(([, a], [, b]) => b - a);
  const usualNames = (usual?.states ?? []).map(({ name }) => name);
  const first =
    unmoved?.[0] ?? usualNames.find((name) => known.size === 0 || known.has(name)) ?? usualNames[0];
  const inOrder = usualNames.filter((name) => known.has(name));
  return [...new Set([...(first === undefined ? [] : [first]), ...inOrder, ...known])];
}

function stateFrom(name: string, { usual, standing, stateOf }: WorkflowSources): StateDefinition {
  const assumed = usual?.states.find((state) => state.name === name);
  const seen = standingIn(name, standing, stateOf);
  return {
    name,
    isOpen: seen.isClosed === undefined ? (assumed?.isOpen ?? true) : !seen.isClosed,
    locksItem: seen.isLocked ?? assumed?.locksItem ?? false,
    assignmentRule: assumed?.assignmentRule ?? 'anyone',
    canGenerateRuns: assumed?.canGenerateRuns ?? true,
  };
}

/** What the cells of the items in a state say: one that has a closing date is closed, one without is not. */
function standingIn(
  state: string,
  list: CRecordListSoap | undefined,
  stateOf: ReadonlyMap<number, string>,
): { readonly isClosed: boolean | undefined; readonly isLocked: boolean | undefined } {
  const at = (label: string) => (list?.columnlist ?? []).findIndex(({ name }) => name === label);
  const [closedAt, lockedAt] = [at('Closed Date'), at('Is Locked')];
  let [isClosed, isLocked]: (boolean | undefined)[] = [];
  for (const { row = [] } of list?.records ?? []) {
    if (stateOf.get(Number(row[0]?.value)) !== state) continue;
    if (closedAt > 0) isClosed = isClosed || (row[closedAt]?.value ?? '') !== '';
    if (lockedAt > 0) isLocked = isLocked || /^(?:yes|true|1)$/i.test(row[lockedAt]?.value ?? '');
  }
  return { isClosed, isLocked };
}

function eventFrom(
  wire: CEventDefinition,
  { usual, seen }: WorkflowSources,
  states: readonly string[],
): EventDefinition {
  const name = wire.name ?? '';
  const assumed = usual?.events.find((event) => event.name === name);
  const usually = (assumed?.from ?? []).filter((state) => states.includes(state));
  const from = usually.length === 0 ? [] : [...new Set([...usually, ...(seen.from.get(name) ?? [])])];
  return {
    name,
    from,
    to: (wire.resultingStateValues ?? []).map(({ value = '' }) => value),
    assigns: wire.newAssignment ?? false,
    hours: wire.timeTracking ? (wire.timeSumOfAll ? 'work' : 'estimate') : 'none',
    hasAttachments: wire.fileattachments ?? false,
    hasReleaseNotes: wire.releaseNotes ?? false,
    canMarkSuspect: wire.marksuspect ?? false,
    isReviewNote: wire.reviewnote ?? false,
    fields: customFieldsFrom(wire.customFields),
  };
}

const fieldTypes: Readonly<Record<string, CustomFieldType>> = {
  CIntegerField: 'integer',
  CDecimalField: 'decimal',
  CBooleanField: 'boolean',
  CDateField: 'date',
  CDateTimeField: 'dateTime',
  CVersionField: 'version',
  CTimespanField: 'timespan',
  CDropdownField: 'dropdown',
  CMultiSelectDropdownField: 'multiselect',
};

/** Custom fields as their definitions tell them. Whether one must have a value is not told. */
export function customFieldsFrom(wires: readonly AnyCField[] | undefined): CustomField[] {
  return (wires ?? []).map((wire) => {
    const isMultiline = wire.$type === 'CStringField' && wire.isMultilineString === true;
    const values = 'dropdownValues' in wire ? (wire.dropdownValues ?? []) : [];
    return {
      recordId: Number(wire.recordid ?? 0),
      name: wire.name ?? '',
      type: fieldTypes[wire.$type ?? ''] ?? (isMultiline ? 'multiline' : 'string'),
      values: values.map(({ value = '' }) => value),
      isRequired: false,
      code: undefined,
    };
  });
}
