import { type ErrorRequestHandler, type Request, type RequestHandler, type Response, Router } from 'express';
import { z } from 'zod';
import { LongText } from '../answers/long-text.ts';
import { codeOf, type TwinErrorCode } from '../errors/own-errors.ts';
import { BodyError, readBody } from '../http/body.ts';
import { clientOrigin } from '../http/client-address.ts';
import { type RequestContext, splitUrl } from '../http/endpoint.ts';
import { sendText } from '../http/pieces.ts';
import { noteUnknownAddress } from '../http/unread.ts';
import { problemsText } from '../input/issues.ts';
import { JsonProblem } from '../input/json-entries.ts';
import { lineAndColumn, parseJson } from '../input/json-text.ts';
import { nearestHint } from '../input/nearest-address.ts';
import { pathText } from '../input/path.ts';
import { TwinError } from '../input/twin-error.ts';
import type { Log } from '../log/log.ts';
import { ScenarioError } from '../scenario/reading/problem.ts';
import { positionsOnly } from '../scenario/reading/report.ts';
import { NotKeptError } from '../world/keeper.ts';
import { StateFullError } from '../world/state-budget.ts';
import { type GuardOptions, refusalOf } from './guard.ts';
import { type LiveAnswer, sendLive } from './live-answer.ts';
import { ControlError, type Controlled, type ControlRequest, type ControlRoute } from './route.ts';
import { controlRoutes } from './routes.ts';

const ROOT = '/__admin';

/** Control requests are short; anything longer is a mistake. */
const bodyLimits = { maxBody: 100 * 1024, gzipRatio: 100 };

export interface ControlParts {
  readonly controlled: Controlled;
  /** The world that a request is for. */
  readonly contextOf: (request: Request) => RequestContext;
  readonly guard: GuardOptions;
  readonly log: Log;
}

/** What a request brings along before its route has looked at it. */
type Arrived = Omit<ControlRequest, 'input' | 'query' | 'params'>;

/** All control routes behind one guard. Answers are JSON, errors say what was wrong and how to mend it. */
export function controlRouter({ controlled, contextOf, guard, log }: ControlParts): Router {
  const router = Router();
  router.use(ROOT, guarded(guard, log));
  const arrived = (request: Request): Arrived => {
    const context = contextOf(request);
    const { world, prefix } = context;
    const isTokenRequired = guard.token !== undefined;
    const origin = clientOrigin(request, context);
    return { ...controlled, world, reached: { origin, prefix, isTokenRequired } };
  };
  for (const path of new Set(controlRoutes.map((route) => route.path))) {
    const routes = controlRoutes.filter((route) => route.path === path);
    router.all(path, (request, response) => answer(routes, arrived(request), { request, response, log }));
  }
  router.use(ROOT, (request, response) => {
    const { method } = request;
    const path = ROOT + request.path;
    const near = nearestHint({ method, path }, controlRoutes);
    const text = `There is no control route at this path.${near}`;
    noteUnknownAddress({ method, path, hint: text }, contextOf(request).world, log);
    refuse(response, 404, {
      code: 'TWIN_CONTROL_ROUTE_UNKNOWN',
      error: `${text} GET ${ROOT} describes all of them.`,
    });
  });
  router.use(ROOT, failed(log));
  return router;
}

function guarded(options: GuardOptions, log: Log): RequestHandler {
  return (request, response, next) => {
    const refusal = refusalOf(request, options);
    if (!refusal) return next();
    const { status, message } = refusal;
    const code = status === 401 ? 'TWIN_CONTROL_UNAUTHORIZED' : 'TWIN_CONTROL_FORBIDDEN';
    log.warn(`Control request refused with ${status}: ${message}`, { code });
    if (status === 401) response.set('WWW-Authenticate', 'Bearer realm="twintrack"');
    refuse(response, status, { code, error: message });
  };
}

interface Asked {
  readonly request: Request;
  readonly response: Response;
  readonly log: Log;
}

async function answer(
  routes: readonly ControlRoute[],
  arrived: Arrived,
  { request, response, log }: Asked,
): Promise<void> {
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const route = routes.find((candidate) => candidate.method === method);
  if (!route) return answerOtherMethod(response, request.method, methodsOf(routes));
  try {
    const params = route.params?.parse(request.params) ?? {};
    const query = queryOf(route, splitUrl(request.originalUrl).query);
    const input = await inputOf(route, request);
    // It may have gone to another twin while the body came.
    arrived.world.runner.requireOpen();
    const result = await route.run({ ...arrived, input, params, query });
    // Of whatever world it was: what was asked for has happened for good.
    await Promise.all(arrived.worlds.list().map(({ runner }) => runner.kept()));
    if (route.headers) response.set(route.headers);
    if (route.media === 'text/event-stream') sendLive(request, response, result as LiveAnswer);
    else if (result instanceof LongText) sendText(response, { ...result, log });
    else if (route.media) response.type(route.media).send(String(result));
    else response.json(result);
  } catch (error) {
    const status = statusOf(error);
    if (status === undefined) throw error;
    const details = error instanceof ControlError ? error.more.details : {};
    const text = error instanceof ScenarioError ? positionsOnly(error.report) : (error as Error).message;
    refuse(response, status, { code: codeOf(error), error: text, ...details });
  }
}

