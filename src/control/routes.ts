import type { z } from 'zod';
import type { Runner } from '../runner/runner.ts';
import { clockSchema, latestMoment } from '../scenario/clock-schema.ts';
import type { ClockState } from '../world/clock.ts';
import { advanceSchema } from './advance-schema.ts';

/** What the control routes act on. */
export interface Controlled {
  readonly runner: Runner;
  readonly version: string;
}

/** One thing that can be asked of a running twin. Everything under `/__admin` is in the table of these. */
export interface ControlRoute {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  /** One sentence for the index page. */
  readonly purpose: string;
  /** What the JSON body must be; none is read without it. */
  readonly input?: z.ZodType;
  /** A body that works, shown when one does not. */
  readonly example?: string;
  /** @throws ControlProblem for a request that makes no sense now */
  readonly run: (controlled: Controlled, input: unknown) => unknown;
}

/** A control request that is well written, but cannot be done. */
export class ControlProblem extends Error {
  override readonly name = 'ControlProblem';

  constructor(
    readonly status: 400 | 404 | 409,
    message: string,
  ) {
    super(message);
  }
}

/** Every control route, once: for the router, the index page and the test of the guard. */
export const controlRoutes: readonly ControlRoute[] = [
  {
    method: 'GET',
    path: '/__admin/health',
    purpose: 'Says that the twin runs',
    run: ({ version }) => ({ status: 'ok', name: 'twintrack', version }),
  },
  {
    method: 'POST',
    path: '/__admin/reset',
    purpose: 'Goes back to the seed: the state and the clock of the scenario',
    run: ({ runner }) => {
      runner.reset();
      return { reset: true, clock: shown(runner.clock.state()) };
    },
  },
  {
    method: 'GET',
    path: '/__admin/clock',
    purpose: 'Shows the clock',
    run: ({ runner }) => shown(runner.clock.state()),
  },
  withInput({
    method: 'PUT',
    path: '/__admin/clock',
    purpose:
      'Sets the clock: {"mode":"frozen","now":"2026-01-31T09:15:00Z"}; without "now" it goes on from what it shows',
    input: clockSchema,
    example: '{"mode":"frozen","now":"2026-01-31T09:15:00Z"}',
    run: ({ runner }, choice) => shown(runner.clock.set(choice)),
  }),
  withInput({
    method: 'POST',
    path: '/__admin/clock/advance',
    purpose: 'Moves the clock forward, in any mode: {"by":"15m"}',
    input: advanceSchema,
    example: '{"by":"15m"}',
    run: ({ runner }, milliseconds) => {
      if (runner.clock.now() + milliseconds > latestMoment) {
        throw new ControlProblem(400, 'The clock cannot go beyond the year 9999.');
      }
      return shown(runner.clock.advance(milliseconds));
    },
  }),
];

/** Ties the type of a route's input to its schema. */
function withInput<T>(
  route: Omit<ControlRoute, 'input' | 'run'> & {
    readonly input: z.ZodType<T>;
    readonly run: (controlled: Controlled, input: T) => unknown;
  },
): ControlRoute {
  const { run } = route;
  return { ...route, run: (controlled, input) => run(controlled, input as T) };
}

/** A clock as the control answers show it. */
function shown({ mode, now, offsetMs, rate }: ClockState): Record<string, unknown> {
  return { mode, now: new Date(now).toISOString(), ms: now, offsetMs, rate };
}
