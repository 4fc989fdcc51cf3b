import { defects, requirementRecords, testCaseRecords } from '../../testtrack/model/tables.ts';
import type { ProjectView } from '../../testtrack/project-view.ts';
import { capital } from '../generate/texts.ts';
import type { FolderSection } from './folders.ts';
import type { ItemMaker } from './item-maker.ts';
import type { RequirementDocumentSection, TreeNodeSection } from './requirement-documents.ts';

const MOST_IN_DOCUMENT = 30;
const MOST_IN_FOLDER = 12;
const SUBFOLDERS = 9;

type FolderItem = NonNullable<FolderSection['items']>[number];

/** A document that arranges some of the requirements with these numbers, two levels deep. */
export function requirementDocument(
  maker: ItemMaker,
  numbers: readonly number[],
): RequirementDocumentSection {
  const { chance, texts } = maker;
  const { createdAt, createdBy } = maker.entered();
  const chosen = numbers.length === 0 ? new Set<number>() : someOf(maker, numbers, MOST_IN_DOCUMENT);
  const tree: { requirement: number; children: TreeNodeSection[] }[] = [];
  for (const number of chosen) {
    const above = tree.at(-1);
    if (above && chance.happens(0.7)) above.children.push(number);
    else tree.push({ requirement: number, children: [] });
  }
  return {
    name: `${capital(chance.of(texts.words.adjectives))} ${chance.of(texts.words.nouns)} ${chance.of(texts.words.versions)}`,
    description: texts.note(),
    createdAt,
    createdBy,
    tree,
    events: maker.events('Requirement Document', createdAt),
  };
}

/** Public folders, so many of them in all: releases, with sprints in them, and items in both. */
export function* folderTree(maker: ItemMaker, project: ProjectView, count: number): Generator<FolderSection> {
  if (count === 0) return;
  const items = itemsOf(project);
  const types = new Set(project.record.folderTypes.map(({ name }) => name));
  const folder = (name: string, type: string): FolderSection => ({
    name,
    ...(types.has(type) ? { type } : {}),
    description: maker.texts.note(),
    createdBy: maker.person(),
    items: items.length === 0 ? [] : [...someOf(maker, items, MOST_IN_FOLDER)],
  });
  for (let made = 0, release = 1; made < count; release++) {
    const sprints = Math.min(maker.chance.below(SUBFOLDERS + 1), count - made - 1);
    yield {
      ...folder(`Generated release ${release}`, 'Release'),
      folders: Array.from({ length: sprints }, (_, at) => folder(`Sprint ${at + 1}`, 'Sprint')),
    };
    made += 1 + sprints;
  }
}

function itemsOf(project: ProjectView): FolderItem[] {
  const refs = (table: FolderItem['table'], records: readonly { recordId: number }[]): FolderItem[] =>
    records.map(({ recordId }) => ({ table, recordId }));
  return [
    ...refs('Defect', project.table(defects).sorted()),
    ...refs('Test Case', project.table(testCaseRecords).sorted()),
    ...refs('Requirement', project.table(requirementRecords).sorted()),
  ];
}

function someOf<T>({ chance }: ItemMaker, all: readonly T[], most: number): Set<T> {
  return new Set(Array.from({ length: chance.below(most + 1) }, () => chance.of(all)));
}
