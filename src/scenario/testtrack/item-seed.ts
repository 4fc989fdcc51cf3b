import type { Steps } from '../../answers/steps.ts';
import type { PathStep } from '../../input/path.ts';
import { workflowFor } from '../../testtrack/lifecycle/item-members.ts';
import type { ItemRecord } from '../../testtrack/model/item-record.ts';
import { itemCounters, nounFor } from '../../testtrack/model/record-tables.ts';
import type { TableName } from '../../testtrack/rules/table-names.ts';
import { standingAfter } from '../../testtrack/rules/workflow.ts';
import type { Instant } from '../../world/instant.ts';
import { customValuesFrom, eventsFrom } from './events.ts';
import type { CustomValueSection, EventSection } from './parts.ts';
import { claimNumber, none, type ProjectSeed, placed, twice } from './project-seed.ts';

type Path = readonly PathStep[];

/** What a scenario can say about any item with a workflow. */
export interface ItemSection {
  readonly recordId?: number | undefined;
  readonly number?: number | undefined;
  readonly createdBy?: string | undefined;
  readonly createdAt?: Instant | undefined;
  readonly storyPoints?: number | undefined;
  readonly events?: readonly EventSection[] | undefined;
  readonly customFields?: Readonly<Record<string, CustomValueSection>> | undefined;
}

/** The place of an item in its project and in the scenario. */
export interface ItemPlace {
  readonly recordId: number;
  readonly number: number;
  readonly at: Path;
}

type NamedItem = ItemPlace & {
  readonly table: TableName;
  readonly summary: string;
  readonly enteredBy?: number;
};

/**
 * What all items have in common, as the scenario describes it: numbers, stamps, events and where they led.
 *
 * @param item its table and place, the summary, and whose entry it is when nobody created it
 */
export function itemFrom(
  seed: ProjectSeed,
  section: ItemSection,
  { table, recordId, number, at, summary, enteredBy }: NamedItem,
): ItemRecord {
  const { project, now } = seed;
  const createdAt = section.createdAt ?? now;
  const creator =
    section.createdBy === undefined ? undefined : seed.userOf(section.createdBy, () => [...at, 'createdBy']);
  const by = enteredBy ?? creator ?? seed.firstUser();
  const workflow = workflowFor(project, table);
  const events = eventsFrom(seed, workflow, { sections: section.events, createdAt, by, at });
  const created = { at: createdAt, by: creator ?? by };
  const last = events.at(-1);
  const { state, assignedTo } = standingAfter(workflow, events);
  return {
    recordId,
    number,
    summary,
    state,
    assignedTo,
    events,
    customValues: customValuesFrom(project.customFieldsOf(table), section.customFields, () => [
      ...at,
      'customFields',
    ]),
    sourceFiles: none,
    created,
    modified: last ? { at: last.at, by: last.user } : created,
    addedFrom: 'Scenario',
    storyPoints: section.storyPoints ?? 0,
    percentDone: 0,
  };
}

/** How the items of one list are named and made. */
interface ItemList<S, R> {
  /** The key of the list in the scenario. */
  readonly key: string;
  readonly table: TableName;
  /** Gives the record of an item. */
  readonly make: (section: S, place: ItemPlace) => R;
}

/**
 * Goes through the items of one list of a project, one in a step: gives each its record ID and number, both new.
 */
export function* itemsFrom<S extends ItemSection, R>(
  { project, at }: ProjectSeed,
  sections: Iterable<S> | undefined,
  { key, table, make }: ItemList<S, R>,
): Steps<R[]> {
  // A scenario can have a hundred thousand items, so words are only made for one that is refused.
  const ids = new Set<number>();
  const numbers = new Set<number>();
  const noun = nounFor(table);
  const counters = itemCounters(table);
  const { autoNumbers } = project.record;
  const items: R[] = [];
  for (const section of sections ?? []) {
    yield;
    const path = [...at, key, items.length];
    const recordId = claimNumber(project, counters.recordId, section.recordId);
    const number = autoNumbers ? claimNumber(project, counters.number, section.number) : 0;
    if (ids.has(recordId)) throw twice([...path, 'recordId'], `${noun} with record ID ${recordId}`);
    if (number !== 0 && numbers.has(number)) throw twice([...path, 'number'], `${noun} number ${number}`);
    ids.add(recordId);
    numbers.add(number);
    const item = placed(
      () => path,
      () => make(section, { recordId, number, at: path }),
    );
    items.push(item);
  }
  return items;
}
