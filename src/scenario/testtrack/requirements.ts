import { z } from 'zod';
import type { Steps } from '../../answers/steps.ts';
import type { RequirementRecord } from '../../testtrack/model/requirement-record.ts';
import { requirementRecords } from '../../testtrack/model/tables.ts';
import { typeField } from '../../testtrack/rules/requirement-types.ts';
import { attachmentsFrom } from './events.ts';
import { type ItemPlace, itemFrom, itemsFrom } from './item-seed.ts';
import { daySchema, idSchema, itemPartsShape, nameSchema } from './parts.ts';
import type { ProjectSeed } from './project-seed.ts';
import { richTextFrom, richTextSchema } from './rich-text.ts';

/** A requirement type: its name and what stands around the number in the tags of its requirements. */
export const requirementTypeSchema = z.strictObject({
  name: nameSchema,
  tagPrefix: z.string().max(32).optional(),
  tagSuffix: z.string().max(32).optional(),
});

/** A requirement in a scenario. */
export const requirementSchema = z.strictObject({
  recordId: idSchema.optional(),
  number: idSchema.optional(),
  type: nameSchema,
  summary: nameSchema,
  importance: z.string().optional(),
  description: richTextSchema.optional(),
  enteredBy: nameSchema.optional(),
  dateEntered: daySchema.optional(),
  ...itemPartsShape,
});

export type RequirementSection = z.output<typeof requirementSchema>;

const table = 'Requirement';

/** All requirements of a project. */
export function* seedRequirements(
  seed: ProjectSeed,
  section: { requirements?: Iterable<RequirementSection> | undefined },
): Steps<void> {
  const records = yield* itemsFrom(seed, section.requirements, {
    key: 'requirements',
    table,
    make: (requirement, place) => requirementFrom(seed, requirement, place),
  });
  yield* seed.project.table(requirementRecords).filling(records);
}

/**
 * A requirement as the scenario describes it, by the same rules that a client's requirement goes through.
 *
 * @throws ProductFault or ScenarioProblem for what the rules refuse
 */
function requirementFrom(
  seed: ProjectSeed,
  section: RequirementSection,
  place: ItemPlace,
): RequirementRecord {
  const { at } = place;
  const { type, importance = '' } = section;
  seed.requireListed({ ...typeField, member: 'type' }, type, at);
  seed.requireListed({ table, field: 'Importance', member: 'importance' }, importance, at);
  const login = section.enteredBy ?? section.createdBy;
  const enteredBy = seed.userOrFirst(login, () => [...at, 'enteredBy']);
  const item = itemFrom(seed, section, { table, summary: section.summary, enteredBy, ...place });
  const createdAt = item.created.at;
  return {
    type,
    enteredBy,
    dateEntered: section.dateEntered ?? seed.dayOf(createdAt),
    importance,
    description: richTextFrom(seed, section.description, { createdAt, at: () => [...at, 'description'] }),
    attachments: attachmentsFrom(seed, section.attachments, { createdAt, at: () => [...at, 'attachments'] }),
    versions: [{ number: 1, ...item.created }],
    ...item,
  };
}
