import { type Request, type RequestHandler, type Response, Router } from 'express';
import { didYouMeanHint } from '../did-you-mean.ts';
import { BodyProblem, readBody } from '../http/body.ts';
import { splitUrl, type Visit } from '../http/endpoint.ts';
import type { Log } from '../log/log.ts';
import { problemsOf } from '../scenario/issues.ts';
import { ScenarioError } from '../scenario/problem.ts';
import { SnapshotProblem } from '../snapshots/snapshots.ts';
import { NotKept } from '../world/keeper.ts';
import type { HostedWorld } from '../worlds/hosted-world.ts';
import { WorldProblem } from '../worlds/world-problem.ts';
import { type GuardOptions, refusalOf } from './guard.ts';
import { type Controlled, ControlProblem, type ControlRoute } from './route.ts';
import { controlRoutes } from './routes.ts';

const ROOT = '/__admin';

/** Control requests are short; anything longer is a mistake. */
const bodyLimits = { maxBody: 100 * 1024, gzipRatio: 100 };

export interface ControlParts {
  readonly controlled: Controlled;
  /** The world that a request is for. */
  readonly visitOf: (request: Request) => Visit;
  readonly guard: GuardOptions;
  readonly log: Log;
}

/** All control routes behind one guard. Answers are JSON, errors say what was wrong and how to mend it. */
export function controlRouter({ controlled, visitOf, guard, log }: ControlParts): Router {
  const router = Router();
  router.use(ROOT, guarded(guard, log));
  for (const path of new Set(controlRoutes.map((route) => route.path))) {
    const routes = controlRoutes.filter((route) => route.path === path);
    router.all(path, (request, response) =>
      answer(routes, { ...controlled, world: visitOf(request).world }, request, response),
    );
  }
  router.use(ROOT, (request, response) => {
    const path = ROOT + request.path;
    const near = didYouMeanHint(path, new Set(controlRoutes.map((route) => route.path)));
    response.status(404).json({ error: `There is no control route at this path.${near}` });
  });
  return router;
}

function guarded(options: GuardOptions, log: Log): RequestHandler {
  return (request, response, next) => {
    const refusal = refusalOf(request, options);
    if (!refusal) return next();
    log.warn(`Control request refused with ${refusal.status}: ${refusal.message}`);
    if (refusal.status === 401) response.set('WWW-Authenticate', 'Bearer realm="twintrack"');
    response.status(refusal.status).json({ error: refusal.message });
  };
}

async function answer(
  routes: readonly ControlRoute[],
  controlled: Controlled & { readonly world: HostedWorld },
  request: Request,
  response: Response,
): Promise<void> {
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const route = routes.find((candidate) => candidate.method === method);
  if (!route) {
    response.set('Allow', routes.map((known) => known.method).join(', '));
    if (method === 'OPTIONS') response.status(204).end();
    else response.status(405).json({ error: `${method} is not known here. Use ${response.get('Allow')}.` });
    return;
  }
  try {
    const input = await inputOf(route, request);
    const query = new URLSearchParams(splitUrl(request.originalUrl).query);
    const params = request.params as Record<string, string>;
    const result = await route.run({ ...controlled, input, params, query });
    // Of whatever world it was: what was asked for has happened for good.
    await Promise.all(controlled.worlds.list().map(({ runner }) => runner.kept()));
    response.json(result);
  } catch (error) {
    const status = statusOf(error);
    if (status === undefined) throw error;
    const details = error instanceof ControlProblem ? error.details : {};
    response.status(status).json({ error: (error as Error).message, ...details });
  }
}

const problemStatus = { unknown: 404, taken: 409, refused: 400 } as const;

/** The status of a refusal; undefined for a mistake of ours. */
function statusOf(error: unknown): number | undefined {
  if (error instanceof ControlProblem || error instanceof BodyProblem) return error.status;
  if (error instanceof WorldProblem || error instanceof SnapshotProblem) return problemStatus[error.kind];
  if (error instanceof NotKept) return 500;
  return error instanceof ScenarioError ? 400 : undefined;
}

/** @throws ControlProblem, BodyProblem */
async function inputOf(route: ControlRoute, request: Request): Promise<unknown> {
  if (!route.input) return undefined;
  const remedy = route.example === undefined ? '' : ` Send for example ${route.example}`;
  const body = (await readBody(request, bodyLimits)).toString('utf8');
  if (body.trim() === '' && route.isInputOptional) return undefined;
  if (body.trim() === '') throw new ControlProblem(400, `A JSON body is expected.${remedy}`);
  let data: unknown;
  try {
    data = JSON.parse(body);
  } catch (error) {
    throw new ControlProblem(400, `The body is not JSON (${(error as Error).message}).${remedy}`);
  }
  const checked = route.input.safeParse(data);
  if (checked.success) return checked.data;
  const problems = problemsOf(checked.error, route.input, data).map(({ where, message }) =>
    where === '' ? message : `${where}: ${message}`,
  );
  const text = problems.join('; ');
  throw new ControlProblem(400, `${text}${/[.?]$/.test(text) ? '' : '.'}${remedy}`);
}
