import type { IncomingMessage } from 'node:http';
import type { HostedWorld } from '../worlds/hosted-world.ts';
import type { Worlds } from '../worlds/worlds.ts';
import type { RequestContext, RequestUrl } from './endpoint.ts';

/** The header by which a client that can set one chooses its world. */
export const worldHeader = 'x-twintrack-world';

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
    if (path.startsWith('/w/')) {
      const [, name = '', rest = '/'] = prefixPattern.exec(path) ?? [];
      return { path: rest, query, prefix: `/w/${name}`, world: worlds.require(decoded(name)), publicUrl };
    }
    const named = request.headers[worldHeader];
    const world = worlds.require(typeof named === 'string' && named !== '' ? named : own);
    return { path, query, prefix: '', world, publicUrl };
  };
}

/**
 * Finds the world that a path is in, without a request: of one that cannot be read, the path may be all that is known.
 *
 * @returns a function that gives undefined for a world that is not there
 */
export function worldsAt(worlds: Worlds, own: string): (path: string) => HostedWorld | undefined {
  return (path) => {
    const [, name] = prefixPattern.exec(path) ?? [];
    const world = worlds.find(name === undefined ? own : decoded(name));
    return world ?? worlds.find(own);
  };
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
