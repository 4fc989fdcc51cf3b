import { z } from 'zod';
import type { Steps } from '../../answers/steps.ts';
import { momentSchema } from '../../input/clock-schema.ts';
import type { PathStep } from '../../input/path.ts';
import { requireOrder } from '../../testtrack/kinds/folder-schedule.ts';
import { type FolderRecord, type FolderSpace, spaceOf } from '../../testtrack/model/folder-record.ts';
import type { FolderType } from '../../testtrack/model/project-record.ts';
import type { ProjectView } from '../../testtrack/project-view.ts';
import { addToFolder } from '../../testtrack/rules/folder-items.ts';
import { folderCounters } from '../../testtrack/rules/folder-moves.ts';
import {
  defaultFolderType,
  folderTables,
  folderType,
  nextOrder,
  requireFreePlace,
} from '../../testtrack/rules/folders.ts';
import { missing, ScenarioProblem } from '../reading/problem.ts';
import { itemShape, resolveItem } from './items.ts';
import { daySchema, idSchema, nameSchema } from './parts.ts';
import { claimNumber, type ProjectSeed, placed } from './project-seed.ts';
import { richTextFrom, richTextSchema } from './rich-text.ts';

/** A folder type in a scenario. */
export const folderTypeSchema = z.strictObject({
  name: nameSchema,
  description: z.string().optional(),
  allowsWebView: z.boolean().optional(),
  allowsDetails: z.boolean().optional(),
  hasReleasePlanning: z.boolean().optional(),
  isActive: z.boolean().optional(),
  hasTaskBoard: z.boolean().optional(),
  defaultTaskBoard: z.string().optional(),
});

const scheduleSchema = z.strictObject({
  start: daySchema.optional(),
  end: daySchema.optional(),
  includesWeekends: z.boolean().optional(),
  nonWorkingDays: z.int().nonnegative().optional(),
  hoursPerDay: z.number().nonnegative().optional(),
  timeOffHours: z.number().nonnegative().optional(),
  usersAvailable: z.number().nonnegative().optional(),
  storyPoints: z.int().nonnegative().optional(),
});

const folderShape = {
  recordId: idSchema.optional(),
  name: nameSchema,
  type: nameSchema.optional(),
  description: z.string().optional(),
  webView: z.string().optional(),
  notes: richTextSchema.optional(),
  taskBoard: z.string().optional(),
  schedule: scheduleSchema.optional(),
  createdBy: nameSchema.optional(),
  createdAt: momentSchema.optional(),
  /** The items in the folder, by rank. */
  items: z.array(z.strictObject(itemShape)).optional(),
};

const ownFolderSchema = z.strictObject(folderShape);
type SubfolderSection = z.output<typeof ownFolderSchema> & {
  readonly folders?: readonly SubfolderSection[] | undefined;
};
const subfolderSchema: z.ZodType<SubfolderSection> = z.strictObject({
  ...folderShape,
  get folders() {
    return z.array(subfolderSchema).optional();
  },
});

/** A folder in a scenario: public, or private to the user it names. */
export const folderSchema = z.strictObject({
  ...folderShape,
  privateTo: nameSchema.optional(),
  folders: z.array(subfolderSchema).optional(),
});

export type FolderTypeSection = z.output<typeof folderTypeSchema>;
export type FolderSection = z.output<typeof folderSchema>;

type Path = readonly PathStep[];

/** Types of the project come instead of the default ones. */
export function folderTypesFrom(
  project: ProjectView,
  own: readonly FolderTypeSection[] | undefined,
  defaults: readonly FolderTypeSection[] = [],
): FolderType[] {
  return (own ?? defaults).map((section) => ({
    recordId: project.next('folder-type'),
    name: section.name,
    description: section.description ?? '',
    allowsWebView: section.allowsWebView ?? true,
    allowsDetails: section.allowsDetails ?? true,
    hasReleasePlanning: section.hasReleasePlanning ?? false,
    isActive: section.isActive ?? true,
    hasTaskBoard: section.hasTaskBoard ?? false,
    defaultTaskBoard: section.defaultTaskBoard ?? '',
  }));
}

