import { didYouMeanHint } from '../../did-you-mean.ts';
import type {
  Attachment,
  CustomValue,
  CustomValues,
  WorkflowEvent,
} from '../../testtrack/model/item-record.ts';
import type { CustomField, Workflow } from '../../testtrack/model/project-record.ts';
import { filed } from '../../testtrack/rules/attachments.ts';
import { plainText } from '../../testtrack/rules/rich-text.ts';
import { inEventOrder, requireEvent, resultingState, standingAfter } from '../../testtrack/rules/workflow.ts';
import { fileContent } from '../../world/file-content.ts';
import type { Instant } from '../../world/instant.ts';
import { type PathStep, ScenarioProblem } from '../problem.ts';
import type { CustomValueSection, EventSection, FileSection } from './parts.ts';
import { numbered, type ProjectSeed } from './project-seed.ts';

type Path = readonly PathStep[];

/**
 * Events in the order of the scenario. One without a time comes a minute after the one before it, but not in the
 * future: what a client adds later must come after it.
 */
export function eventsFrom(
  seed: ProjectSeed,
  workflow: Workflow,
  sections: readonly EventSection[],
  { createdAt, by, at }: { createdAt: Instant; by: number; at: Path },
): WorkflowEvent[] {
  const events: WorkflowEvent[] = [];
  for (const [index, section] of sections.entries()) {
    const path = [...at, 'events', index];
    const { state } = standingAfter(workflow, events);
    const definition = requireEvent(workflow, section.name, state);
    const people = section.assignTo === undefined ? [] : [section.assignTo].flat();
    const when = section.at ?? Math.min((events.at(-1)?.at ?? createdAt) + 60_000, seed.now);
    events.push({
      recordId: numbered(seed.project, 'event', section.recordId),
      name: section.name,
      user: section.user === undefined ? by : seed.userOf(section.user, [...path, 'user']),
      at: when,
      notes: section.notes ?? '',
      order: 0,
      parentEventId: section.parentEvent ?? 0,
      attachments: (section.attachments ?? []).map((file, place) =>
        attachmentFrom(seed, file, when, [...path, 'attachments', place]),
      ),
      fields: customValuesFrom(definition.fields, section.fields, [...path, 'fields']),
      resultingState: resultingState(definition, section.resultingState ?? ''),
      hours: section.hours ?? 0,
      assignedTo: people.map((login) => seed.userOf(login, [...path, 'assignTo'])),
      releaseNotesVersion: section.releaseNotesVersion ?? '',
      generatedType: section.generatedType ?? 'User',
      generatedBy: section.generatedBy ?? '',
      overrideUser:
        section.overrideUser === undefined ? 0 : seed.userOf(section.overrideUser, [...path, 'overrideUser']),
      marksSuspect: false,
    });
  }
  return inEventOrder(events);
}

/** A file of the scenario: its text, its bytes in base64, or a file beside it. */
export function attachmentFrom(seed: ProjectSeed, section: FileSection, at: Instant, path: Path): Attachment {
  const content =
    section.file === undefined
      ? fileContent(
          Buffer.from(section.base64 ?? section.text ?? '', section.base64 === undefined ? 'utf8' : 'base64'),
        )
      : seed.files.read(section.file, [...path, 'file']);
  return {
    ...filed(seed.project, section.name),
    type: section.type ?? 'Standard',
    scriptOrder: section.scriptOrder ?? 0,
    scriptState: section.scriptState ?? '',
    createdAt: at,
    modifiedAt: at,
    content,
  };
}

/** Custom values of a scenario, checked against the fields they belong to. */
export function customValuesFrom(
  fields: readonly CustomField[],
  section: Readonly<Record<string, CustomValueSection>> | undefined,
  at: Path,
): CustomValues {
  const values: Record<string, CustomValue> = {};
  for (const [name, value] of Object.entries(section ?? {})) {
    const field = fields.find((known) => known.name === name);
    if (!field) {
      const names = fields.map((known) => known.name);
      throw new ScenarioProblem(
        [...at, name],
        `there is no custom field "${name}" here`,
        `Fields: ${names.join(', ') || 'none'}.${didYouMeanHint(name, names)}`,
      );
    }
    values[name] = customValueFrom(field, value, [...at, name]);
  }
  return values;
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

function customValueFrom(field: CustomField, value: CustomValueSection, at: Path): CustomValue {
  const fit = fitting(field, value);
  if (fit !== undefined) return fit;
  const list = field.values.length > 0 ? ` Values: ${field.values.join(', ')}.` : '';
  throw new ScenarioProblem(at, `"${field.name}" takes ${expectations[field.type]}`, list.trim());
}

function fitting(field: CustomField, value: CustomValueSection): CustomValue | undefined {
  switch (field.type) {
    case 'string':
    case 'version':
      return typeof value === 'string' ? value : undefined;
    case 'multiline':
      return typeof value === 'string' ? plainText(value) : undefined;
    case 'integer':
      return Number.isInteger(value) ? (value as number) : undefined;
    case 'decimal':
      return typeof value === 'number' ? value : undefined;
    case 'boolean':
      return typeof value === 'boolean' ? value : undefined;
    case 'date':
      return typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? value : undefined;
    case 'dateTime': {
      const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
      return Number.isNaN(at) ? undefined : at;
    }
    case 'timespan':
      return typeof value === 'object' && 'amount' in value ? value : undefined;
    case 'dropdown':
      return typeof value === 'string' && field.values.includes(value) ? value : undefined;
    case 'multiselect':
      return Array.isArray(value) && value.every((each) => field.values.includes(each)) ? value : undefined;
  }
}
