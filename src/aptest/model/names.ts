/**
 * Test and requirement names. On disk every folder ends in `.dir` and the test in `.bts`; plain names go without
 * (documented). Vendor examples pass both forms where a plain name is due, so both are read everywhere.
 */

/** `A.dir/B.bts` as `A/B`: the plain name that two spellings of one test share. */
export function plainName(id: string): string {
  if (!id.includes('.')) return trimSlashes(id);
  const parts = trimSlashes(id).split('/');
  return parts
    .map((part, at) => part.replace(at === parts.length - 1 ? /\.(bts|dir)$/ : /\.dir$/, ''))
    .join('/');
}

/** `A/B` as `A.dir/B.bts`: the full form that answers carry. A name that is in full form stays as it is. */
export function fullId(name: string, ending = '.bts'): string {
  const parts = plainName(name).split('/');
  return parts.map((part, at) => part + (at === parts.length - 1 ? ending : '.dir')).join('/');
}

/** The long display form: no endings, a blank after each slash (documented at `displayId`). */
export function displayName(id: string): string {
  return plainName(id).replaceAll('/', '/ ');
}

/** What a UUID is compared by: case does not count (inferred; vendor samples are in upper case). */
export function uuidKey(uuid: string): string {
  return uuid.trim().toUpperCase();
}

/** A set or group path without blanks and slashes at its ends. */
export function trimmedPath(text: string): string {
  return trimSlashes(text.trim());
}

/** The group that holds a set or group; empty for the root. */
export function parentOf(path: string): string {
  const at = path.lastIndexOf('/');
  return at < 0 ? '' : path.slice(0, at);
}

/** A name within a group as a path. */
export function joined(group: string, name: string): string {
  return group === '' ? name : `${group}/${name}`;
}

function trimSlashes(text: string): string {
  return text.startsWith('/') || text.endsWith('/') ? text.replace(/^\/+|\/+$/g, '') : text;
}
