import { z } from 'zod';
import { descriptionPage, pagePolicy } from './description-page.ts';
import { openApiDocument } from './openapi.ts';
import { type ControlRequest, type ControlRoute, controlRoute, type RouteGroup } from './route.ts';

/**
 * What the control routes are, for people and for programs.
 *
 * @param groups gives all of them, these included; asked when a request comes
 */
export function descriptionRoutes(groups: () => readonly RouteGroup[]): readonly ControlRoute[] {
  const documentFor = ({ version, reached }: Pick<ControlRequest, 'version' | 'reached'>) =>
    openApiDocument(groups(), { version, reached });
  return [
    controlRoute({
      method: 'GET',
      path: '/__admin',
      id: 'readDescription',
      purpose: 'Describes every control route as a page, each with an example for curl',
      media: 'text/html',
      headers: { 'Content-Security-Policy': pagePolicy },
      gives: 'The page; it needs nothing else to be shown.',
      answer: z.string(),
      run: (request) => descriptionPage(documentFor(request)),
    }),
    controlRoute({
      method: 'GET',
      path: '/__admin/openapi.json',
      id: 'getOpenApi',
      purpose: 'Describes every control route as an OpenAPI 3.1 document',
      gives: 'The document.',
      answer: z.looseObject({
        openapi: z.literal('3.1.1'),
        info: z.looseObject({}),
        paths: z.looseObject({}),
      }),
      run: (request) => ({ ...documentFor(request) }),
    }),
  ];
}
