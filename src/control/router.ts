import { type Request, type RequestHandler, type Response, Router } from 'express';
import { BodyProblem, readBody } from '../http/body.ts';
import type { Log } from '../log/log.ts';
import { didYouMeanHint } from '../scenario/did-you-mean.ts';
import { problemsOf } from '../scenario/issues.ts';
import { type GuardOptions, refusalOf } from './guard.ts';
import { type Controlled, ControlProblem, type ControlRoute, controlRoutes } from './routes.ts';

const ROOT = '/__admin';

/** Control requests are short; anything longer is a mistake. */
const bodyLimits = { maxBody: 100 * 1024, gzipRatio: 100 };

/** All control routes behind one guard. Answers are JSON, errors say what was wrong and how to mend it. */
export function controlRouter(controlled: Controlled, guard: GuardOptions, log: Log): Router {
  const router = Router();
  router.use(ROOT, guarded(guard, log));
  for (const path of new Set(controlRoutes.map((route) => route.path))) {
    const routes = controlRoutes.filter((route) => route.path === path);
    router.all(path, (request, response) => answer(routes, controlled, request, response));
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
  controlled: Controlled,
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
    response.json(route.run(controlled, await inputOf(route, request)));
  } catch (error) {
    if (!(error instanceof ControlProblem || error instanceof BodyProblem)) throw error;
    response.status(error.status).json({ error: error.message });
  }
}

/** @throws ControlProblem, BodyProblem */
async function inputOf(route: ControlRoute, request: Request): Promise<unknown> {
  if (!route.input) return undefined;
  const remedy = route.example === undefined ? '' : ` Send for example ${route.example}`;
  const body = (await readBody(request, bodyLimits)).toString('utf8');
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
