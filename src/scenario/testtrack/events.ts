import type { LazyPath, PathStep } from '../../input/path.ts';
import type {
  CustomValue,
  CustomValues,
  StoredAttachment,
  UserRef,
  WorkflowEvent,
} from '../../testtrack/model/item-record.ts';
import type { CustomField, Workflow } from '../../testtrack/model/project-record.ts';
import { filed } from '../../testtrack/rules/attachments.ts';
import { plainText } from '../../testtrack/rules/rich-text.ts';
import {
  afterEvent,
  inEventOrder,
  initialPosition,
  requireEvent,
  resultingState,
} from '../../testtrack/rules/workflow.ts';
import { fileContent } from '../../world/file-content.ts';
import { type Instant, MINUTE_MS } from '../../world/instant.ts';
import { missing, ScenarioProblem } from '../reading/problem.ts';
import type { CustomValueSection, EventSection, FileSection } from './parts.ts';
import { claimNumber, none, type ProjectSeed, placed } from './project-seed.ts';

type Path = readonly PathStep[];

/** The events of an item, when and by whom they are when they do not say it, and where they stand. */
interface EventList {
  readonly sections: readonly EventSection[] | undefined;
  readonly createdAt: Instant;
  readonly by: number;
  /** The path of the item in the scenario. */
  readonly at: Path;
}

/**
 * Events in the order of the scenario. One without a time comes a minute after the one before it, but not in the
 * future: what a client adds later must come after it.
 */
export function eventsFrom(
  seed: ProjectSeed,
  workflow: Workflow,
  { sections = [], createdAt, by, at }: EventList,
): WorkflowEvent[] {
  if (sections.length === 0) return [];
  let position = initialPosition(workflow);
  let last: Instant | undefined;
  const events = sections.map((section, index): WorkflowEvent => {
    const path = (part: string) => [...at, 'events', index, part];
    const definition = placed(
      () => path('name'),
      () => requireEvent(workflow, section.name, position.state),
    );
    const when = section.at ?? Math.min((last ?? createdAt) + MINUTE_MS, seed.now);
    last = when;
    const { user, assignTo, overrideUser } = section;
    const event: WorkflowEvent = {
      recordId: claimNumber(seed.project, 'event', section.recordId),
      name: section.name,
      user: user === undefined ? by : seed.userOf(user, () => path('user')),
      at: when,
      notes: section.notes ?? '',
      order: 0,
      parentEventId: section.parentEvent ?? 0,
      attachments: attachmentsFrom(seed, section.attachments, {
        createdAt: when,
        at: () => path('attachments'),
      }),
      fields: customValuesFrom(definition.fields, section.fields, () => path('fields')),
      resultingState: placed(
        () => path('resultingState'),
        () => resultingState(definition, section.resultingState ?? ''),
      ),
      hours: section.hours ?? 0,
      assignedTo: peopleOf(seed, assignTo, () => path('assignTo')),
      releaseNotesVersion: section.releaseNotesVersion ?? '',
      generatedType: section.generatedType ?? 'User',
      generatedBy: section.generatedBy ?? '',
      overrideUser: overrideUser === undefined ? 0 : seed.userOf(overrideUser, () => path('overrideUser')),
      marksSuspect: false,
    };
    position = afterEvent(workflow, position, event);
    return event;
  });
  return inEventOrder(events);
}

function peopleOf(
  seed: ProjectSeed,
  logins: string | readonly string[] | undefined,
  at: LazyPath,
): readonly UserRef[] {
  if (logins === undefined) return none;
  return typeof logins === 'string'
    ? [seed.userOf(logins, at)]
    : logins.map((login) => seed.userOf(login, at));
}

/** The files of a record, in their order. */
export function attachmentsFrom(
  seed: ProjectSeed,
  sections: readonly FileSection[] | undefined,
  { createdAt, at }: { createdAt: Instant; at: LazyPath },
): readonly StoredAttachment[] {
  if (sections === undefined || sections.length === 0) return none;
  return sections.map((file, index) => attachmentFrom(seed, file, { createdAt, at: [...at(), index] }));
}

/** A file of the scenario: its text, its bytes in base64, or a file beside it. */
function attachmentFrom(
  seed: ProjectSeed,
  section: FileSection,
  { createdAt, at }: { createdAt: Instant; at: Path },
): StoredAttachment {
  const content =
    section.file === undefined
      ? fileContent(
          Buffer.from(section.base64 ?? section.text ?? '', section.base64 === undefined ? 'utf8' : 'base64'),
        )
      : seed.files.read(section.file, [...at, 'file']);
  return {
    ...filed(seed.project, section.name),
    type: section.type ?? 'Standard',
    scriptOrder: section.scriptOrder ?? 0,
    scriptState: section.scriptState ?? '',
    createdAt,
    modifiedAt: createdAt,
    content,
  };
}

const noValues: CustomValues = Object.freeze({});

/** Custom values of a scenario, checked against the fields they belong to. */
export function customValuesFrom(
  fields: readonly CustomField[],
  section: Readonly<Record<string, CustomValueSection>> | undefined,
  at: LazyPath,
): CustomValues {
  if (section === undefined) return noValues;
  const values: Record<string, CustomValue> = {};
  for (const [name, value] of Object.entries(section)) {
    const field = fields.find((known) => known.name === name);
    const fit = field && fits[field.type](value, field);
    if (fit === undefined) throw unfitting(fields, [...at(), name], { name, field });
    values[name] = fit;
  }
  return values;
}

function unfitting(
  fields: readonly CustomField[],
  at: Path,
  { name, field }: { name: string; field: CustomField | undefined },
): ScenarioProblem {
  if (!field) {
    const names = fields.map((known) => known.name);
    return missing(at, `there is no custom field "${name}" here`, { name, known: names, listed: 'Fields' });
  }
  const list = field.values.length > 0 ? `Values: ${field.values.join(', ')}.` : '';
  return new ScenarioProblem(at, `"${field.name}" takes ${expectations[field.type]}`, list);
}

const expectations: Readonly<Record<CustomField['type'], string>> = {
  string: 'a text',
  multiline: 'a text',
  integer: 'a whole number',
  decimal: 'a number',
  boolean: 'true or false',
  date: 'a day such as 2026-01-31',
  dateTime: 'a moment such as 2026-01-31T09:15:00Z',
  version: 'a text',
  timespan: 'an amount and a unit, { amount: 2, unit: Hours }',
  dropdown: 'one of its values',
  multiselect: 'a list of its values',
};

/** Reads a value that fits a field; undefined for one that does not. */
type Fit = (value: CustomValueSection, field: CustomField) => CustomValue | undefined;

const text: Fit = (value) => (typeof value === 'string' ? value : undefined);

const fits: Readonly<Record<CustomField['type'], Fit>> = {
  string: text,
  version: text,
  multiline: (value) => (typeof value === 'string' ? plainText(value) : undefined),
  integer: (value) => (typeof value === 'number' && Number.isInteger(value) ? value : undefined),
  decimal: (value) => (typeof value === 'number' ? value : undefined),
  boolean: (value) => (typeof value === 'boolean' ? value : undefined),
  date: (value) => (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? value : undefined),
  dateTime: (value) => {
    const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
    return Number.isNaN(at) ? undefined : at;
  },
  timespan: (value) => (typeof value === 'object' && 'amount' in value ? value : undefined),
  dropdown: (value, { values }) => (typeof value === 'string' && values.includes(value) ? value : undefined),
  multiselect: (value, { values }) =>
    Array.isArray(value) && value.every((each) => values.includes(each)) ? value : undefined,
};