/** Answers OPTIONS, and refuses what no route of a path takes. */
function answerOtherMethod(response: Response, method: string, known: string): void {
  response.set('Allow', known);
  if (method === 'OPTIONS') {
    response.status(204).end();
    return;
  }
  const error = `${method} is not known here. Use ${known}.`;
  refuse(response, 405, { code: 'TWIN_CONTROL_METHOD_UNKNOWN', error });
}

/** What every refused control request is answered with. */
interface RefusalAnswer {
  readonly code: TwinErrorCode;
  /** What is wrong, and how to mend it. */
  readonly error: string;
}

function refuse(response: Response, status: number, answered: RefusalAnswer): void {
  response.status(status).json(answered);
}

/** What can be asked at a path, as the header Allow has it. */
function methodsOf(routes: readonly ControlRoute[]): string {
  const methods = routes.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
  return [...methods, 'OPTIONS'].join(', ');
}

/** For a path that cannot be decoded, and for mistakes of ours. */
function failed(log: Log): ErrorRequestHandler {
  // biome-ignore lint/complexity/useMaxParams: Express knows an error handler by its four parameters
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) return next(error);
    const status = error instanceof Error && 'status' in error ? Number(error.status) : 500;
    if (status >= 400 && status < 500) {
      return refuse(response, status, {
        code: 'TWIN_CONTROL_INVALID',
        error: 'The address could not be read.',
      });
    }
    log.error('A mistake of ours while answering a control request', { code: codeOf(error), error });
    const text = 'Something went wrong in Twintrack itself; its log says what.';
    refuse(response, 500, { code: codeOf(error), error: text });
  };
}

const problemStatus = { unknown: 404, taken: 409, refused: 400 } as const;

/** The status of a refusal; undefined for a mistake of ours. */
function statusOf(error: unknown): number | undefined {
  if (error instanceof ControlError || error instanceof BodyError) return error.status;
  if (error instanceof TwinError) return problemStatus[error.kind];
  if (error instanceof NotKeptError) return 500;
  if (error instanceof StateFullError) return 507;
  return error instanceof ScenarioError ? 400 : undefined;
}

const noQuery = z.strictObject({});

/** @throws ControlError */
function queryOf(route: ControlRoute, text: string): Record<string, unknown> {
  const given = new URLSearchParams(text);
  const names = [...given.keys()];
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new ControlError(400, `"${twice.slice(0, 100)}" is given more than once.`);
  const schema = route.query ?? noQuery;
  const data = Object.fromEntries(given);
  const checked = schema.safeParse(data);
  if (checked.success) return checked.data;
  throw new ControlError(400, problemsText(checked.error, schema, data));
}

/** @throws ControlError, BodyError */
async function inputOf(route: ControlRoute, request: Request): Promise<unknown> {
  if (!route.input) return undefined;
  const { body: example } = route.example ?? {};
  const remedy = example === undefined ? '' : ` Send for example ${JSON.stringify(example)}`;
  const { headers } = request;
  const sends = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
  if (sends && !/^application\/json\s*(?:;|$)/i.test(headers['content-type'] ?? '')) {
    throw new ControlError(
      400,
      `A body has to be JSON, and its Content-Type application/json (-H 'Content-Type: application/json' with curl).${remedy}`,
    );
  }
  const body = (await readBody(request, bodyLimits)).toString('utf8');
  if (body.trim() === '') {
    if (route.input.safeParse(undefined).success) return undefined;
    throw new ControlError(400, `A JSON body is expected.${remedy}`);
  }
  let data: unknown;
  try {
    data = parseJson(body);
  } catch (error) {
    if (!(error instanceof JsonProblem)) throw error;
    const { line, column } = lineAndColumn(body, error.offset);
    const at = [`line ${line}, column ${column}`, pathText(error.path)].filter(Boolean).join(', ');
    throw new ControlError(400, `The body cannot be read as JSON (${at}): ${error.message}.${remedy}`);
  }
  const checked = route.input.safeParse(data);
  if (checked.success) return checked.data;
  throw new ControlError(400, problemsText(checked.error, route.input, data) + remedy);
}
