import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the installed package: the one with `wsdl/` and `data/`, whether this runs from `src` or `dist`. */
export const packageRoot = findRoot(path.dirname(fileURLToPath(import.meta.url)));

function findRoot(folder: string): string {
  if (existsSync(path.join(folder, 'wsdl', 'ttsoapcgi.wsdl'))) return folder;
  const parent = path.dirname(folder);
  if (parent === folder) throw new Error('The package is not whole: its folder wsdl/ is missing.');
  return findRoot(parent);
}
