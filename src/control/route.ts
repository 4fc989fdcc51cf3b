import { z } from 'zod';
import type { LongText } from '../answers/long-text.ts';
import type { TwinErrorCode } from '../errors/own-errors.ts';
import type { Moves } from '../moves/moves.ts';
import type { ClockState } from '../world/clock.ts';
import type { HostedWorld, WorldStart } from '../worlds/hosted-world.ts';
import type { Worlds } from '../worlds/worlds.ts';
import type { EventFeed } from './event-feed.ts';
import type { LiveAnswer } from './live-answer.ts';
import type { Metrics } from './metrics.ts';

/** What the control routes act on besides the world that a request is for. */
export interface Controlled {
  readonly worlds: Worlds;
  readonly version: string;
  /** Tells pages and programs what happens. */
  readonly feed: EventFeed;
  /** Tells monitoring how the twin fares. */
  readonly metrics: Metrics;
  /** Makes a world begin from a scenario: a file beside the served one, or data. @throws ScenarioError */
  readonly startOf: (scenario: string | object) => Promise<WorldStart>;
  /** Lets the main world begin from its scenario as it is now. @throws ScenarioError, WorldError */
  readonly reload: () => Promise<ClockState>;
  /** Moves worlds between this twin and others; undefined for one that knows no others. */
  readonly moves: Moves | undefined;
  /** Opens a port of its own for a world. @returns its URL */
  readonly open: (world: HostedWorld) => Promise<string>;
}

/** How a client reached the twin. */
export interface Reached {
  /** Such as `http://localhost:8080`. */
  readonly origin: string;
  /** What stood before the path to choose the world, such as `/w/checkout`; empty when nothing did. */
  readonly prefix: string;
  /** Whether control requests have to show a token. */
  readonly isTokenRequired: boolean;
}

/** A control request that passed the guard and whose parts were checked by the schemas of its route. */
export interface ControlRequest<Input = unknown, Query = unknown, Params = unknown> extends Controlled {
  /** The world that the request is for: by address, header or port, like any other request. */
  readonly world: HostedWorld;
  readonly reached: Reached;
  readonly input: Input;
  /** What stands in the path for its `:names`. */
  readonly params: Params;
  /** What stands after the `?`. */
  readonly query: Query;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
export type RefusalStatus = 400 | 404 | 409;

/** Why a route can refuse a request that is well written. */
export interface DeclaredRefusal {
  readonly when: string;
  /** What the answer holds besides `error`. */
  readonly details?: z.ZodObject;
}

/**
 * One thing that can be asked of a running twin. Everything under `/__admin` is in a table of these, and what a route
 * takes and gives is declared here once: the router checks by it, and the OpenAPI document is made from it.
 */
export interface ControlRoute {
  readonly method: Method;
  /** With `:name` where something varies. */
  readonly path: string;
  /** Its name in the API description, by which generated clients call it. */
  readonly id: string;
  /** One sentence for the index page and the API description. */
  readonly purpose: string;
  /** More than one sentence, for the API description alone. */
  readonly about?: string;
  /** What stands for the `:names` of the path. */
  readonly params?: z.ZodObject;
  /** What may stand after the `?`; nothing may without it. */
  readonly query?: z.ZodObject;
  /** What the JSON body must be; none is read without it. One that takes `undefined` may be left out. */
  readonly input?: z.ZodType;
  /** Parts that work, for the API description; the body is also shown when one does not. */
  readonly example?: {
    readonly params?: Readonly<Record<string, string>>;
    readonly query?: Readonly<Record<string, string>>;
    readonly body?: unknown;
  };
  /** What the answer holds when all went well. */
  readonly answer: z.ZodType;
  /** The same in a sentence. */
  readonly gives: string;
  /** How the answer is written; JSON unless it says otherwise. Of an event stream `run` gives a `LiveAnswer`. */
  readonly media?: 'text/html' | 'text/plain' | 'text/event-stream';
  readonly refusals?: Readonly<Partial<Record<RefusalStatus, DeclaredRefusal>>>;
  /** Headers of the answer besides those that all have. */
  readonly headers?: Readonly<Record<string, string>>;
  /** @throws ControlError for a request that makes no sense now */
  readonly run: (request: ControlRequest) => unknown;
}

/** Routes that belong together. */
export interface RouteGroup {
  readonly name: string;
  readonly about: string;
  readonly routes: readonly ControlRoute[];
}

/** A control request that is well written, but cannot be done. */
export class ControlError extends Error {
  override readonly name = 'ControlError';
  readonly code: TwinErrorCode;

  constructor(
    readonly status: RefusalStatus,
    message: string,
    /** A code that says more than the status, and more about it as data, beside the message in the answer. */
    readonly more: { readonly code?: TwinErrorCode; readonly details?: object } = {},
  ) {
    super(message);
    this.code = more.code ?? (status === 400 ? 'TWIN_CONTROL_INVALID' : 'TWIN_CONTROL_CONFLICT');
  }
}

/** A value that may be handed out although nobody may change it. */
type Fixed<T> = T extends readonly (infer Each)[]
  ? readonly Fixed<Each>[]
  : T extends object
    ? { readonly [Key in keyof T]: Fixed<T[Key]> }
    : T;

type Parts = Record<never, never>;

interface TypedRoute<
  Answer extends z.ZodType,
  Input extends z.ZodType,
  Query extends Parts,
  Params extends Parts,
> extends Omit<ControlRoute, 'answer' | 'input' | 'query' | 'params' | 'example' | 'run'> {
  readonly answer: Answer;
  readonly input?: Input;
  readonly query?: Query;
  readonly params?: Params;
  readonly example?: {
    readonly params?: Readonly<z.input<Params>>;
    readonly query?: Readonly<z.input<Query>>;
    readonly body?: z.input<Input>;
  };
  readonly run: (
    request: ControlRequest<z.output<Input>, z.output<Query>, z.output<Params>>,
  ) => LongText | Fixed<z.input<Answer>> | Promise<Fixed<z.input<Answer>>>;
}

/** Declares a route, tying what it is given and what it gives to its schemas. */
export function controlRoute<
  Answer extends z.ZodType,
  Input extends z.ZodType = z.ZodUndefined,
  Query extends z.ZodObject = z.ZodObject,
  Params extends z.ZodObject = z.ZodObject,
>(route: TypedRoute<Answer, Input, Query, Params>): ControlRoute {
  const { run } = route;
  return {
    ...(route as Omit<ControlRoute, 'run'>),
    run: (request) => run(request as Parameters<typeof run>[0]),
  };
}

/** Declares a route whose answer goes on as long as its reader stays. */
export function liveRoute<Query extends z.ZodObject>({
  run,
  ...route
}: Omit<TypedRoute<z.ZodString, z.ZodUndefined, Query, z.ZodObject>, 'run' | 'answer' | 'media'> & {
  readonly run: (request: ControlRequest<undefined, z.output<Query>>) => LiveAnswer;
}): ControlRoute {
  return {
    ...(route as Omit<ControlRoute, 'run' | 'answer'>),
    answer: z.string(),
    media: 'text/event-stream',
    run: (request) => run(request as Parameters<typeof run>[0]),
  };
}
