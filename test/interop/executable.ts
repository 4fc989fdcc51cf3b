import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';
import { stateOf } from '../../scripts/built.mjs';
import { packageRoot } from '../../src/package/package-root.ts';

/** What `npm run package` makes on this machine. */
export const executable = path.join(packageRoot, 'executable', `twintrack-linux-${process.arch}`);

/** Runs once before the suite: its programs use what users get, `dist` and the executable made of it. */
export function setup(): void {
  const made = (file: string) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (
    stateOf(packageRoot) === 'fresh' &&
    made(executable) > made(path.join(packageRoot, 'dist', 'built.json'))
  )
    return;
  execFileSync(process.execPath, ['--import', 'tsx', 'scripts/package.ts'], { cwd: packageRoot });
}
