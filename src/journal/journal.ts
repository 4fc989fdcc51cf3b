import type { Api, Call, Outcome } from '../runner/call.ts';
import type { Change } from '../world/draft.ts';
import type { Instant } from '../world/instant.ts';
import { weightOf, weightOfAnswer } from '../world/weight.ts';
import { type Caller, callerOf } from './caller.ts';

/** How much a journal keeps. What is over either bound is forgotten, the oldest first. */
export interface JournalLimits {
  readonly entries: number;
  /** Of what the entries keep alive, about. */
  readonly bytes: number;
}

/** A request that never became a call: it could not be read. */
export interface Refusal {
  readonly api: Api;
  /** The HTTP status that it was answered with. */
  readonly status: number;
  readonly text: string;
  readonly hint: string;
}

/** What all journals of a twin may hold together. */
export interface JournalRoom {
  readonly areJournalsFull: boolean;
  /** Is told how many bytes are held more, or less. */
  chargeJournal(bytes: number): void;
}

interface Moment {
  /** About how many bytes it keeps alive. */
  readonly bytes: number;
  /** Counts from 1, also over what was forgotten. */
  readonly id: number;
  /** In the time of the world, and by the host's clock. */
  readonly at: Instant;
  readonly realAt: Instant;
}

/** What only the edge knows of a call. */
export interface Annotation {
  /** What fault rules did to it, as a sentence. */
  readonly ruleNote?: string;
  /** The trace that it is part of, and the span that made it, by the W3C's header `traceparent`. */
  readonly traceId?: string;
  readonly spanId?: string;
}

/** A call as it was: references to what it had and gave. Its text is made when it is asked for. */
export interface RecordedCall extends Moment, Annotation {
  readonly kind: 'call';
  readonly caller: Caller;
  readonly call: Call;
  readonly durationMs: number;
  readonly result: unknown;
  readonly fault: Outcome['fault'];
  readonly mistake: unknown;
  readonly changes: readonly Change[];
  /** True when arguments and answer were too large to be kept. */
  readonly isCut: boolean;
}

/** A request that was refused before it was a call. */
export interface RecordedRefusal extends Moment {
  readonly kind: 'refusal';
  readonly refusal: Refusal;
}

export type Recorded = RecordedCall | RecordedRefusal;

const noChanges: readonly Change[] = [];

/** What an entry costs besides what it refers to. */
const entryBytes = 400;

/** One entry may take this part of the journal; of a larger one only the head is kept. */
const largestPart = 4;

/** The calls of a world, the latest of them: a ring of bounded count and size. */
export class Journal {
  /** An entry stands at its number modulo the bound, so that a new one takes the place of the oldest. */
  private readonly ring: (Recorded | undefined)[] = [];
  private kept = 0;
  private bytes = 0;
  private last = 0;
  private missed: string | undefined;

  constructor(
    private readonly limits: JournalLimits,
    private readonly hostNow: () => number,
    private room?: JournalRoom,
  ) {}

  /** Everything that is still kept, oldest first. */
  entries(): Recorded[] {
    return this.entriesAfter(0, this.kept);
  }

  /** The entries that came after the one of this number and are still kept, oldest first; at most so many. */
  entriesAfter(number: number, most: number): Recorded[] {
    const found: Recorded[] = [];
    for (let id = Math.max(number, this.last - this.kept) + 1; id <= this.last && found.length < most; id++) {
      const entry = this.ring[this.place(id)];
      if (entry) found.push(entry);
    }
    return found;
  }

  /** How many entries were ever written. */
  get recorded(): number {
    return this.last;
  }

  /** How many entries are still kept. */
  get count(): number {
    return this.kept;
  }

  /** About how many bytes the entries keep alive. */
  get size(): number {
    return this.bytes;
  }

  /** What the last verification said, if it failed. */
  get lastMiss(): string | undefined {
    return this.missed;
  }

  /** Remembers how a verification ended. @param report empty for one that succeeded */
  noteVerification(report: string): void {
    this.missed = report === '' ? undefined : report;
  }

  /** Writes down a call that ended. */
  record(outcome: Outcome): void {
    const { call, now, durationMs, result, fault, mistake } = outcome;
    const changes = outcome.before === outcome.after ? noChanges : outcome.changes();
    let weight = entryBytes + weightOf(call.input) + weightOfAnswer(result);
    // What a record became is held by the state, and by the entry that changes it next: what it was is this one's.
    for (const { before, after } of changes) weight += weightOf(before ?? after);
    const isCut = weight > this.limits.bytes / largestPart;
    this.put({
      kind: 'call',
      bytes: isCut ? entryBytes : weight,
      id: this.last + 1,
      at: now,
      realAt: this.hostNow(),
      caller: callerOf(outcome.before, outcome.call),
      call: isCut ? { ...call, input: {} } : call,
      durationMs,
      result: isCut ? undefined : result,
      fault,
      mistake,
      changes: isCut ? noChanges : changes,
      isCut,
    });
  }

  /** Writes down a request that never became a call. @param at in the time of the world */
  refuse(refusal: Refusal, at: Instant): void {
    const bytes = entryBytes + weightOf(refusal);
    this.put({ kind: 'refusal', bytes, id: this.last + 1, at, realAt: this.hostNow(), refusal });
  }

  /**
   * Says of a call what only the edge knows: what fault rules did to it, which trace it is part of.
   *
   * @param after the number of the entry before it; where no call was written down since, nothing happens
   */
  annotate(after: number, known: Annotation): void {
    const entry = this.ring[this.place(this.last)];
    if (entry?.kind !== 'call' || entry.id <= after) return;
    const bytes = weightOf(known);
    this.ring[this.place(entry.id)] = { ...entry, ...known, bytes: entry.bytes + bytes };
    this.hold(bytes);
  }

  /**
   * Goes on from where the journal of the same world ended in another twin.
   *
   * @param entries what that one kept, oldest first
   * @param last how many it ever wrote
   */
  goOn(entries: readonly Recorded[], last: number): void {
    for (const entry of entries) this.put(entry);
    this.last = last;
  }

  /** Forgets everything. Numbers go on. */
  clear(): void {
    while (this.kept > 0) this.forgetOldest();
    this.missed = undefined;
  }

  /** Forgets everything; what still comes counts no longer. */
  end(): void {
    this.clear();
    this.room = undefined;
  }

  private put(entry: Recorded): void {
    if (this.limits.entries === 0) return;
    const place = this.place(entry.id);
    // In a full ring the oldest entry stands where the new one goes.
    const forgotten = this.ring[place];
    this.ring[place] = entry;
    this.last = entry.id;
    if (!forgotten) this.kept += 1;
    this.hold(entry.bytes - (forgotten?.bytes ?? 0));
    while (this.bytes > this.limits.bytes && this.kept > 0) this.forgetOldest();
    // Only this journal gives way; of what is new one entry always stays.
    while (this.room?.areJournalsFull && this.kept > 1) this.forgetOldest();
  }

  private hold(bytes: number): void {
    this.bytes += bytes;
    this.room?.chargeJournal(bytes);
  }

  private forgetOldest(): void {
    const place = this.place(this.last - this.kept + 1);
    this.hold(-(this.ring[place]?.bytes ?? 0));
    this.ring[place] = undefined;
    this.kept -= 1;
  }

  private place(id: number): number {
    return id % this.limits.entries;
  }
}
