import { readFile } from 'node:fs/promises';
import { builtFile } from '../package/package-root.ts';
import type { ConsoleFiles } from './bundle.ts';

/** As the build made it. Stands in for `bundle.ts` in `dist` and nowhere else. */
export async function consoleFiles(): Promise<ConsoleFiles> {
  const [script, style] = await Promise.all([
    readFile(builtFile('console/main.js'), 'utf8'),
    readFile(builtFile('console/console.css'), 'utf8'),
  ]);
  return { script, style };
}
