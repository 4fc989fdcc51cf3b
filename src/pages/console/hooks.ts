import { createContext } from 'preact';
import { useCallback, useContext, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Parameters, TwinApi } from './api.ts';
import type { Live } from './live.ts';

/** What every view stands on. */
export interface Page {
  readonly api: TwinApi;
  readonly live: Live;
  /** Says something to the user for a moment; also to those who hear the page. */
  readonly say: (text: string, isProblem?: boolean) => void;
}

export const ConsoleContext = createContext<Page | undefined>(undefined);

/** The page that a view is part of. */
export function usePage(): Page {
  const page = useContext(ConsoleContext);
  if (!page) throw new Error('a view is part of the page');
  return page;
}

/** The live knowledge of the world; the view is drawn anew with each change. */
export function useLive(): Live {
  const { live } = usePage();
  const [, redraw] = useState(0);
  useEffect(() => live.listen(() => redraw((count) => count + 1)), [live]);
  return live;
}

/** What a question to the twin gave. */
export interface Fetched<Answer> {
  readonly data: Answer | undefined;
  readonly problem: string | undefined;
  readonly again: () => void;
}

/** Many changes within a moment are one to a reader. */
const momentMs = 150;

/** So many times as long as an answer took it is not asked for anew: pages that watch a busy world leave the twin its time. */
const restTimes = 9;
const longestRestMs = 5000;

/**
 * A count of changes as a view follows it: no sooner than it may ask again.
 *
 * @returns the count, and what every question goes through
 */
export function useChanges(count: number): readonly [number, <A>(question: Promise<A>) => Promise<A>] {
  const [followed, follow] = useState(count);
  const restsUntil = useRef(0);
  useEffect(() => {
    if (count === followed) return undefined;
    const wait = () => {
      if (performance.now() >= restsUntil.current) follow(count);
      else timer = setTimeout(wait, momentMs);
    };
    let timer = setTimeout(wait, momentMs);
    return () => clearTimeout(timer);
  }, [count, followed]);
  const timed = useCallback(async <A>(question: Promise<A>): Promise<A> => {
    const begun = performance.now();
    restsUntil.current = Number.POSITIVE_INFINITY;
    try {
      return await question;
    } finally {
      const now = performance.now();
      restsUntil.current = now + Math.min(longestRestMs, (now - begun) * restTimes);
    }
  }, []);
  return [followed, timed];
}

/**
 * Asks the twin, and asks again whenever a table changes whose path holds one of the texts in `tables`, or `when` is
 * another.
 *
 * @param path below `/__admin`; undefined asks nothing
 */
export function useFetched<Answer>(
  path: string | undefined,
  query: Parameters = {},
  { tables = [], when = 0 }: { readonly tables?: readonly string[]; readonly when?: number } = {},
): Fetched<Answer> {
  const { api } = usePage();
  const live = useLive();
  const [answer, setAnswer] = useState<{ url?: string; data?: Answer; problem?: string }>({});
  const [asked, setAsked] = useState(0);
  const url = path === undefined ? undefined : api.url(path, query);
  const [changes, timed] = useChanges(tables.reduce((sum, part) => sum + live.versionOf(part), when));
  useLayoutEffect(() => {
    if (url === undefined) return undefined;
    let isWanted = true;
    timed(api.send<Answer>('GET', url)).then(
      (data) => isWanted && setAnswer({ url, data }),
      (error: Error) => isWanted && setAnswer({ url, problem: error.message }),
    );
    return () => {
      isWanted = false;
    };
  }, [api, timed, url, changes, asked]);
  const again = useCallback(() => setAsked((count) => count + 1), []);
  // The answer to another question is none to this one.
  const isOwn = answer.url === url;
  return { data: isOwn ? answer.data : undefined, problem: isOwn ? answer.problem : undefined, again };
}

/** Lets the twin do something, and says how it went. */
export function useAct(): (work: () => Promise<unknown>, done: string) => Promise<boolean> {
  const { say } = usePage();
  return useCallback(
    async (work, done) => {
      try {
        await work();
        say(done);
        return true;
      } catch (error) {
        say((error as Error).message, true);
        return false;
      }
    },
    [say],
  );
}

/** Where the page is: `#/testtrack?project=…`. */
export interface Route {
  readonly view: string;
  readonly query: Readonly<Record<string, string>>;
}

function routeOf(hash: string): Route {
  const [, view = '', text = ''] = /^#\/([\w-]*)(?:\?(.*))?$/.exec(hash) ?? [];
  return { view: view === '' ? 'overview' : view, query: Object.fromEntries(new URLSearchParams(text)) };
}

/** The address of a view. */
export function at(view: string, query: Parameters = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return `#/${view}${text === '' ? '' : `?${text}`}`;
}

export function useRoute(): Route {
  const [route, setRoute] = useState(() => routeOf(location.hash));
  useEffect(() => {
    const changed = () => setRoute(routeOf(location.hash));
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
  return route;
}
