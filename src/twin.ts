import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { apTestProblems } from './aptest/invariants.ts';
import { type InSuite, inSuite } from './aptest/run/in-suite.ts';
import { type GuardOptions, refusalOf } from './control/guard.ts';
import { ConnectionPlaces } from './http/connection-places.ts';
import type { Endpoint, RequestContext } from './http/endpoint.ts';
import {
  type Endpoints,
  ListenError,
  type Listener,
  listen,
  rpcPathEnd,
  soapPaths,
} from './http/listener.ts';
import { requestContexts } from './http/request-contexts.ts';
import { rpcEndpoint } from './http/rpc-endpoint.ts';
import { readSettings, renamedSettings, type Settings } from './http/settings.ts';
import { soapEndpoint } from './http/soap-endpoint.ts';
import { Trust } from './http/trust.ts';
import { type Log, silentLog } from './log/log.ts';
import { packageRoot } from './package/package-root.ts';
import { version } from './package/version.ts';
import { loadScenario } from './scenario/load.ts';
import type { Tell } from './scenario/reading/progress.ts';
import { productSections } from './scenario/sections.ts';
import { scenarioFileBeside } from './scenario/served-folder.ts';
import { servedWsdl } from './soap/wsdl-document.ts';
import { faults } from './testtrack/faults.ts';
import { testTrackProblems } from './testtrack/invariants.ts';
import { type TwinClock, twinClock } from './twin/clock.ts';
import { type TwinRules, twinRules } from './twin/fault-rules.ts';
import { type TwinJournal, twinJournal } from './twin/journal.ts';
import { checkOptions, type TwinOptions } from './twin/options.ts';
import { type ReportOptions, worldReport } from './twin/report.ts';
import { type Reloading, reloadTold, ServedScenario, type StartOf } from './twin/served-scenario.ts';
import { type TwinStates, twinStates } from './twin/snapshots.ts';
import { stateNamed } from './twin/states.ts';
import { steadyNow } from './twin/steady-now.ts';
import { type Watching, watchScenario } from './twin/watch.ts';
import type { KeptWorlds } from './world/store/kept-worlds.ts';
import type { openDataFolder } from './worlds/data-folder.ts';
import { type HostedWorld, mainWorld, type WorldStart } from './worlds/hosted-world.ts';
import { type Summary, summaryOf, wsdlFormOf } from './worlds/summary.ts';
import { Worlds } from './worlds/worlds.ts';
import { sharedCodec, sharedWsdl } from './wsdl/shared-model.ts';

export type { TwinOptions } from './twin/options.ts';

/** A world of a running twin. */
export interface WorldHandle extends TwinStates {
  readonly name: string;
  /** `http://host:port`, without a slash at its end. */
  readonly url: string;
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
  /** How its data folder fares; undefined without one. */
  readonly data: DataFolderState | undefined;
  /**
   * Reads the scenario and what it extends again and begins from it: seed, state and clock. Journal and snapshots stay,
   * and so do other worlds.
   *
   * @throws ScenarioError the scenario is wrong; nothing was changed
   * @throws WorldError the state is kept in a data folder
   */
  reload(): void;
  /** Stops accepting, finishes the answers in flight and ends. */
  close(): Promise<void>;
}

/** The scenario that runs when nobody names one. */
export const demoScenario = path.join(packageRoot, 'scenarios', 'demo.yaml');

/**
 * Starts a twin of both products in this process.
 *
 * @throws ScenarioError, SettingsError, ListenError, StoreError: each with a message for the person who started it
 */
export async function startTwin(options: TwinOptions = {}): Promise<Twin> {
  checkOptions(options);
  const { host = '127.0.0.1', port = 0, log = silentLog, hostNow = steadyNow() } = options;
  const settings = readSettings(options.settings);
  const trust = new Trust(options);
  for (const { former, name } of renamedSettings(options.settings))
    log.warn(`The setting ${former} is called ${name} now; the old name will go.`);
  const startOf: StartOf = (scenario, reads) => {
    const start = announced(log, (tell) =>
      loadScenario(scenario, { now: hostNow(), sections: productSections, tell, reads }),
    );
    for (const { rule, message } of start.warnings) log.warn(`Rule "${rule}": ${message}`);
    return start;
  };
  const { scenario = demoScenario } = options;
  const source = options.data ? fileHash(scenario) : undefined;
  const served = new ServedScenario(scenario, startOf);
  const seed = () => ({ ...served.start(), source });
  let tellTaken: (reason: string) => void = () => {};
  const taken = new Promise<string>((resolve) => {
    tellTaken = resolve;
  });
  const onTaken = ({ message }: Error) => {
    log.error(`The data folder is lost: ${message}. Nothing is written to it any more.`);
    tellTaken(message);
  };
  const checkpointEveryMs = settings.checkpointEvery;
  const kept = await openKept(options, { seed, hostNow, log, checkpointEveryMs, lock: { onTaken } });
  const isScenarioChanged = kept !== undefined && hasChanged(kept.main, source);
  if (isScenarioChanged)
    log.warn(
      `The scenario ${scenario} is not read: the state in ${options.data} goes on, and that began with another text. Start once with --fresh to begin with the scenario as it is now.`,
    );
  const start = kept ? goingOn(kept.main) : seed();
  const worlds = new Worlds(start, {
    host: {
      now: hostNow,
      checks: options.checkInvariants ? [testTrackProblems, apTestProblems] : [],
      journal: { entries: settings.journalEntries, bytes: settings.journalBytes },
      maxSnapshots: settings.maxSnapshots,
    },
    idleMs: settings.worldIdle,
    most: settings.maxWorlds,
    keeping: kept,
  });
  const twin = new TwinProcess(worlds, settings, {
    ...options,
    ...{ host, log, startOf, served, trust, kept, taken, isScenarioChanged },
  });
  try {
    const listener = await twin.listen(mainWorld, port);
    worlds.openDoor(mainWorld, listener);
    await twin.resume();
    if (options.watch) await twin.watch();
    return twin.running(listener);
  } catch (error) {
    await twin.close();
    throw error;
  }
}

