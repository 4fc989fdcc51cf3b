import { z } from 'zod';
import type { Steps } from '../../answers/steps.ts';
import { momentSchema } from '../../input/clock-schema.ts';
import type { PathStep } from '../../input/path.ts';
import type { RequirementDocumentRecord } from '../../testtrack/model/requirement-document-record.ts';
import { requirementDocuments, requirementRecords } from '../../testtrack/model/tables.ts';
import { takeSnapshot } from '../../testtrack/rules/document-snapshots.ts';
import { appendNode } from '../../testtrack/rules/document-trees.ts';
import { tagOf } from '../../testtrack/rules/requirement-types.ts';
import { missing, ScenarioProblem } from '../reading/problem.ts';
import { attachmentsFrom } from './events.ts';
import { type ItemPlace, itemFrom, itemsFrom } from './item-seed.ts';
import { idSchema, itemPartsShape, nameSchema } from './parts.ts';
import { type ProjectSeed, placed } from './project-seed.ts';
import { richTextFrom, richTextSchema } from './rich-text.ts';

/** A requirement in a document: its number, its tag or its summary; with children as an object. */
export type TreeNodeSection =
  | string
  | number
  | { requirement: string | number; children?: TreeNodeSection[] | undefined };

const referenceSchema = z.union([idSchema, nameSchema]);
const treeNodeSchema: z.ZodType<TreeNodeSection> = z.lazy(() =>
  z.union([
    referenceSchema,
    z.strictObject({ requirement: referenceSchema, children: z.array(treeNodeSchema).optional() }),
  ]),
);

const snapshotSchema = z.strictObject({
  label: nameSchema,
  comment: z.string().optional(),
  by: nameSchema.optional(),
  at: momentSchema.optional(),
});

/** A requirement document in a scenario. */
export const requirementDocumentSchema = z.strictObject({
  recordId: idSchema.optional(),
  number: idSchema.optional(),
  name: nameSchema,
  description: richTextSchema.optional(),
  ...itemPartsShape,
  /** The requirements in it, in order. */
  tree: z.array(treeNodeSchema).optional(),
  /** Snapshots of what is above, oldest first. */
  snapshots: z.array(snapshotSchema).optional(),
});

export type RequirementDocumentSection = z.output<typeof requirementDocumentSchema>;

type Path = readonly PathStep[];
const table = 'Requirement Document';

/** All requirement documents of a project; their requirements are there already. */
export function* seedRequirementDocuments(
  seed: ProjectSeed,
  section: { requirementDocuments?: Iterable<RequirementDocumentSection> | undefined },
): Steps<void> {
  const { project } = seed;
  let finder: Find | undefined;
  const find: Find = (reference, path) => {
    finder ??= requirementFinder(seed);
    return finder(reference, path);
  };
  yield* itemsFrom(seed, section.requirementDocuments, {
    key: 'requirementDocuments',
    table,
    make: (document, place) => {
      const record = documentFrom(seed, document, place);
      project.table(requirementDocuments).put(record);
      const { recordId, at } = place;
      seedTree(seed, document.tree ?? [], { documentId: recordId, parentId: 0, at: [...at, 'tree'], find });
      seedSnapshots(seed, record, { sections: document.snapshots ?? [], at: [...at, 'snapshots'] });
    },
  });
}

function documentFrom(
  seed: ProjectSeed,
  section: RequirementDocumentSection,
  place: ItemPlace,
): RequirementDocumentRecord {
  const { at } = place;
  const item = itemFrom(seed, section, { table, summary: section.name, ...place });
  const createdAt = item.created.at;
  return {
    description: richTextFrom(seed, section.description, { createdAt, at: () => [...at, 'description'] }),
    attachments: attachmentsFrom(seed, section.attachments, { createdAt, at: () => [...at, 'attachments'] }),
    ...item,
  };
}

type Find = (reference: string | number, at: Path) => number;

function seedTree(
  seed: ProjectSeed,
  nodes: readonly TreeNodeSection[],
  { documentId, parentId, at, find }: { documentId: number; parentId: number; at: Path; find: Find },
): void {
  for (const [index, node] of nodes.entries()) {
    const path = [...at, index];
    const { requirement, children = [] } = typeof node === 'object' ? node : { requirement: node };
    const requirementId = find(requirement, typeof node === 'object' ? [...path, 'requirement'] : path);
    placed(
      () => path,
      () => appendNode(seed.project, { documentId, requirementId, parentId }),
    );
    seedTree(seed, children, { documentId, parentId: requirementId, at: [...path, 'children'], find });
  }
}

/** Finds the requirement that a tree names: a number is its number, a text its tag or else its summary. */
function requirementFinder({ project }: ProjectSeed): Find {
  const records = project.table(requirementRecords);
  const byTag = new Map<string, number>();
  for (const requirement of records.sorted()) {
    const tag = tagOf(project, requirement);
    if (tag !== '' && !byTag.has(tag)) byTag.set(tag, requirement.recordId);
  }
  return (reference, at) => {
    const found =
      typeof reference === 'number'
        ? records.findBy('number', reference).map(({ recordId }) => recordId)
        : [
            byTag.get(reference) ?? records.findBy('summary', reference).map(({ recordId }) => recordId),
          ].flat();
    const [only] = found;
    if (only !== undefined && found.length === 1) return only;
    const shown = typeof reference === 'number' ? `number ${reference}` : `"${reference}"`;
    if (found.length > 1) {
      throw new ScenarioProblem(
        at,
        `${found.length} requirements are called ${shown}`,
        'Name it by its number or tag',
      );
    }
    const known = [...byTag.keys()];
    throw missing(at, `there is no requirement ${shown}`, {
      name: String(reference),
      known,
      listed: 'A requirement is named by its number, its tag or its summary. Tags',
    });
  };
}

function seedSnapshots(
  seed: ProjectSeed,
  document: RequirementDocumentRecord,
  {
    sections,
    at,
  }: { readonly sections: NonNullable<RequirementDocumentSection['snapshots']>; readonly at: Path },
): void {
  for (const [index, { label, comment = '', by, at: made }] of sections.entries()) {
    const user = by === undefined ? document.created.by : seed.userOf(by, () => [...at, index, 'by']);
    const created = { at: made ?? seed.now, by: user };
    takeSnapshot(seed.project, document, { label, comment, created });
  }
}
