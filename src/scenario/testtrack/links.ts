import { z } from 'zod';
import type { Steps } from '../../answers/steps.ts';
import { momentSchema } from '../../input/clock-schema.ts';
import type { PathStep } from '../../input/path.ts';
import { itemsOf, type LinkedItem, type LinkRecord } from '../../testtrack/model/link-record.ts';
import type { LinkDefinition } from '../../testtrack/model/project-record.ts';
import { links } from '../../testtrack/model/tables.ts';
import { linkedItem, requireDefinition, requireSoundLink } from '../../testtrack/rules/links.ts';
import { missing, ScenarioProblem } from '../reading/problem.ts';
import { type ItemReferenceSection, itemShape, itemTableSchema, resolveItem } from './items.ts';
import { idSchema, nameSchema } from './parts.ts';
import { claimNumber, type ProjectSeed, placed, requireNew } from './project-seed.ts';

/** A link definition in a scenario. */
export const linkDefinitionSchema = z
  .strictObject({
    name: nameSchema,
    kind: z.enum(['peer', 'parent/child']),
    /** The tables of the parent; only for parent/child. */
    parents: z.array(itemTableSchema).min(1).optional(),
    /** The tables of the children, or of the peers. */
    children: z.array(itemTableSchema).min(1),
    maxItems: z.int().min(2).optional(),
    requiresComment: z.boolean().optional(),
    allowsSuspects: z.boolean().optional(),
  })
  .refine(({ kind, parents }) => (kind === 'peer') === (parents === undefined), {
    message: 'a definition of kind parent/child says which tables its parents are of, one of peers does not',
    path: ['parents'],
  });

const linkedItemSchema = z.strictObject({ ...itemShape, isSuspect: z.boolean().optional() });
type LinkedItemSection = ItemReferenceSection & { readonly isSuspect?: boolean | undefined };

/** A link between items of a scenario. */
export const linkSchema = z.strictObject({
  recordId: idSchema.optional(),
  definition: nameSchema,
  comment: z.string().optional(),
  parent: linkedItemSchema.optional(),
  children: z.array(linkedItemSchema).min(1),
  createdBy: nameSchema.optional(),
  createdAt: momentSchema.optional(),
});

export type LinkDefinitionSection = z.output<typeof linkDefinitionSchema>;
export type LinkSection = z.output<typeof linkSchema>;

/** Definitions of the defaults stay unless the project has one of the same name. */
export function linkDefinitionsFrom(
  own: readonly LinkDefinitionSection[] = [],
  defaults: readonly LinkDefinitionSection[] = [],
): LinkDefinition[] {
  const byName = new Map([...defaults, ...own].map((section) => [section.name, section]));
  return [...byName.values()].map((section) => ({
    name: section.name,
    kind: section.kind,
    parents: section.parents ?? [],
    children: section.children,
    maxItems: section.maxItems,
    requiresComment: section.requiresComment ?? false,
    allowsSuspects: section.allowsSuspects ?? false,
  }));
}

/** The definition for issues raised from test runs. @throws ScenarioProblem when there is none of this name */
export function testRunIssueLinkFrom(
  wanted: string | undefined,
  definitions: readonly LinkDefinition[],
  at: readonly PathStep[],
): string {
  const names = definitions.map((definition) => definition.name);
  if (wanted !== undefined && names.includes(wanted)) return wanted;
  throw missing(at, `there is no link definition "${wanted ?? ''}"`, {
    name: wanted ?? '',
    known: names,
    listed: 'Link definitions',
  });
}

/** All links of a project, after the items they link. */
export function* seedLinks(
  seed: ProjectSeed,
  section: { links?: readonly LinkSection[] | undefined },
): Steps<void> {
  const { project, at } = seed;
  const ids = new Set<string>();
  const records: LinkRecord[] = [];
  for (const [index, link] of (section.links ?? []).entries()) {
    yield;
    const path = [...at, 'links', index];
    const recordId = claimNumber(project, 'link', link.recordId);
    requireNew(ids, String(recordId), { at: [...path, 'recordId'], what: `link with record ID ${recordId}` });
    const record = placed(
      () => path,
      () => linkFrom(seed, link, { recordId, at: path }),
    );
    records.push(record);
  }
  yield* project.table(links).filling(records);
}

function linkFrom(
  seed: ProjectSeed,
  section: LinkSection,
  { recordId, at }: { readonly recordId: number; readonly at: readonly PathStep[] },
): LinkRecord {
  const { project, now } = seed;
  const member = (item: LinkedItemSection, path: readonly PathStep[]): LinkedItem => ({
    ...linkedItem(project, resolveItem(seed, item, path)),
    isSuspect: item.isSuspect ?? false,
  });
  const by = seed.userOrFirst(section.createdBy, () => [...at, 'createdBy']);
  const link: LinkRecord = {
    recordId,
    definition: section.definition,
    comment: section.comment ?? '',
    parent: section.parent && member(section.parent, [...at, 'parent']),
    children: section.children.map((child, index) => member(child, [...at, 'children', index])),
    history: [
      { recordId: project.next('link-history'), at: section.createdAt ?? now, by, text: 'Link created' },
    ],
  };
  requireSoundLink(project, link);
  if (
    itemsOf(link).some((item) => item.isSuspect) &&
    !requireDefinition(project, link.definition).allowsSuspects
  ) {
    throw new ScenarioProblem(
      at,
      `links of "${link.definition}" cannot have suspect items`,
      'Set allowsSuspects in the definition',
    );
  }
  return link;
}