/** Does work that tells beforehand when it will be long, and says then how long it took. */
function announced<Result>(log: Log, work: (tell: Tell) => Result): Result {
  const begun = performance.now();
  let isLong = false;
  const result = work((sentence) => {
    isLong = true;
    log.info(sentence);
  });
  if (isLong) log.info(`Loaded in ${secondsSince(begun)}`);
  return result;
}

function secondsSince(begun: number): string {
  return `${((performance.now() - begun) / 1000).toFixed(1)} s`;
}

/** After this time a waiting user is told what for. */
const WORTH_TELLING_MS = 500;

/** Opens the data folder, if there is to be one. The code for it is loaded only then. */
async function openKept(
  { data, fresh }: TwinOptions,
  options: Parameters<typeof openDataFolder>[1] & { readonly log: Log },
): Promise<KeptWorlds | undefined> {
  if (data === undefined || data === '') return undefined;
  const { openDataFolder: open } = await import('./worlds/data-folder.ts');
  const begun = performance.now();
  let isLong = false;
  const telling = setTimeout(() => {
    isLong = true;
    options.log.info(`Opening the data folder ${data}…`);
  }, WORTH_TELLING_MS);
  try {
    return await open(data, { ...options, fresh });
  } finally {
    clearTimeout(telling);
    if (isLong) options.log.info(`The data folder is open after ${secondsSince(begun)}`);
  }
}

/** Identifies the text of a scenario file, without what it extends; undefined for one that is not there, or no file. */
function fileHash(scenario: string | object): string | undefined {
  if (typeof scenario !== 'string') return undefined;
  try {
    return createHash('sha256').update(readFileSync(scenario)).digest('hex');
  } catch {
    return undefined;
  }
}

/** Whether a state goes on that is known to have begun with another text than that of the scenario now. */
function hasChanged({ goesOn, seedSource }: KeptWorlds['main'], source: string | undefined): boolean {
  return goesOn && source !== undefined && seedSource !== undefined && source !== seedSource;
}

/** What a world that was kept begins from: where it was. */
function goingOn(store: KeptWorlds['main']): WorldStart {
  return { world: store.world, clock: store.clock.choice(), kept: store };
}

type Known = TwinOptions & {
  readonly host: string;
  readonly log: Log;
  readonly startOf: StartOf;
  readonly served: ServedScenario;
  readonly trust: Trust;
  readonly kept: KeptWorlds | undefined;
  readonly isScenarioChanged: boolean;
  readonly taken: Promise<string>;
};

/** Joins the rooms: which worlds there are, and what answers for them at which door. */
class TwinProcess {
  private readonly doors: Omit<Endpoints, 'context'>;
  private readonly places: ConnectionPlaces;
  /** Where the first listener answers. */
  private origin = '';
  private watching: Watching | undefined;

  constructor(
    private readonly worlds: Worlds,
    private readonly settings: Settings,
    private readonly options: Known,
  ) {
    const { log } = options;
    this.places = new ConnectionPlaces(settings.maxConnections, log);
    const wsdl = (address: string, { world }: RequestContext) =>
      servedWsdl(sharedWsdl(), { address, form: wsdlFormOf(world.runner.world) });
    this.doors = {
      soap: soapEndpoint({
        codec: sharedCodec(settings),
        service: ({ world }) => world.testTrack,
        limits: settings,
        log,
        generalFault: faults.general('This is a mistake of Twintrack itself; its log says more.'),
        wsdl,
      }),
      rpc: rpcEndpoint({ service: ({ world }) => world.apTest, limits: settings, log }),
      refuseControl: (request) => refusalOf(request, this.guard()),
      pages: () => this.pages(wsdl),
    };
  }

