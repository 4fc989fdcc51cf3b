import type { Runner } from '../../runner/runner.ts';
import type { Draft } from '../../world/draft.ts';
import type { Instant } from '../../world/instant.ts';
import { errors } from '../errors.ts';
import { suites } from '../model/definitions.ts';
import { installationScope } from '../model/installation.ts';
import { accountNamed } from './acting-account.ts';
import { performed, type SessionCall, shownResult, type TextCall } from './called-method.ts';
import { Field } from './field.ts';
import { OpenSuite } from './open-suite.ts';
import { RunMemory } from './run-state.ts';
import { opening, readArguments } from './signatures.ts';
import { type KeptSession, TestSession } from './test-session.ts';

/** What a method gave to a program outside. */
export interface SessionAnswer {
  /** The session that was opened. */
  readonly handle?: string;
  readonly result: unknown;
  /** Where the result holds a mark, the text belongs that the caller's own function gives. */
  readonly calls?: readonly TextCall[];
}

/** For `new`, in the place of what a method has. */
export interface SessionOpening {
  readonly suite?: string | undefined;
  readonly user?: string | undefined;
}

interface Opened {
  readonly suite: string;
  readonly user: string;
  kept: KeptSession;
}

/** A session that a program outside holds open, as plain values. */
export interface HandedSession {
  readonly handle: string;
  readonly suite: string;
  readonly user: string;
  readonly number: number;
  readonly isWritable: boolean;
  readonly memory: Partial<RunMemory>;
}

/** A careless program may leave so many behind before the one that was not used for longest is forgotten. */
const MOST_OPEN = 1000;

/**
 * The sessions of a world that programs outside hold open, by handle. Between two calls nothing of them is there but a
 * number, or the records of one that was not saved yet; each call is one call of the product, all or nothing.
 */
export class OpenSessions {
  private readonly opened = new Map<string, Opened>();

  private made = 0;

  /**
   * @param world its name, which begins every handle: none is good for another world
   * @param unguessable gives the end of a handle, which a program that was not told it cannot know
   */
  constructor(
    private readonly runner: Runner,
    private readonly world: string,
    private readonly unguessable: () => string,
  ) {}

  /**
   * Calls a method by the manual's name. `new` opens a session, `DESTROY` lets go of it; with a field and no handle
   * the method is that of a text field of this name.
   *
   * @throws ProductFault what the product refuses; nothing is changed then
   */
  call(call: SessionCall & SessionOpening): SessionAnswer {
    if (call.method === 'new') return this.open(call);
    if (call.method === 'DESTROY') return { result: this.close(call.handle ?? '', call) };
    if (call.handle === undefined && call.field !== undefined) {
      return { result: shownResult(performed(call, { field: new Field(call.field), calls: [] })) };
    }
    const opened = this.use(call.handle);
    return this.asCall(call, (draft, now) => {
      const session = reopened(draft, now, opened);
      const calls: TextCall[] = [];
      const sessionOf = (handle: string) => reopened(draft, now, this.use(handle));
      const result = performed(call, { session, sessionOf, calls });
      opened.kept = session.kept();
      return { result: shownResult(result), ...(calls.length === 0 ? {} : { calls }) };
    });
  }

  /**
   * What is open, as plain values, the one used last at the end: for another twin that the world goes to. One that its
   * program has not saved yet is no part of the world, and stays behind.
   */
  handed(): HandedSession[] {
    const handed: HandedSession[] = [];
    for (const [handle, { suite, user, kept }] of this.opened) {
      const { number, isWritable, memory, unsaved } = kept;
      if (unsaved !== undefined || number === undefined) continue;
      const { cache: _, ...places } = memory?.places ?? {};
      handed.push({ handle, suite, user, number, isWritable, memory: { ...memory, places } });
    }
    return handed;
  }

  /** Has the sessions that programs opened when the same world was in another twin. */
  goOn(handed: readonly HandedSession[]): void {
    for (const { handle, suite, user, number, isWritable, memory } of handed) {
      const kept = { number, isWritable, memory: Object.assign(new RunMemory(), memory) };
      this.opened.set(handle, { suite, user, kept });
    }
    this.made += handed.length;
  }

  private open(call: SessionCall & SessionOpening): SessionAnswer {
    this.made += 1;
    const handle = `${this.world}/${this.made}/${this.unguessable()}`;
    const opened = this.asCall(call, (draft, now) => {
      const suite = suiteNamed(draft, call.suite);
      const user = accountNamed(draft, suite, call.user);
      const open = openSuite(draft, now, { suite, user });
      const [number, isWritable = false] = readArguments('new', opening, call.args) as [number?, boolean?];
      const session = new TestSession(open, number, isWritable);
      if (session.isWritable) session.put({ isActive: true });
      return { suite, user, kept: session.kept() };
    });
    this.opened.set(handle, opened);
    for (const oldest of this.opened.keys()) {
      if (this.opened.size <= MOST_OPEN) break;
      this.close(oldest, { method: 'DESTROY', args: [] });
    }
    return { handle, result: null };
  }

  /** Lets go of a session: unless another handle writes to it, it is no longer in use. @returns whether it was open */
  private close(handle: string, call: SessionCall): boolean {
    const opened = this.opened.get(handle);
    if (!opened) return false;
    this.opened.delete(handle);
    const { suite, kept } = opened;
    const isHeld = [...this.opened.values()].some(
      (other) => other.suite === suite && other.kept.number === kept.number && other.kept.isWritable,
    );
    if (kept.number === undefined || !kept.isWritable || isHeld) return true;
    const { number } = kept;
    this.asCall(call, (draft, now) => {
      const open = OpenSuite.named(draft, suite, { now, user: opened.user });
      if (open?.sessions.get(number)) new TestSession(open, number, true).put({ isActive: false });
    });
    return true;
  }

  /** The session of a handle, which is the one used last from now on. */
  private use(handle = ''): Opened {
    const opened = this.opened.get(handle);
    if (!opened) throw errors.notOpen({ argument: 'handle', value: handle });
    this.opened.delete(handle);
    this.opened.set(handle, opened);
    return opened;
  }

  private asCall<T>(
    { method, args, suite, user }: SessionCall & SessionOpening,
    run: (draft: Draft, now: Instant) => T,
  ): T {
    const input = {
      method,
      args,
      ...(suite === undefined ? {} : { suite }),
      ...(user === undefined ? {} : { user }),
    };
    return this.runner.call({ api: 'aptest', name: 'TestSession', input }, { run });
  }
}

function reopened(draft: Draft, now: Instant, { suite, user, kept }: Opened): TestSession {
  return TestSession.reopened(openSuite(draft, now, { suite, user }), kept);
}

function openSuite(draft: Draft, now: Instant, { suite, user }: Omit<Opened, 'kept'>): OpenSuite {
  const open = OpenSuite.named(draft, suite, { now, user });
  if (!open) throw errors.noSuite({ argument: 'suite', value: suite });
  return open;
}

function suiteNamed(draft: Draft, named: string | undefined): string {
  const known = draft.table(suites, installationScope);
  const only = known.values().next().value;
  if (named === undefined && only && known.size === 1) return only.name;
  if (named === undefined) throw errors.missing('suite', 'name of the suite to work in');
  if (!known.get(named)) {
    throw errors.noSuite(
      { argument: 'suite', value: named },
      [...known.values()].map(({ name }) => name),
    );
  }
  return named;
}
