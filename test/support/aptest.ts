import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { createApTestPages } from '../../src/aptest/pages/pages.ts';
import { OpenSuite } from '../../src/aptest/run/open-suite.ts';
import type { ApTest } from '../../src/aptest/service.ts';
import type { BodyLimits } from '../../src/http/body.ts';
import { ConnectionPlaces } from '../../src/http/connection-places.ts';
import type { Endpoint } from '../../src/http/endpoint.ts';
import { type Listener, listen } from '../../src/http/listener.ts';
import { rpcEndpoint } from '../../src/http/rpc-endpoint.ts';
import { type GivenSettings, readSettings } from '../../src/http/settings.ts';
import { Trust } from '../../src/http/trust.ts';
import type { UploadLimits } from '../../src/http/upload.ts';
import { apTestPages } from '../../src/pages/aptest-pages.ts';
import type { Runner } from '../../src/runner/runner.ts';
import { aptestSection } from '../../src/scenario/aptest/seed.ts';
import { type LoadedScenario, loadScenario } from '../../src/scenario/load.ts';
import { section } from '../../src/scenario/reading/section.ts';
import { Draft } from '../../src/world/draft.ts';
import { type HostedWorld, hostWorld } from '../../src/worlds/hosted-world.ts';
import { KeptLog } from './edge.ts';

/** When the twins of these tests begin: 2009-02-01T00:00:00Z, the day of the manual's createSession example. */
export const startSeconds = 1_233_446_400;

/** The ApTest part of the demo, as data to begin from. */
export function demoSection(): Record<string, unknown> {
  const url = new URL('../../scenarios/demo.yaml', import.meta.url);
  return (parse(readFileSync(url, 'utf8')) as { aptest: Record<string, unknown> }).aptest;
}

/** Loads a scenario that has an ApTest side only. */
export function loadApTest(aptest: unknown): LoadedScenario {
  const none = section(z.unknown(), function* () {
    yield;
  });
  return loadScenario(
    { twintrack: 1, clock: { mode: 'frozen', now: '2009-02-01T00:00:00Z' }, aptest },
    { now: startSeconds * 1000, sections: { testtrack: none, aptest: aptestSection } },
  );
}

/** A small suite that tests are made from; parts of it can be exchanged. */
export function smallSection(suite: object = {}, rest: object = {}): Record<string, unknown> {
  return {
    token: 'secret',
    users: ['ann', 'bob', { name: 'gone', disabled: true }, { name: 'reader', access: { '*': ['browse'] } }],
    suites: [
      {
        name: 'Small',
        tests: ['A/One', 'A/Two', 'B/Three'],
        sets: [{ path: 'all' }],
        sessions: [{ set: 'all', name: 'First' }],
        ...suite,
      },
    ],
    ...rest,
  };
}

/** What came back from rpc.mpl. */
export interface RpcReply {
  readonly status: number;
  readonly contentType: string | null;
  readonly hint: string | null;
  readonly body: string;
  /** The first line. */
  readonly code: string;
  /** The lines after the first; the empty rest after the last line feed is left out. */
  readonly lines: readonly string[];
}

/** rpc.mpl on a listener of its own, with a thin client that says what it sends. */
export interface RpcTwin {
  readonly listener: Listener;
  readonly runner: Runner;
  readonly service: ApTest;
  readonly log: KeptLog;
  readonly url: string;
  /** Sends a query as it stands, after the address of rpc.mpl. */
  get(query: string): Promise<RpcReply>;
  /** Sends arguments by GET, with token, user and suite of the scenario unless they are given. */
  call(args: Readonly<Record<string, string | readonly string[]>>): Promise<RpcReply>;
  /** The same with `returnJSON=1`; gives the decoded answer. */
  json(
    args: Readonly<Record<string, string | readonly string[]>>,
  ): Promise<{ result: number; data: unknown }>;
  post(
    body: NonNullable<RequestInit['body']>,
    headers?: Record<string, string>,
    query?: string,
  ): Promise<RpcReply>;
  close(): Promise<void>;
}

interface TwinOptions {
  readonly common?: Readonly<Record<string, string>>;
  readonly settings?: GivenSettings;
}

/** Starts rpc.mpl for a section of a scenario. */
export async function startRpc(aptest: unknown, options: TwinOptions = {}): Promise<RpcTwin> {
  const world = hostWorld('main', loadApTest(aptest), { now: () => startSeconds * 1000 });
  const log = new KeptLog();
  const settings = readSettings(options.settings);
  const listener = await listen(
    {
      context: (_request, target) => ({ ...target, prefix: '', world }),
      worldAt: () => world,
      soap: () => {
        throw new Error('only ApTest is served here');
      },
      rpc: rpcEndpoint({ service: (context) => context.world.apTest, log, limits: settings }),
      refuseControl: () => undefined,
      pages: async () => pagesEndpoint(world, settings),
    },
    {
      host: '127.0.0.1',
      port: 0,
      settings,
      places: new ConnectionPlaces(settings.maxConnections, log),
      trust: new Trust(),
      log,
    },
  );
  const url = `${listener.url}/atm/run/rpc.mpl`;
  const common = options.common ?? { rpctoken: 'secret', username: 'ann', suite: 'Small' };
  const get = async (query: string) => reply(await fetch(`${url}?${query}`));
  const call: RpcTwin['call'] = (args) => get(formOf({ ...common, ...args }).toString());
  return {
    listener,
    runner: world.runner,
    service: world.apTest,
    log,
    url,
    get,
    call,
    json: async (args) =>
      JSON.parse((await call({ ...args, returnJSON: '1' })).body) as { result: number; data: unknown },
    post: async (body, headers = {}, query = '') =>
      reply(await fetch(`${url}${query === '' ? '' : `?${query}`}`, { method: 'POST', body, headers })),
    close: () => listener.close(),
  };
}

/** The pages of ApTest without Express around them. */
function pagesEndpoint(world: HostedWorld, limits: BodyLimits & UploadLimits): Endpoint {
  const screens = createApTestPages(world.runner);
  const context = () => ({ path: '', query: '', prefix: '', world });
  const middleware = apTestPages({ pages: () => screens, context, limits });
  return (request, response) =>
    middleware(request, response, (error) => {
      response.writeHead(error ? 500 : 404);
      response.end(error instanceof Error ? error.stack : 'nothing here');
    });
}

/** What the demo's examples carry. */
export const demoCaller = { rpctoken: 'token', username: 'lake', suite: 'Example' };

function formOf(args: Readonly<Record<string, string | readonly string[]>>): URLSearchParams {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(args)) {
    for (const each of typeof value === 'string' ? [value] : value) form.append(name, each);
  }
  return form;
}

async function reply(response: Response): Promise<RpcReply> {
  const body = await response.text();
  const [code = '', ...lines] = body.split('\n');
  return {
    status: response.status,
    contentType: response.headers.get('content-type'),
    hint: response.headers.get('x-twintrack-hint'),
    body,
    code,
    lines: lines.at(-1) === '' ? lines.slice(0, -1) : lines,
  };
}

/** A suite of a scenario, open in a draft of its own. */
export function openSuite(
  aptest: unknown,
  { suite = 'Small', user = 'ann', now = startSeconds }: { suite?: string; user?: string; now?: number } = {},
): OpenSuite {
  const open = OpenSuite.named(new Draft(loadApTest(aptest).world), suite, { now: now * 1000, user });
  if (!open) throw new Error(`The scenario has a suite ${suite}.`);
  return open;
}
