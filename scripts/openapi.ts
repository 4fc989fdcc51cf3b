import { openApiDocument, usualReach } from '../src/control/openapi.ts';
import { routeGroups } from '../src/control/routes.ts';
import { version } from '../src/package/version.ts';

/**
 * The description of the control routes of a twin that was started without options. It goes with the package, to make
 * a client from without a running twin.
 */
export function openApiText(): string {
  return `${JSON.stringify(openApiDocument(routeGroups, { version, reached: usualReach }), null, 1)}\n`;
}