/** All folders of a project, after the items in them. */
export function* seedFolders(
  seed: ProjectSeed,
  section: { folders?: Iterable<FolderSection> | undefined },
): Steps<void> {
  let index = 0;
  for (const folder of section.folders ?? []) {
    yield;
    const at = [...seed.at, 'folders', index++];
    const owner =
      folder.privateTo === undefined ? 0 : seed.userOf(folder.privateTo, () => [...at, 'privateTo']);
    seedFolder(seed, folder, { owner, parentId: 0, at });
  }
}

function seedFolder(
  seed: ProjectSeed,
  section: SubfolderSection,
  { owner, parentId, at }: { owner: number; parentId: number; at: Path },
): void {
  const folder = placed(
    () => at,
    () => folderFrom(seed, section, { owner, parentId, at }),
  );
  seed.project.table(folderTables[spaceOf(folder)]).put(folder);
  for (const [index, item] of (section.items ?? []).entries()) {
    addToFolder(seed.project, folder, resolveItem(seed, item, [...at, 'items', index]));
  }
  for (const [index, child] of (section.folders ?? []).entries()) {
    seedFolder(seed, child, { owner, parentId: folder.recordId, at: [...at, 'folders', index] });
  }
}

function folderFrom(
  seed: ProjectSeed,
  section: SubfolderSection,
  { owner, parentId, at }: { owner: number; parentId: number; at: Path },
): FolderRecord {
  const { project, now } = seed;
  const space: FolderSpace = owner === 0 ? 'public' : 'private';
  requireFreePlace(project, { owner, parentId, name: section.name });
  const recordId = claimNumber(project, folderCounters[space], section.recordId);
  if (project.table(folderTables[space]).get(recordId)) {
    throw new ScenarioProblem(
      [...at, 'recordId'],
      `there are two ${space} folders with record ID ${recordId}`,
    );
  }
  const by =
    section.createdBy === undefined
      ? owner || seed.firstUser()
      : seed.userOf(section.createdBy, () => [...at, 'createdBy']);
  const stamp = { at: section.createdAt ?? now, by };
  const type = typeFrom(project, section.type, [...at, 'type']);
  return {
    recordId,
    owner,
    parentId,
    name: section.name,
    description: section.description ?? '',
    folderType: type,
    order: nextOrder(project, owner, parentId),
    webView: section.webView ?? '',
    notes: richTextFrom(seed, section.notes, { createdAt: stamp.at, at: () => [...at, 'notes'] }),
    schedule: section.schedule && scheduleFrom(section.schedule),
    taskBoard: section.taskBoard ?? folderType(project, type)?.defaultTaskBoard ?? '',
    created: stamp,
    modified: stamp,
    addedFrom: 'Scenario',
  };
}

function typeFrom(project: ProjectView, wanted: string | undefined, at: Path): string {
  if (wanted === undefined) return defaultFolderType(project);
  if (folderType(project, wanted)) return wanted;
  const names = project.record.folderTypes.map((type) => type.name);
  throw missing(at, `there is no folder type "${wanted}"`, {
    name: wanted,
    known: names,
    listed: 'Folder types',
  });
}

function scheduleFrom(section: z.output<typeof scheduleSchema>): NonNullable<FolderRecord['schedule']> {
  const schedule = {
    start: section.start ?? '',
    end: section.end ?? '',
    includesWeekends: section.includesWeekends ?? false,
    nonWorkingDays: section.nonWorkingDays ?? 0,
    hoursPerDay: section.hoursPerDay ?? 0,
    timeOffHours: section.timeOffHours ?? 0,
    usersAvailable: section.usersAvailable ?? 0,
    storyPoints: section.storyPoints ?? 0,
  };
  requireOrder(schedule);
  return schedule;
}
