import { didYouMean } from './did-you-mean.ts';

/** An address of the twin, and the method that it takes. */
export interface Address {
  readonly method: string;
  readonly path: string;
}

/**
 * The address that was probably meant by a request to a wrong one: the nearest as a whole, else the one that ends most
 * like it, because clients are given a host and leave the folders out. Those of the same method come first.
 *
 * @param known paths may have parts such as `:name`, which stand for whatever the request has there
 */
function nearestAddress({ method, path }: Address, known: readonly Address[]): Address | undefined {
  const asked = method === 'HEAD' ? 'GET' : method;
  const same = known.filter((each) => each.method === asked);
  return nearestOf(path, same) ?? nearestOf(path, known);
}

function nearestOf(path: string, known: readonly Address[]): Address | undefined {
  const whole = known.map((each) => ({ ...each, path: filled(each.path, path) }));
  const near =
    didYouMean(
      path,
      whole.map((each) => each.path),
    ) ??
    nearestEnd(
      path,
      whole.map((each) => each.path),
    );
  return whole.find((each) => each.path === near);
}

function nearestEnd(path: string, known: readonly string[]): string | undefined {
  const near = endOf(path) === '' ? undefined : didYouMean(endOf(path), known.map(endOf));
  return near === undefined ? undefined : known.find((each) => endOf(each) === near);
}

function endOf(path: string): string {
  return path.replace(/\/+$/, '').split('/').at(-1) ?? '';
}

/** The path of a route with what a request has in the places that have a name. */
function filled(path: string, asked: string): string {
  const parts = asked.split('/');
  return path
    .split('/')
    .map((part, at) => (part.startsWith(':') ? parts[at] || part : part))
    .join('/');
}

/** ` Did you mean POST /run/rpc.mpl?`, ready to follow a sentence; empty when nothing is near. */
export function nearestHint(asked: Address, known: readonly Address[]): string {
  const near = nearestAddress(asked, known);
  return near === undefined ? '' : ` Did you mean ${near.method} ${near.path}?`;
}
