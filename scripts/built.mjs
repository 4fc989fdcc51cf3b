/**
 * Whether `dist` is what the sources say, and how a new one takes its place. Plain JavaScript, because `npm start` asks
 * this at each start, before anything is compiled.
 */
import { createHash, randomUUID } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** What a build reads, below the folder of the package. */
const sources = ['src', 'scripts', 'wsdl', 'data/defaults', 'scenarios', 'package.json', 'package-lock.json'];

/** The last file of a build, within `dist`: of which sources it is, and which files it has. */
const SEAL = 'built.json';

/** A hash of all that a build reads. By content and not by time: a checkout or a copy changes the times only. */
export function fingerprint(root) {
  const hash = createHash('sha256');
  for (const file of sources.flatMap((name) => filesBelow(root, name))) {
    const content = readFileSync(path.join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/**
 * Whether `dist` is whole and made from the sources as they are.
 *
 * @returns `fresh`; or why not: `missing`, `incomplete` (a build or a copy was cut off), `outdated`
 */
export function stateOf(root, dist = path.join(root, 'dist')) {
  let seal;
  try {
    seal = JSON.parse(readFileSync(path.join(dist, SEAL), 'utf8'));
  } catch {
    return lstatSync(dist, { throwIfNoEntry: false }) ? 'incomplete' : 'missing';
  }
  const isWhole = Object.entries(seal.sizes).every(
    ([file, size]) => statSync(path.join(dist, file), { throwIfNoEntry: false })?.size === size,
  );
  if (!isWhole) return 'incomplete';
  return seal.fingerprint === fingerprint(root) ? 'fresh' : 'outdated';
}

/** Writes down that everything in this folder was built. @param of the fingerprint of the sources before the build */
export function seal(folder, of) {
  const sizes = Object.fromEntries(
    filesBelow(folder, '').map((file) => [file, statSync(path.join(folder, file)).size]),
  );
  writeFileSync(path.join(folder, SEAL), JSON.stringify({ fingerprint: of, sizes }));
}

/** Puts a built folder where `dist` is, as a whole: programs that run from the old one have read what they need. */
export function exchange(built, dist) {
  for (let attempt = 1; ; attempt += 1) {
    const old = `${dist}.old-${randomUUID()}`;
    try {
      renameSync(dist, old);
    } catch (error) {
      if (error.code !== 'ENOENT') throw error;
    }
    try {
      renameSync(built, dist);
      return;
    } catch (error) {
      // Another build was quicker between the two steps.
      if (attempt === 5 || !['ENOTEMPTY', 'EEXIST'].includes(error.code)) throw error;
    } finally {
      rmSync(old, { recursive: true, force: true });
    }
  }
}

/** The files below a folder, or the file itself, in an order that is the same everywhere; names have slashes. */
function filesBelow(root, name) {
  const full = path.join(root, name);
  if (!statSync(full).isDirectory()) return [name];
  return readdirSync(full)
    .sort()
    .flatMap((entry) => filesBelow(root, path.posix.join(name, entry)));
}
