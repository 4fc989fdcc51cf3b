/**
 * `npm start`: the command line of this folder, built first if it is not what the sources say.
 *
 *     node scripts/run.mjs serve --port 9000
 */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { stateOf } from './built.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const why = {
  missing: 'Building Twintrack for the first time; later starts take under a second.',
  outdated: 'The sources have changed: building Twintrack again.',
  incomplete: 'The folder dist is not whole: building Twintrack again.',
};
const state = stateOf(root);
if (state === 'fresh' || isBuilt(state)) {
  await import(pathToFileURL(path.join(root, 'dist', 'cli', 'main.js')).href);
}

function isBuilt(before) {
  process.stderr.write(`${why[before]}\n`);
  const tsx = installedTsx();
  if (tsx === undefined) {
    process.stderr.write('The packages that build it are not installed. Run: npm ci\n');
    process.exitCode = 2;
    return false;
  }
  const { status } = spawnSync(process.execPath, [tsx, path.join(root, 'scripts', 'build.ts')], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (status === 0) return true;
  process.stderr.write(
    'It could not be built; the lines above say why. "npm ci" installs what is missing.\n',
  );
  process.exitCode = 1;
  return false;
}

function installedTsx() {
  try {
    return createRequire(import.meta.url).resolve('tsx/cli');
  } catch {
    return undefined;
  }
}
