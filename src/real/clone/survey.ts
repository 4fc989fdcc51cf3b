import type { CEvent, Long } from '../../testtrack/model/operation-types.generated.ts';
import { itemCounters } from '../../testtrack/model/record-tables.ts';
import { itemTables, type TableName } from '../../testtrack/rules/table-names.ts';
import { noStateChange } from '../../testtrack/rules/workflow.ts';
import type { Offsets } from './moments.ts';
import type { PartFile } from './part-file.ts';
import type { People } from './people.ts';
import { readableTables } from './readable-tables.ts';

/** The lists within records whose entries count on their own, and the member that has the number. */
const innerCounters: Readonly<Record<string, readonly [counter: string, member: string]>> = {
  ...pairs(['eventlist', 'eventList'], ['event', 'recordid']),
  ...pairs(
    [
      ...['attachmentlist', 'attachmentList', 'workaroundInlineAttachList', 'commentsInlineAttachList'],
      ...['reproStepsInlineAttachList', 'otherHWSWInlineAttachList', 'descriptionInlineAttachList'],
      ...['notesInlineAttachList', 'inlineAttachmentList'],
    ],
    ['attachment', 'm-recordid'],
  ),
  ...pairs(['reportedbylist'], ['reported-by', 'recordid']),
  ...pairs(['pSCCFileList', 'sccFileList'], ['source-file', 'recordid']),
  ...pairs(['linkparent', 'childList'], ['linked-item', 'recordid']),
  ...pairs(['historyList'], ['link-history', 'recordid']),
};

function pairs(names: readonly string[], value: readonly [string, string]) {
  return Object.fromEntries(names.map((name) => [name, value]));
}

/** Counters of record IDs that are not called after what a record of their table is. */
const ownCounters: Readonly<Partial<Record<TableName, string>>> = { 'Test Config': 'test-config' };

const numberMembers = ['defectnumber', 'testcasenumber', 'testrunnumber', 'number'];
const personMembers = ['createdbyuser', 'createdByUser'];
const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/;

/** What the items of a table were seen in. */
export interface SeenStates {
  /** Every state of an item or an event, with how often; in the order in which they were met. */
  readonly all: ReadonlyMap<string, number>;
  /** The states of items that no event has moved. */
  readonly unmoved: ReadonlyMap<string, number>;
  /** The states that each event was entered in. */
  readonly from: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Goes through everything that was read once, for what has to be known before the first record is made again. */
export class Survey {
  readonly counters = new Map<string, number>();
  readonly #states = new Map<
    string,
    { all: Map<string, number>; unmoved: Map<string, number>; from: Map<string, Set<string>> }
  >();
  /** The records that were read, by table. */
  readonly #read = new Map<string, ReadonlySet<number>>();
  readonly #of: { readonly people: People; readonly offsets: Offsets };

  constructor(part: PartFile, of: { readonly people: People; readonly offsets: Offsets }) {
    this.#of = of;
    for (const { table } of readableTables) {
      const chosen = new Set((part.get('settings', `chosen:${table}`) ?? []) as readonly number[]);
      this.#read.set(table, new Set(part.ids(table).filter((id) => chosen.has(id))));
      for (const [, wire] of this.records(part, table))
        this.#record(table, wire as Readonly<Record<string, unknown>>);
    }
    for (const [id, wire] of part.all('PrivateFolder')) {
      this.#count('private-folder', id);
      this.#inner('', wire);
    }
  }

  /** The records of a table that belong to the clone, by ascending ID. */
  *records(part: PartFile, table: TableName): Generator<readonly [number, unknown]> {
    const read = this.#read.get(table);
    for (const entry of part.all(table)) if (read?.has(entry[0])) yield entry;
  }

  has(table: string, recordId: number): boolean {
    return this.#read.get(table)?.has(recordId) ?? false;
  }

  /** How many records of a table there are. */
  countOf(table: TableName): number {
    return this.#read.get(table)?.size ?? 0;
  }

  statesOf(table: TableName): SeenStates {
    return this.#states.get(table) ?? { all: new Map(), unmoved: new Map(), from: new Map() };
  }

  #record(table: TableName, wire: Readonly<Record<string, unknown>>): void {
    const { recordId, number } = itemCounters(table === 'Customer' ? 'User' : table);
    this.#count(ownCounters[table] ?? recordId, Number(wire.recordid ?? 0));
    const own = numberMembers.find((member) => member in wire);
    if (own !== undefined) this.#count(number, Number(wire[own]));
    if (itemTables.includes(table)) this.#item(table, wire);
    this.#inner('', wire);
  }

  #item(table: TableName, wire: Readonly<Record<string, unknown>>): void {
    let states = this.#states.get(table);
    if (!states) {
      states = { all: new Map(), unmoved: new Map(), from: new Map() };
      this.#states.set(table, states);
    }
    const events = ((wire.eventlist ?? wire.eventList ?? []) as readonly CEvent[]).map(
      ({ name = '', resultingstate = '' }) => ({
        name,
        to: resultingstate === noStateChange ? '' : resultingstate,
      }),
    );
    const state = String(wire.state ?? '');
    const moves = events.filter(({ to }) => to !== '');
    if (moves.length === 0) add(states.unmoved, state);
    add(states.all, state);
    let before: string | undefined;
    for (const { name, to } of events) {
      if (before !== undefined) {
        const from = states.from.get(name) ?? new Set<string>();
        states.from.set(name, from.add(before));
      }
      if (to === '') continue;
      add(states.all, to);
      before = to;
    }
  }

  /** Everything in a record: numbers of entries, moments, and a name that says how names are written. */
  #inner(name: string, value: unknown): void {
    if (typeof value === 'string') this.#text(name, value);
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return;
    for (const each of Array.isArray(value) ? value : [value]) this.#entry(name, each);
  }

  #text(name: string, text: string): void {
    if (moment.test(text)) this.#of.offsets.moment(text, 0);
    else if (personMembers.includes(name)) this.#of.people.ref(text);
  }

  #entry(list: string, entry: unknown): void {
    if (typeof entry !== 'object' || entry === null) return;
    const [counter, member] = innerCounters[list] ?? [];
    if (counter !== undefined && member !== undefined) {
      this.#count(counter, Number((entry as Readonly<Record<string, Long>>)[member] ?? 0));
    }
    for (const [inner, value] of Object.entries(entry)) this.#inner(inner, value);
  }

  #count(counter: string, number: number): void {
    if (number > (this.counters.get(counter) ?? 0)) this.counters.set(counter, number);
  }
}

function add(counts: Map<string, number>, state: string): void {
  if (state !== '') counts.set(state, (counts.get(state) ?? 0) + 1);
}
