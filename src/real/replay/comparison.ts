import type { CRecordListSoap } from '../../testtrack/model/operation-types.generated.ts';
import type { RecordedOutcome } from '../recording/exchange.ts';
import type { Moments } from './run-moments.ts';
import { mayName, type Space, spaceAt, spaceOfResult } from './spaces.ts';
import type { Translation } from './translation.ts';

/** Something that is not the same in two answers. */
export interface AnswerDifference {
  /** Such as `result.eventlist[0].notes`. */
  readonly field: string;
  readonly recorded: unknown;
  readonly live: unknown;
}

/** What two answers to one call have in common. */
export interface AnswerComparison {
  readonly differences: readonly AnswerDifference[];
  /** How many values are different by nature: record IDs, cookies, numbers, moments. */
  readonly byNature: number;
}

/** More of one answer help nobody. */
const MOST_DIFFERENCES = 50;

interface Place {
  readonly field: string;
  readonly path: readonly string[];
  readonly around: Readonly<Record<string, unknown>>;
}

/** What was called. */
export interface ComparedCall {
  readonly operation: string;
  /** The table that a list is of; empty for what is no list. */
  readonly table: string;
}

/**
 * Compares the answer of a server with the recorded one, value by value.
 *
 * What names mean is learned from it only when nothing else is different: an answer that is wrong must not make those
 * after it wrong.
 */
export function comparedAnswers(
  call: ComparedCall,
  { recorded, live }: { readonly recorded: RecordedOutcome; readonly live: RecordedOutcome },
  to: { readonly translation: Translation; readonly moments: Moments },
): AnswerComparison {
  const comparison = new OutcomeComparison(call, to);
  comparison.compare(recorded, live);
  comparison.settle();
  return { differences: comparison.differences, byNature: comparison.byNature };
}

class OutcomeComparison {
  readonly differences: AnswerDifference[] = [];
  byNature = 0;
  readonly #operation: string;
  readonly #to: { readonly translation: Translation; readonly moments: Moments };
  readonly #learned: (() => void)[] = [];

  readonly #table: string;

  constructor(
    { operation, table }: ComparedCall,
    to: { readonly translation: Translation; readonly moments: Moments },
  ) {
    this.#operation = operation;
    this.#table = table;
    this.#to = to;
  }

  compare(recorded: RecordedOutcome, live: RecordedOutcome): void {
    if (recorded.kind !== live.kind) {
      this.#differ('kind of answer', shownKind(recorded), shownKind(live));
      return;
    }
    if (recorded.kind === 'result' && live.kind === 'result') {
      this.#value({ field: 'result', path: [], around: {} }, recorded.result, live.result);
    } else if (recorded.kind === 'fault' && live.kind === 'fault') {
      this.#text('fault.code', recorded.fault.code, live.fault.code);
      this.#text('fault.detail', recorded.fault.detail ?? '', live.fault.detail ?? '');
      this.#text('fault.text', recorded.fault.text, live.fault.text);
    }
  }

  settle(): void {
    if (this.differences.length === 0) for (const learn of this.#learned) learn();
  }

  #value(at: Place, recorded: unknown, live: unknown): void {
    if (Array.isArray(recorded) && Array.isArray(live)) {
      this.#list(at, recorded, live);
    } else if (isMap(recorded) && isMap(live)) {
      this.#members(at, recorded, live);
    } else if (Buffer.isBuffer(recorded) && Buffer.isBuffer(live)) {
      if (!recorded.equals(live))
        this.#differ(at.field, `${recorded.length} bytes`, `${live.length} other bytes`);
    } else this.#single(at, recorded, live);
  }

