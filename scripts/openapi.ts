import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openApiDocument, usualReach } from '../src/control/openapi.ts';
import { routeGroups } from '../src/control/routes.ts';
import { version } from '../src/version.ts';

// Run by `npm run openapi`: writes the description of the control routes as it goes with the package, for whoever
// wants to make a client of it without a running twin.

export const openApiFile = new URL('../docs/openapi.json', import.meta.url);

/** The document of a twin that was started without a word, as text. */
export function openApiText(): string {
  return `${JSON.stringify(openApiDocument(routeGroups, { version, reached: usualReach }), null, 1)}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(openApiFile, openApiText());
}
