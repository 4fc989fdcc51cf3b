import path from 'node:path';
import { createApTest } from './aptest/service.ts';
import { sharedCodec, sharedWsdl } from './contract/shared-contract.ts';
import type { Endpoint } from './http/endpoint.ts';
import { type Listener, listen, rpcPathEnd, soapPaths } from './http/listener.ts';
import { parseDuration } from './http/quantity.ts';
import { rpcEndpoint } from './http/rpc-endpoint.ts';
import { type GivenSettings, readSettings, type Settings } from './http/settings.ts';
import { type SoapService, soapEndpoint } from './http/soap-endpoint.ts';
import { type Log, silentLog } from './log/log.ts';
import { packageRoot } from './package-root.ts';
import { Runner } from './runner/runner.ts';
import { loadScenario } from './scenario/load.ts';
import { productSections } from './scenario/sections.ts';
import { methodNotRecognized } from './soap/gsoap-faults.ts';
import { servedWsdl } from './soap/wsdl-document.ts';
import { type Summary, summaryOf, wsdlFormOf } from './summary.ts';
import { faults } from './testtrack/faults.ts';
import { createTestTrack, NotBuilt } from './testtrack/service.ts';
import { version } from './version.ts';
import { Clock, type ClockChoice, type ClockState } from './world/clock.ts';

/** How to start a twin. Everything may be left out. */
export interface TwinOptions {
  /** The path of a scenario file, or the scenario itself as data; the demo of the package without it. */
  readonly scenario?: string | object;
  /** The port to listen on; any free one without it. */
  readonly port?: number;
  /** The address to listen on; this machine only without it. */
  readonly host?: string;
  /** Limits and times, such as `{ maxBody: '20MB' }`. */
  readonly settings?: GivenSettings;
  /** The token that control requests must show; without it only this machine may control the twin. */
  readonly adminToken?: string;
  /** Further names that the Host header of control requests may hold. */
  readonly allowedHosts?: readonly string[];
  /** Where the twin tells what it does; nowhere without it. */
  readonly log?: Log;
  /** The host's time in milliseconds since the epoch. */
  readonly hostNow?: () => number;
}

/** The clock of a running twin. */
export interface TwinClock {
  /** What it shows. */
  now(): Date;
  state(): ClockState;
  /** Chooses a mode; see `ClockChoice`. */
  set(choice: ClockChoice): ClockState;
  /**
   * Moves it forward, in any mode.
   *
   * @param by such as `15m`, or milliseconds
   * @throws QuantityProblem
   */
  advance(by: string | number): ClockState;
}

/** A twin that answers. */
export interface Twin extends AsyncDisposable {
  /** `http://host:port`, without a slash at its end. */
  readonly url: string;
  readonly port: number;
  readonly soapUrl: string;
  readonly wsdlUrl: string;
  readonly rpcUrl: string;
  readonly clock: TwinClock;
  /** What the scenario holds, for whoever starts with it. */
  readonly summary: Summary;
  /** Goes back to the seed: the state and the clock of the scenario. */
  reset(): void;
  /** Stops accepting, finishes the answers in flight and ends. */
  close(): Promise<void>;
}

/** The scenario that runs when nobody names one. */
export const demoScenario = path.join(packageRoot, 'scenarios', 'demo.yaml');

/**
 * Starts a twin of both products in this process.
 *
 * @throws ScenarioError, SettingsError, ListenProblem: each with a message for the person who started it
 */
export async function startTwin(options: TwinOptions = {}): Promise<Twin> {
  const { host = '127.0.0.1', port = 0, log = silentLog, hostNow = Date.now } = options;
  const settings = readSettings(options.settings);
  const loaded = loadScenario(options.scenario ?? demoScenario, {
    now: hostNow(),
    sections: productSections,
  });
  const clock = new Clock(hostNow, loaded.clock);
  const runner = new Runner(loaded.world, clock);
  const listener = await listen(endpoints(runner, settings, { ...options, host, log }), {
    host,
    port,
    settings,
    log,
  });
  return running(runner, listener);
}

type Known = TwinOptions & { readonly host: string; readonly log: Log };

/** Joins the rooms: what answers at which door. */
function endpoints(runner: Runner, settings: Settings, options: Known) {
  const { log } = options;
  const wsdl = (address: string) => servedWsdl(sharedWsdl(), { address, form: wsdlFormOf(runner.world) });
  return {
    soap: soapEndpoint({
      codec: sharedCodec(settings),
      service: testTrackService(runner),
      limits: settings,
      log,
      generalFault: faults.general('This is a mistake of Twintrack itself; its log says more.'),
      wsdl,
    }),
    rpc: rpcEndpoint({ service: createApTest(runner), limits: settings, log }),
    pages: async (): Promise<Endpoint> => {
      const { createPages } = await import('./http/app.ts');
      const { host, adminToken, allowedHosts = [] } = options;
      const pages = createPages({
        version,
        log,
        wsdl,
        controlled: { runner, version },
        // An empty token, as an unset variable of a container gives it, is none.
        guard: { token: adminToken || undefined, boundHost: host, allowedHosts },
      });
      return (request, response) => pages(request, response);
    },
  };
}

/** An operation that is still to come looks to a client like one that the server does not have. */
function testTrackService(runner: Runner): SoapService {
  const testTrack = createTestTrack(runner);
  return {
    call: (operation, input) => {
      try {
        return testTrack.call(operation, input);
      } catch (error) {
        if (!(error instanceof NotBuilt)) throw error;
        const hint = `${operation} is in the WSDL, but Twintrack ${version} does not answer it yet; docs/coverage.md lists what it does.`;
        throw methodNotRecognized(`ttns:${operation}`, hint);
      }
    },
  };
}

function running(runner: Runner, listener: Listener): Twin {
  const { url, port } = listener;
  const { clock } = runner;
  return {
    url,
    port,
    soapUrl: url + soapPaths[0],
    wsdlUrl: `${url}/ttsoapcgi.wsdl`,
    rpcUrl: url + rpcPathEnd,
    clock: {
      now: () => new Date(clock.now()),
      state: () => clock.state(),
      set: (choice) => clock.set(choice),
      advance: (by) => clock.advance(typeof by === 'number' ? by : parseDuration(by)),
    },
    summary: summaryOf(runner.world),
    reset: () => runner.reset(),
    close: () => listener.close(),
    [Symbol.asyncDispose]: () => listener.close(),
  };
}
