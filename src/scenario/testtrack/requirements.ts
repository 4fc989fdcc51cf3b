import { z } from 'zod';
import { workflowFor } from '../../testtrack/family/item-members.ts';
import type { RequirementRecord } from '../../testtrack/model/requirement-record.ts';
import { requirements } from '../../testtrack/model/tables.ts';
import { requireDropdownValue } from '../../testtrack/rules/dropdowns.ts';
import { typeField } from '../../testtrack/rules/requirement-types.ts';
import { standingAfter } from '../../testtrack/rules/workflow.ts';
import { dayOf } from '../../testtrack/rules/zone.ts';
import { momentSchema } from '../clock-schema.ts';
import type { PathStep } from '../problem.ts';
import { attachmentFrom, customValuesFrom, eventsFrom } from './events.ts';
import { customValuesSchema, day, eventSchema, fileSchema, id, name } from './parts.ts';
import { numbered, type ProjectSeed, placed, requireNew } from './project-seed.ts';
import { richTextFrom, richTextSchema } from './rich-text.ts';

/** A requirement type: its name and what stands around the number in the tags of its requirements. */
export const requirementTypeSchema = z.strictObject({
  name,
  tagPrefix: z.string().max(32).optional(),
  tagSuffix: z.string().max(32).optional(),
});

/** A requirement in a scenario. */
export const requirementSchema = z.strictObject({
  recordId: id.optional(),
  number: id.optional(),
  type: name,
  summary: name,
  importance: z.string().optional(),
  description: richTextSchema.optional(),
  enteredBy: name.optional(),
  dateEntered: day.optional(),
  createdBy: name.optional(),
  createdAt: momentSchema.optional(),
  storyPoints: z.int().optional(),
  events: z.array(eventSchema).optional(),
  customFields: customValuesSchema.optional(),
  attachments: z.array(fileSchema).optional(),
});

export type RequirementSection = z.output<typeof requirementSchema>;

const table = 'Requirement';

/** All requirements of a project. */
export function seedRequirements(
  seed: ProjectSeed,
  section: { requirements?: readonly RequirementSection[] | undefined },
): void {
  const { project, at } = seed;
  const ids = new Set<string>();
  const numbers = new Set<string>();
  const records = (section.requirements ?? []).map((requirement, index) => {
    const path = [...at, 'requirements', index];
    const recordId = numbered(project, 'requirement', requirement.recordId);
    const number = project.record.autoNumbers
      ? numbered(project, 'requirement-number', requirement.number)
      : 0;
    requireNew(ids, String(recordId), [...path, 'recordId'], `requirement with record ID ${recordId}`);
    if (number !== 0)
      requireNew(numbers, String(number), [...path, 'number'], `requirement number ${number}`);
    return placed(path, () => requirementFrom(seed, requirement, { recordId, number, at: path }));
  });
  project.table(requirements).fill(records);
}

/**
 * A requirement as the scenario describes it, by the same rules that a client's requirement goes through.
 *
 * @throws ProductFault or ScenarioProblem for what the rules refuse
 */
function requirementFrom(
  seed: ProjectSeed,
  section: RequirementSection,
  { recordId, number, at }: { recordId: number; number: number; at: readonly PathStep[] },
): RequirementRecord {
  const { project, now } = seed;
  const { type, importance = '' } = section;
  placed([...at, 'type'], () => requireDropdownValue(project, typeField, { value: type, before: undefined }));
  placed([...at, 'importance'], () =>
    requireDropdownValue(project, { table, field: 'Importance' }, { value: importance, before: undefined }),
  );
  const createdAt = section.createdAt ?? now;
  const person = (login: string | undefined, part: string) =>
    login === undefined ? seed.firstUser() : seed.userOf(login, [...at, part]);
  const enteredBy = person(section.enteredBy ?? section.createdBy, 'enteredBy');
  const workflow = workflowFor(project, table);
  const events = eventsFrom(seed, workflow, section.events ?? [], { createdAt, by: enteredBy, at });
  const created = {
    at: createdAt,
    by: section.createdBy === undefined ? enteredBy : person(section.createdBy, 'createdBy'),
  };
  const last = events.at(-1);
  const fields = project.customFieldsOf(table);
  return {
    recordId,
    number,
    summary: section.summary,
    ...standingAfter(workflow, events),
    events,
    customValues: customValuesFrom(fields, section.customFields, [...at, 'customFields']),
    sourceFiles: [],
    created,
    modified: last ? { at: last.at, by: last.user } : created,
    addedFrom: 'Scenario',
    storyPoints: section.storyPoints ?? 0,
    percentDone: 0,
    type,
    enteredBy,
    dateEntered: section.dateEntered ?? dayOf(createdAt, project.server.timeZone),
    importance,
    description: richTextFrom(seed, section.description, { createdAt, at: [...at, 'description'] }),
    attachments: (section.attachments ?? []).map((file, place) =>
      attachmentFrom(seed, file, createdAt, [...at, 'attachments', place]),
    ),
    versions: [{ ...created, number: 1 }],
  };
}
