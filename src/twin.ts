import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { inTurns } from './answers/steps.ts';
import { apTestProblems } from './aptest/invariants.ts';
import { inSuite } from './aptest/run/in-suite.ts';
import { type GuardOptions, refusalOf } from './control/guard.ts';
import { ConnectionPlaces } from './http/connection-places.ts';
import { type Endpoint, type RequestContext, rpcPathEnd, soapPaths } from './http/endpoint.ts';
import { type Endpoints, type Listener, type ListenerOptions, listen } from './http/listener.ts';
import { ListenError } from './http/open-port.ts';
import { tooLargeMaxState } from './http/process-memory.ts';
import { requestContexts, worldsAt, worldsOnDemand } from './http/request-contexts.ts';
import { rpcEndpoint } from './http/rpc-endpoint.ts';
import { readSettings, renamedSettings, type Settings } from './http/settings.ts';
import { soapEndpoint } from './http/soap-endpoint.ts';
import { Trust } from './http/trust.ts';
import { type Log, silentLog } from './log/log.ts';
import type { Moves } from './moves/moves.ts';
import { packageRoot } from './package/package-root.ts';
import { version } from './package/version.ts';
import { loadingScenario } from './scenario/load.ts';
import { reportLine } from './scenario/reading/report.ts';
import { productSections } from './scenario/sections.ts';
import { scenarioFileBeside } from './scenario/served-folder.ts';
import { servedWsdl } from './soap/wsdl-document.ts';
import { faults } from './testtrack/faults.ts';
import { testTrackProblems } from './testtrack/invariants.ts';
import { sizeText } from './text/size-text.ts';
import { announced } from './twin/announced.ts';
import { twinClock } from './twin/clock.ts';
import { twinRules } from './twin/fault-rules.ts';
import type { ForkOptions, Twin, WorldHandle } from './twin/handle.ts';
import { twinJournal } from './twin/journal.ts';
import { fileHash, goingOn, hasChanged, openKept } from './twin/kept-state.ts';
import { openMoves } from './twin/open-moves.ts';
import { type OpenedTls, openTls } from './twin/open-tls.ts';
import { checkOptions, type TwinOptions } from './twin/options.ts';
import { worldReport } from './twin/report.ts';
import {
  type Reloading,
  reloadAtOnce,
  reloadTold,
  ServedScenario,
  type StartOf,
} from './twin/served-scenario.ts';
import { twinStates } from './twin/snapshots.ts';
import { stateNamed } from './twin/states.ts';
import { steadyNow } from './twin/steady-now.ts';
import { type Watching, watchScenario } from './twin/watch.ts';
import { StateBudget } from './world/state-budget.ts';
import type { KeptWorlds } from './world/store/kept-worlds.ts';
import { type HostedWorld, mainWorld, type WorldStart } from './worlds/hosted-world.ts';
import { summaryOf, wireFormsOf } from './worlds/summary.ts';
import { Worlds } from './worlds/worlds.ts';
import { codecsOf, wsdlOf } from './wsdl/shared-model.ts';

export type { ForkedWorld, ForkOptions, Twin, WorldHandle } from './twin/handle.ts';
export type { TwinOptions } from './twin/options.ts';

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
  const tooLarge = options.settings?.maxState === undefined ? undefined : tooLargeMaxState(settings.maxState);
  if (tooLarge !== undefined) log.warn(tooLarge);
  const startOf: StartOf = function* (scenario, reads) {
    const start = yield* announced(log, (tell) =>
      loadingScenario(scenario, { now: hostNow(), sections: productSections, tell, reads }),
    );
    for (const { rule, ...line } of start.warnings)
      log.warn(reportLine({ ...line, message: `rule "${rule}": ${line.message}` }));
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
  const tls = await openTls(options.tls, { ...options, host, log, now: hostNow() });
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
      unguessable: () => randomBytes(6).toString('base64url'),
      checks: options.checkInvariants ? [testTrackProblems, apTestProblems] : [],
      journal: { entries: settings.journalEntries, bytes: settings.journalBytes },
      maxSnapshots: settings.maxSnapshots,
      budget: new StateBudget(settings.maxState, sizeText),
    },
    idleMs: settings.worldIdle,
    most: settings.maxWorlds,
    keeping: kept,
  });
  const moves = await openMoves(options, { worlds, hostNow, log, kept });
  const twin = new TwinProcess(worlds, settings, {
    ...options,
    ...{ host, log, startOf, served, trust, kept, taken, isScenarioChanged, opened: tls, moves },
  });
  try {
    tls?.keep();
    const listener = await twin.listen(mainWorld, { port, tlsPort: tls?.port });
    await twin.resume();
    if (options.watch) await twin.watch();
    return twin.running(listener);
  } catch (error) {
    await twin.close();
    throw error;
  }
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
  readonly opened: OpenedTls | undefined;
  /** Undefined for a twin that knows no others. */
  readonly moves: Moves | undefined;
};

/** The ports of a world; 0 takes any free one. */
interface Ports {
  readonly port: number;
  /** Beside the plain one, where the twin speaks both. */
  readonly tlsPort?: number | undefined;
}

