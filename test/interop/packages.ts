import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** The Debian packages that bring the clients of this suite; `.ci/run` installs the same list. */
const packages = readFileSync(new URL('packages.txt', import.meta.url), 'utf8')
  .trim()
  .split('\n');

/**
 * Runs once before the suite. A client that is not there must not pass for one that works, so the suite ends here.
 *
 * @throws Error that names every missing package and the command that gets them
 */
export function setup(): void {
  const missing = missingPackages();
  if (missing.length === 0) return;
  throw new Error(
    `The interop suite runs clients that this machine does not have: ${missing.join(', ')}.\n` +
      `Get them on Debian 12 with: apt-get update && apt-get install -y --no-install-recommends ${missing.join(' ')}`,
  );
}

/** Programs that cloud tools bring as well, by the package they are in here: dpkg does not put one over the other. */
const elsewhere: Readonly<Record<string, string>> = { 'kubernetes-client': 'kubectl' };

function missingPackages(): string[] {
  const { stdout } = spawnSync('dpkg', ['--get-selections', ...packages], { encoding: 'utf8' });
  const lines = (stdout ?? '').matchAll(/^([^\s:]+)(?::\w+)?\s+(?:install|hold)$/gm);
  const installed = new Set([...lines].map(([, name]) => name));
  return packages.filter((name) => !installed.has(name) && !isThere(elsewhere[name]));
}

const isThere = (program: string | undefined) =>
  program !== undefined && spawnSync('which', [program]).status === 0;
