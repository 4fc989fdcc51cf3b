import { memoryBeside } from '../../memo/memory.ts';
import type { Collection } from '../../world/collection.ts';
import type { Instant } from '../../world/instant.ts';
import type { CallContext } from '../call-context.ts';
import { catalogueFor } from '../columns/catalogue.ts';
import type { Row } from '../columns/column.ts';
import { isListed, type ListedTable, listedTables } from '../columns/listed-tables.ts';
import { possibleNames } from '../columns/name-lists.ts';
import { faults } from '../faults.ts';
import type { UserRef } from '../model/item-record.ts';
import { filterKey, filters } from '../model/tables.ts';
import type { TableName } from '../rules/table-names.ts';
import type { View } from '../rules/view.ts';
import { viewFor } from '../rules/view.ts';
import { parseQuery } from './parse-query.ts';
import { compileQuery, type Predicate } from './predicate.ts';

/** Which records of a table are wanted. */
export interface Selection {
  readonly table: TableName;
  /** The name of a filter; empty for none. */
  readonly filter: string;
  /** In the JSON query language; empty for none. Filter and query both have to hold. [documented] */
  readonly query: string;
}

/** Who asks for records of a table, and how records are shown there. */
export interface Asker {
  readonly view: View;
  readonly now: Instant;
  /** Whom `<current user>` means; 0 for nobody. */
  readonly user: UserRef;
  /** Whether a record shows in the list of its table. */
  readonly isListed: (listed: ListedTable, record: Row) => boolean;
}

/** How lists see records: texts without formatting, names as the caller writes them. */
export function listView(context: CallContext): View {
  return { ...viewFor(context, false), formatted: false };
}

/**
 * The records of a table that the caller sees and that filter and query let through, by record ID. [order inferred]
 *
 * @throws fault 11 for an unknown filter or a faulty query
 */
export function selectRecords(context: CallContext, selection: Selection): readonly Row[] {
  const asker: Asker = {
    view: listView(context),
    now: context.now,
    user: context.user.recordId,
    isListed: (listed, record) => isListed(listed, record, context),
  };
  return recordsFor(asker, selection);
}

/** The same for a user without a session. @throws fault 11 */
export function recordsFor(asker: Asker, { table, filter, query }: Selection): readonly Row[] {
  const tests = [
    filter === '' ? undefined : filterTest(asker, table, filter),
    query.trim() === '' ? undefined : queryTest(asker, table, query),
  ].filter((test) => test !== undefined);
  const listed = listedTables.get(table);
  if (!listed) return [];
  if (listed.holds || listed.lists) tests.unshift((record) => asker.isListed(listed, record));
  const { collection } = asker.view.project.table(listed.records);
  if (tests.length === 0) return inOrder(collection);
  // Putting all into order costs more than looking at each, and is only worth it for a whole list.
  const known = ordered.get(collection);
  const found: Row[] = [];
  for (const record of known ?? collection.values()) {
    if (tests.every((test) => test(record))) found.push(record);
  }
  return known ? found : byRecordId(found);
}

function filterTest(asker: Asker, table: TableName, name: string): Predicate {
  const { project } = asker.view;
  const filter = project.table(filters).get(filterKey(table, name));
  if (filter?.isInteractive) {
    throw faults.invalidParameter(
      `the filter "${name}" is interactive`,
      'An interactive filter asks its user for values, which nobody can give by SOAP. Name another one.',
    );
  }
  if (filter) return queryTest(asker, table, filter.query);
  const known = project.table(filters).findBy('table', table);
  throw faults.invalidParameter(
    `no filter "${name}" for ${table}`,
    `Filters of ${table}: ${possibleNames(
      name,
      known.map((each) => each.name),
      'getFilterListForTable lists all',
    )} Declare it in the scenario (filters), or leave filtername empty.`,
  );
}

function queryTest({ view, now, user }: Asker, table: TableName, text: string): Predicate {
  const catalogue = catalogueFor(view, table);
  const query = parseQuery(text, { catalogue, view });
  return compileQuery(query, { catalogue, view, now, user });
}

const ordered = memoryBeside<object, readonly Row[]>('records in order');

/** The records of a collection by record ID: put into order once for every state of the collection. */
function inOrder(collection: Collection<Row>): readonly Row[] {
  let records = ordered.get(collection);
  if (!records) {
    records = byRecordId([...collection.values()]);
    ordered.set(collection, records);
  }
  return records;
}

/** Record IDs are counted up, so that nearly every place of a list by ID is taken: no need to compare them. */
function byRecordId(records: Row[]): readonly Row[] {
  const highest = records.reduce((most, { recordId }) => Math.max(most, recordId), 0);
  if (highest > 4 * records.length) return records.sort((a, b) => a.recordId - b.recordId);
  const places = new Array<Row | undefined>(highest + 1).fill(undefined);
  for (const record of records) places[record.recordId] = record;
  return places.filter((record) => record !== undefined);
}