  /** Opens a port; requests that name no world are for this one. */
  listen(world: string, port: number): Promise<Listener> {
    const { settings, places } = this;
    const { host, log, publicUrl, trust } = this.options;
    // Of a port that only one world has, nobody said how it is reached from outside.
    const shown = world === mainWorld ? publicUrl?.replace(/\/+$/, '') : undefined;
    return listen(
      { ...this.doors, context: requestContexts(this.worlds, world, shown) },
      { host, port, settings, places, trust, log },
    );
  }

  /** The twin as its user holds it. */
  running(listener: Listener): Twin {
    this.origin = listener.url;
    const { kept } = this.options;
    const close = () => this.close();
    const { runner } = this.worlds.main;
    let { seed } = runner;
    let summary = summaryOf(runner.world);
    return {
      ...this.handle(this.worlds.main, listener.url),
      get summary() {
        // What the scenario holds since it was read last.
        if (seed !== runner.seed) {
          seed = runner.seed;
          summary = summaryOf(seed);
        }
        return summary;
      },
      port: listener.port,
      data: kept && {
        goesOn: kept.main.goesOn,
        ...{ taken: this.options.taken, isScenarioChanged: this.options.isScenarioChanged },
        isIntact: () => kept.isIntact,
      },
      reload: () => void reloadTold(this.reloading()),
      close,
      [Symbol.asyncDispose]: close,
    };
  }

  /** Reads the scenario again whenever it changes, from now on. */
  async watch(): Promise<void> {
    this.watching = await watchScenario(this.reloading());
  }

  async close(): Promise<void> {
    await this.watching?.close();
    await this.worlds.close();
    await this.options.kept?.close();
  }

  private reloading(): Reloading {
    const { served, kept, log } = this.options;
    return { served, main: this.worlds.main, isKept: kept !== undefined, log };
  }

  /** A world as its user holds it. */
  private handle(hosted: HostedWorld, url: string): WorldHandle {
    const { runner, name, faultRules } = hosted;
    return {
      name,
      url,
      soapUrl: url + soapPaths[0],
      wsdlUrl: `${url}/ttsoapcgi.wsdl`,
      rpcUrl: url + rpcPathEnd,
      clock: twinClock(hosted),
      journal: twinJournal(hosted),
      rules: twinRules(faultRules),
      ...twinStates(hosted, this.worlds),
      summary: summaryOf(runner.world),
      inSuite: (who, work) => inSuite(runner, who, work),
      reset: () => runner.reset(),
      report: (options) => worldReport(hosted, options),
      fork: async (options = {}) => {
        const wish: ForkOptions = typeof options === 'string' ? { name: options } : options;
        const { name: forkName, from = 'now', listen = true } = wish;
        const fork = await this.worlds.make({ name: forkName, start: stateNamed(from, hosted, this.worlds) });
        const drop = async () => {
          if (this.worlds.has(fork)) await this.worlds.drop(fork.name);
        };
        const forkUrl = listen ? await this.open(fork) : `${this.origin}/w/${fork.name}`;
        return { ...this.handle(fork, forkUrl), drop, [Symbol.asyncDispose]: drop };
      },
    };
  }

  /** Lets the worlds go on that a data folder held, each on the port it had if that is free. */
  async resume(): Promise<void> {
    for (const { note, store } of this.options.kept?.list() ?? []) {
      const { name, madeAt, port } = note;
      const world = this.worlds.resume(name, { ...goingOn(store), madeAt });
      const url = port === undefined ? undefined : await this.open(world, port);
      this.options.log.info(`The world "${name}" goes on${url === undefined ? '' : ` at ${url}`}`);
    }
  }

  /** Gives a world a port of its own, which closes with it. @param wanted any other if it is taken @returns its URL */
  private async open({ name }: HostedWorld, wanted = 0): Promise<string> {
    const { log, kept } = this.options;
    const listener = await this.listen(name, wanted).catch((error: unknown) => {
      if (wanted === 0 || !(error instanceof ListenError)) throw error;
      log.warn(`The world "${name}" cannot have its port ${wanted} again, so it gets another one`);
      return this.listen(name, 0);
    });
    this.worlds.openDoor(name, listener);
    await kept?.notePort(name, listener.port);
    return listener.url;
  }

  private async pages(wsdl: (address: string, context: RequestContext) => string): Promise<Endpoint> {
    const { createPages } = await import('./pages/app.ts');
    const { log, startOf, scenario: served = demoScenario } = this.options;
    const startOfNamed = (scenario: string | object): WorldStart =>
      startOf(typeof scenario === 'string' ? scenarioFileBeside(served, scenario) : scenario);
    return createPages({
      version,
      log,
      wsdl,
      controlled: {
        worlds: this.worlds,
        version,
        startOf: startOfNamed,
        open: (world) => this.open(world),
        reload: () => reloadTold(this.reloading()),
      },
      guard: this.guard(),
      limits: this.settings,
    });
  }

  private guard(): GuardOptions {
    const { host, adminToken, allowedHosts = [] } = this.options;
    // An empty token, as an unset variable of a container gives it, is none.
    return { token: adminToken || undefined, boundHost: host, allowedHosts };
  }
}
