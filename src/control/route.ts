import type { z } from 'zod';
import type { HostedWorld, WorldStart } from '../worlds/hosted-world.ts';
import type { Worlds } from '../worlds/worlds.ts';

/** What the control routes act on besides the world that a request is for. */
export interface Controlled {
  readonly worlds: Worlds;
  readonly version: string;
  /** Makes a world begin from a scenario: a file beside the served one, or data. @throws ScenarioError */
  readonly startOf: (scenario: string | object) => WorldStart;
  /** Opens a port of its own for a world. @returns its URL */
  readonly open: (world: HostedWorld) => Promise<string>;
}

/** A control request that passed the guard and whose body was checked. */
export interface ControlRequest<T = unknown> extends Controlled {
  /** The world that the request is for: by address, header or port, like any other request. */
  readonly world: HostedWorld;
  readonly input: T;
  /** What stands in the path for its `:names`. */
  readonly params: Readonly<Record<string, string>>;
  /** What stands after the `?`. */
  readonly query: URLSearchParams;
}

/** One thing that can be asked of a running twin. Everything under `/__admin` is in a table of these. */
export interface ControlRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With `:name` where something varies. */
  readonly path: string;
  /** One sentence for the index page and the API description. */
  readonly purpose: string;
  /** What the JSON body must be; none is read without it. */
  readonly input?: z.ZodType;
  /** Whether the body may be left out. */
  readonly isInputOptional?: boolean;
  /** A body that works, shown when one does not. */
  readonly example?: string;
  /** @throws ControlProblem for a request that makes no sense now */
  readonly run: (request: ControlRequest) => unknown;
}

/** A control request that is well written, but cannot be done. */
export class ControlProblem extends Error {
  override readonly name = 'ControlProblem';

  constructor(
    readonly status: 400 | 404 | 409,
    message: string,
    /** More about it as data, beside the message in the answer. */
    readonly details: object = {},
  ) {
    super(message);
  }
}

/** Declares a route with a body, tying the type of the input to its schema. */
export function withInput<T>(
  route: Omit<ControlRoute, 'input' | 'run'> & {
    readonly input: z.ZodType<T>;
    readonly run: (request: ControlRequest<T>) => unknown;
  },
): ControlRoute {
  const { run } = route;
  return { ...route, run: (request) => run(request as ControlRequest<T>) };
}
