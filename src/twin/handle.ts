import type { InSuite } from '../aptest/run/in-suite.ts';
import type { Summary } from '../worlds/summary.ts';
import type { TwinClock } from './clock.ts';
import type { TwinRules } from './fault-rules.ts';
import type { TwinJournal } from './journal.ts';
import type { TwinTls } from './open-tls.ts';
import type { ReportOptions } from './report.ts';
import type { TwinStates } from './snapshots.ts';

/** A world of a running twin. */
export interface WorldHandle extends TwinStates {
  readonly name: string;
  /** `http://host:port`, without a slash at its end; `https://…` when the twin speaks TLS only. */
  readonly url: string;
  /** `https://host:port`, without a slash at its end; undefined for a twin without TLS. */
  readonly tlsUrl: string | undefined;
  readonly soapUrl: string;
  readonly wsdlUrl: string;
  readonly rpcUrl: string;
  readonly clock: TwinClock;
  /** The calls that this world answered. */
  readonly journal: TwinJournal;
  /** What goes wrong in it on purpose; the same rules as in the `script` of a scenario. */
  readonly rules: TwinRules;
  /** What the scenario holds: projects, users, suites. */
  readonly summary: Summary;
  /**
   * Does something in a suite of ApTest, all or nothing, with the `TestSession` of its manual:
   *
   *     twin.inSuite({ suite: 'Example', user: 'lake' }, (suite) => {
   *       new TestSession(suite, 57, true).note(0, 'Done', 'pass');
   *     });
   *
   * It shows in the journal as one call. The sessions opened inside can be read afterwards, but not written to.
   *
   * @returns what the work gives; it has to be done when it returns, so that is no promise
   * @throws ProductFault there is no such suite or user, or the work was refused; nothing is changed then
   */
  readonly inSuite: InSuite;
  /** Goes back to where it began: the state and the clock. */
  reset(): void;
  /**
   * What a failed test should print: the latest calls, masked, with faults, hints and changes; what the
   * last verification missed, with the nearest calls; the rules that never acted.
   */
  report(options?: ReportOptions): string;
  /**
   * Makes another world from this one as it is now, or from the state that `from` names.
   *
   * @param options a name alone is enough
   * @throws WorldError for a name that is taken or cannot be one, or when there are too many worlds; SnapshotError for a
   * state that is not there
   */
  fork(options?: string | ForkOptions): Promise<ForkedWorld>;
}

/** How a world is forked. */
export interface ForkOptions {
  /** Given when it is left out. */
  readonly name?: string | undefined;
  /** The state to begin with: `now` by default, `seed`, the name of a snapshot or of a world. */
  readonly from?: string | undefined;
  /**
   * Whether it gets a port of its own, for clients that can only be told a port; true by default. Without one it is
   * reached below `/w/<name>` at the address of the twin and costs no listener, so there can be thousands.
   */
  readonly listen?: boolean | undefined;
}

/** A world that was forked: it lives until it is dropped. */
export interface ForkedWorld extends WorldHandle, AsyncDisposable {
  /** Ends the world, and closes its port if it has one. One that has ended already stays so. */
  drop(): Promise<void>;
}

/** How the data folder of a twin fares. */
export interface DataFolderState {
  /** Settles with the reason when another process has taken the folder: the twin cannot keep anything any more. */
  readonly taken: Promise<string>;
  /** Whether it held a state that goes on, so that the scenario was not read. */
  readonly goesOn: boolean;
  /** Whether that state is known to have begun with something else than the scenario is now. */
  readonly isScenarioChanged: boolean;
  /** Whether it was always found as it was left: not removed, replaced, made read-only or taken. */
  isIntact(): boolean;
}

/** A twin that answers; itself the world of its scenario. */
export interface Twin extends WorldHandle, AsyncDisposable {
  readonly port: number;
  /** How it shows itself over TLS; undefined for a twin without TLS. */
  readonly tls: TwinTls | undefined;
  /** How its data folder fares; undefined without one. */
  readonly data: DataFolderState | undefined;
  /**
   * Reads the scenario and what it extends again and begins from it: seed, state and clock. Journal and snapshots stay,
   * and so do other worlds. Everybody waits meanwhile; `POST /__admin/reload` does it while others are served.
   *
   * @throws ScenarioError the scenario is wrong; nothing was changed
   * @throws WorldError the state is kept in a data folder
   */
  reload(): void;
  /** Stops accepting, finishes the answers in flight and ends. */
  close(): Promise<void>;
}
