import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));

/** The folder of the installed package: the one with `wsdl/` and `data/`, whether this runs from `src` or `dist`. */
export const packageRoot = folderWith(path.join('wsdl', 'ttsoapcgi.wsdl'));

/** Whether it lies in the executable of `npm run package`, where no other program can read it. */
export const isPacked = packageRoot === process.execPath;

/** A file that the build made, beside the bundle that asks: also while `dist` has another name. */
export function builtFile(...names: string[]): string {
  return path.join(folderWith('wsdl-model-newest.json'), ...names);
}

/** The nearest folder above this one that holds a file. */
function folderWith(file: string, folder = here): string {
  if (existsSync(path.join(folder, file))) return folder;
  const parent = path.dirname(folder);
  if (parent === folder) throw new Error(`The package is not whole: ${file} is missing.`);
  return folderWith(file, parent);
}