/** Joins the rooms: which worlds there are, and what answers for them at which door. */
class TwinProcess {
  private readonly doors: Omit<Endpoints, 'context' | 'worldAt'>;
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
    const codecOf = codecsOf(settings);
    const wsdl = (address: string, { world }: RequestContext) =>
      servedWsdl(wsdlOf(wireFormsOf(world.runner.world).sdk), address);
    this.doors = {
      soap: soapEndpoint({
        codec: ({ world }) => codecOf(wireFormsOf(world.runner.world)),
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

  /**
   * Opens the ports of a world, which close with it; requests that name no world are for it.
   *
   * @returns the one that its addresses begin with
   */
  async listen(world: string, { port, tlsPort = 0 }: Ports): Promise<Listener> {
    const { opened } = this.options;
    const isBeside = opened?.port !== undefined;
    const listener = await this.openDoor(world, { port, tls: isBeside ? undefined : opened?.settings });
    if (opened && isBeside)
      await this.openDoor(world, { port: tlsPort, portOption: '--tls-port', tls: opened.settings });
    return listener;
  }

  private async openDoor(
    world: string,
    door: Pick<ListenerOptions, 'port' | 'tls' | 'portOption'>,
  ): Promise<Listener> {
    const { settings, places } = this;
    const { refuseControl } = this.doors;
    const { host, log, publicUrl, trust, moves, worldsOnDemand: areWorldsOnDemand = false } = this.options;
    // Of a port that only one world has, nobody said how it is reached from outside.
    const shown = world === mainWorld ? publicUrl?.replace(/\/+$/, '') : undefined;
    const listener = await listen(
      {
        ...this.doors,
        context: requestContexts(this.worlds, world, shown),
        worldAt: worldsAt(this.worlds, world),
        provide: areWorldsOnDemand
          ? worldsOnDemand(this.worlds, { mayControl: (request) => !refuseControl(request), log })
          : undefined,
        diversion: moves && { moves, own: world },
      },
      { ...door, host, settings, places, trust, log },
    );
    this.worlds.openDoor(world, listener);
    return listener;
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
      tls: this.options.opened?.shown,
      data: kept && {
        goesOn: kept.main.goesOn,
        ...{ taken: this.options.taken, isScenarioChanged: this.options.isScenarioChanged },
        isIntact: () => kept.isIntact,
      },
      reload: () => void reloadAtOnce(this.reloading()),
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
    this.options.moves?.close();
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
      tlsUrl: this.tlsUrlOf(name, url),
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

  /** The address of a world over TLS: that of its own port, or below that of the twin. @param url by which it is reached */
  private tlsUrlOf(name: string, url: string): string | undefined {
    const own = this.worlds.tlsUrlOf(name);
    if (own !== undefined || url.startsWith('https:')) return own ?? url;
    const main = this.worlds.tlsUrlOf(mainWorld);
    return main && `${main}/w/${name}`;
  }

  /** Lets the worlds go on that a data folder held, each on the port it had if that is free. */
  async resume(): Promise<void> {
    const { kept, moves } = this.options;
    for (const note of kept?.away() ?? []) moves?.resumeAway(note);
    for (const { note, store } of kept?.list() ?? []) {
      const { name, madeAt, port, tlsPort, source, arrived } = note;
      if (moves?.isHere(note) === false) continue;
      const world = this.worlds.resume(name, { ...goingOn(store), madeAt, source, arrived });
      moves?.resume(note);
      const url = port === undefined ? undefined : await this.open(world, { port, tlsPort });
      this.options.log.info(`The world "${name}" goes on${url === undefined ? '' : ` at ${url}`}`);
    }
  }

  /** Gives a world ports of its own. @param wanted others if they are taken @returns its URL */
  private async open({ name }: HostedWorld, wanted: Ports = { port: 0 }): Promise<string> {
    const { log, kept } = this.options;
    const listener = await this.listen(name, wanted).catch(async (error: unknown) => {
      if (wanted.port === 0 || !(error instanceof ListenError)) throw error;
      log.warn(`The world "${name}" cannot have its port ${wanted.port} again, so it gets another one`);
      await this.worlds.closeDoors(name);
      return this.listen(name, { port: 0 });
    });
    const tlsUrl = this.worlds.tlsUrlOf(name);
    const tlsPort =
      tlsUrl === undefined || tlsUrl === listener.url ? undefined : Number(new URL(tlsUrl).port);
    await kept?.notePorts(name, { port: listener.port, tlsPort });
    return listener.url;
  }

  private async pages(wsdl: (address: string, context: RequestContext) => string): Promise<Endpoint> {
    const { createPages } = await import('./pages/app.ts');
    const { log, startOf, kept, scenario: served = demoScenario } = this.options;
    const startOfNamed = async (scenario: string | object): Promise<WorldStart> =>
      inTurns(startOf(typeof scenario === 'string' ? scenarioFileBeside(served, scenario) : scenario));
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
        moves: this.options.moves,
      },
      guard: this.guard(),
      limits: this.settings,
      isIntact: kept && (() => kept.isIntact),
    });
  }

  private guard(): GuardOptions {
    const { host, adminToken, allowedHosts = [], peers = [], metricsWithoutToken } = this.options;
    // An empty token, as an unset variable of a container gives it, is none.
    return {
      token: adminToken || undefined,
      boundHost: host,
      // The list may be the same for all twins, and this one is called by its name in it.
      allowedHosts: [...allowedHosts, ...peers.map((peer) => new URL(peer).hostname)],
      areMetricsOpen: metricsWithoutToken,
    };
  }
}
