import type { IncomingMessage } from 'node:http';
import type { Log } from '../log/log.ts';
import type { HostedWorld } from '../worlds/hosted-world.ts';
import type { Worlds } from '../worlds/worlds.ts';
import { isControlPath, isForClients, type RequestContext, type RequestUrl } from './endpoint.ts';

/** The header by which a client that can set one chooses its world. */
export const worldHeader = 'x-twintrack-world';

const controlledPattern = /^\/__admin\/worlds\/([^/]+)/;

const prefixPattern = /^\/w\/([^/]+)(\/.*)?$/;

/**
 * Finds the world of a request: by the address (`/w/<name>/…`, for clients that can only be given a URL), by the
 * header, or the world that the port belongs to (for clients that cannot even be given a path).
 *
 * @param own the world of the port
 * @param publicUrl what addresses for clients begin with, where the twin was told so
 * @returns a function that throws WorldError for a world that is not there
 */
export function requestContexts(
  worlds: Worlds,
  own: string,
  publicUrl?: string,
): (request: IncomingMessage, url: RequestUrl) => RequestContext {
  return (request, { path, query }) => {
    const named = namedIn(request, path);
    const world = worlds.require(named.name ?? own);
    return { path: named.path, query, prefix: named.prefix, world, publicUrl };
  };
}

/**
 * Makes the world that a request names, as a fork of the main one, so that `requestContexts` finds it: for a twin whose
 * worlds come to be on their first use. What clients of the products begin with and control requests make one; what a
 * browser asks for by itself does not.
 *
 * @param mayControl whether a control request is one of somebody who may make worlds
 * @returns a function that gives undefined for a request that makes none, or a promise that may be rejected with
 * WorldError or NotKeptError
 */
export function worldsOnDemand(
  worlds: Worlds,
  { mayControl, log }: { readonly mayControl: (request: IncomingMessage) => boolean; readonly log: Log },
): (request: IncomingMessage, url: RequestUrl) => Promise<void> | undefined {
  return (request, url) => {
    const { name, path } = namedIn(request, url.path);
    if (name === undefined) return undefined;
    const makes = isForClients(path) || (isControlPath(path) && mayControl(request));
    if (!makes) return undefined;
    return worlds.provide(name).then(() => log.info(`The world "${name}" was made for its first request`));
  };
}

/**
 * The world that a request is about: the one that it names, or the one that a control request has in its path, as balancers
 * look for it (deploy/haproxy.cfg).
 *
 * @param own the world of the port
 */
export function worldAbout(
  request: IncomingMessage,
  { path }: Pick<RequestUrl, 'path'>,
  own: string,
): string {
  const named = namedIn(request, path);
  if (named.name !== undefined) return named.name;
  const [, inPath] = controlledPattern.exec(path) ?? [];
  return inPath === undefined ? own : decodedName(inPath);
}

/** What a request says of its world: its name, if it says one, and the path within it. */
function namedIn(
  request: IncomingMessage,
  path: string,
): { readonly name: string | undefined; readonly path: string; readonly prefix: string } {
  if (path.startsWith('/w/')) {
    const [, name = '', rest = '/'] = prefixPattern.exec(path) ?? [];
    return { name: decodedName(name), path: rest, prefix: `/w/${name}` };
  }
  const named = request.headers[worldHeader];
  return { name: typeof named === 'string' && named !== '' ? named : undefined, path, prefix: '' };
}

/**
 * Finds the world that a path is in, without a request: of one that cannot be read, the path may be all that is known.
 *
 * @returns a function that gives undefined for a world that is not there
 */
export function worldsAt(worlds: Worlds, own: string): (path: string) => HostedWorld | undefined {
  return (path) => {
    const [, name] = prefixPattern.exec(path) ?? [];
    const world = worlds.find(name === undefined ? own : decodedName(name));
    return world ?? worlds.find(own);
  };
}

/** The name of a world in a path; one that is no percent-encoding is taken as it stands, and no world has it. */
export function decodedName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