  #list(at: Place, recorded: readonly unknown[], live: readonly unknown[]): void {
    if (recorded.length !== live.length) {
      this.#differ(`${at.field}.length`, recorded.length, live.length);
      return;
    }
    for (const [index, item] of recorded.entries()) {
      this.#value({ ...at, field: `${at.field}[${index}]` }, item, live[index]);
    }
  }

  #members(
    at: Place,
    recorded: Readonly<Record<string, unknown>>,
    live: Readonly<Record<string, unknown>>,
  ): void {
    for (const name of namesOf(recorded, live)) {
      // Nearly all of an answer is like that.
      if (recorded[name] === live[name] && !mayName(name) && typeof live[name] !== 'object') continue;
      if (name === 'records' && isRecordList(recorded) && isRecordList(live)) {
        this.#rows(at, recorded, live);
        continue;
      }
      const place = { field: `${at.field}.${name}`, path: [...at.path, name], around: recorded };
      this.#value(place, recorded[name], live[name]);
    }
  }

  /** The rows of a record list, cell by cell under the names of the columns. */
  #rows({ field }: Place, recorded: CRecordListSoap, live: CRecordListSoap): void {
    const columns = (recorded.columnlist ?? []).map(({ name = '' }) => name);
    const [mine, theirs] = [recorded.records ?? [], live.records ?? []];
    if (mine.length !== theirs.length) {
      this.#differ(`${field}.records.length`, mine.length, theirs.length);
      return;
    }
    for (const [index, { row = [] }] of mine.entries()) {
      for (const [at, column] of columns.entries()) {
        const place = { field: `${field}.records[${index}]["${column}"]`, path: [column], around: {} };
        this.#cell(place, row[at]?.value, theirs[index]?.row?.[at]?.value);
      }
    }
  }

  #cell(place: Place, recorded: string | undefined, live: string | undefined): void {
    const column = place.path[0] ?? '';
    const table = this.#table.replaceAll(' ', '');
    const space = column === 'Record ID' ? table : column === 'Number' ? `number ${table}` : undefined;
    if (space !== undefined && this.#name(space, place, { recorded, live })) return;
    if (recorded !== live) this.#text(place.field, recorded ?? '', live ?? '');
  }

  #single(at: Place, recorded: unknown, live: unknown): void {
    const space =
      at.path.length === 0 ? spaceOfResult(this.#operation) : spaceAt({ ...at, operation: this.#operation });
    if (space !== undefined && this.#name(space, at, { recorded, live })) return;
    if (recorded === live) return;
    if (typeof recorded === 'string' && typeof live === 'string') this.#text(at.field, recorded, live);
    else if (typeof recorded === 'number' && typeof live === 'number') this.#number(at, recorded, live);
    else this.#differ(at.field, recorded, live);
  }

  /** @returns whether the value is a name and nothing more is to be said of it */
  #name(space: Space, { field }: Place, { recorded, live }: { recorded: unknown; live: unknown }): boolean {
    if (recorded === undefined || live === undefined || isNothing(recorded) !== isNothing(live)) return false;
    const { translation } = this.#to;
    // A tag is a number within what its type puts around it.
    const isOtherTag = space === 'tag' && withoutNumber(recorded) !== withoutNumber(live);
    if (isOtherTag || !translation.fits(space, recorded, live)) {
      this.#differ(field, recorded, live);
      return true;
    }
    if (recorded !== live) this.byNature += 1;
    this.#learned.push(() => translation.learn(space, recorded, live));
    return true;
  }

  /** Seconds since 1970, as ApTest writes moments. */
  #number({ field, path }: Place, recorded: number, live: number): void {
    const isMoment = /time|when|date/i.test(path.at(-1) ?? '') && recorded > 1e8 && live > 1e8;
    if (isMoment && this.#to.moments.isAlike(recorded * 1000, live * 1000)) this.byNature += 1;
    else this.#differ(field, recorded, live);
  }

  #text(field: string, recorded: string, live: string): void {
    if (recorded === live) return;
    const { moments, translation } = this.#to;
    if (translation.withSessions(recorded) === live) {
      this.byNature += 1;
      return;
    }
    if (moments.isAlikeIn(recorded, live, (one, other) => translation.fits('text', one, other))) {
      this.byNature += 1;
      if (moments.isMoment(recorded)) this.#learned.push(() => translation.learnMoment(recorded, live));
      return;
    }
    this.#differ(field, recorded, live);
  }

  #differ(field: string, recorded: unknown, live: unknown): void {
    if (this.differences.length < MOST_DIFFERENCES) this.differences.push({ field, recorded, live });
  }
}

function* namesOf(recorded: object, live: object): Generator<string> {
  yield* Object.keys(recorded);
  for (const name of Object.keys(live)) if (!Object.hasOwn(recorded, name)) yield name;
}

function isRecordList(value: object): value is CRecordListSoap {
  return 'columnlist' in value && Array.isArray(value.columnlist) && 'records' in value;
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}

const withoutNumber = (tag: unknown) => String(tag).replace(/\d+/, '#');

/** 0 and an empty text name nothing. */
function isNothing(value: unknown): boolean {
  return value === '' || Number(value) === 0;
}

function shownKind(outcome: RecordedOutcome): string {
  switch (outcome.kind) {
    case 'result':
      return 'a result';
    case 'fault':
      return `a fault: ${outcome.fault.text}${outcome.fault.detail === undefined ? '' : ` (${outcome.fault.detail})`}`;
    case 'unreadable':
      return outcome.reason;
  }
}
