/** One step into data that a person wrote: a key of a map, or the place in a list. */
export type PathStep = string | number;

/** A path that is put together only when there is something to say: most of what is read gives no reason to. */
export type LazyPath = () => readonly PathStep[];

/** Writes a path as `testtrack.projects[0].users`. */
export function pathText(path: readonly PathStep[]): string {
  return path
    .map((step, at) => {
      if (typeof step === 'number') return `[${step}]`;
      if (!/^[\w-]+$/.test(step)) return `[${JSON.stringify(step.slice(0, 60))}]`;
      return at === 0 ? step : `.${step}`;
    })
    .join('');
}
