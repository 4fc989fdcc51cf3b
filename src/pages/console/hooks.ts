import { createContext } from 'preact';
import { useCallback, useContext, useEffect, useState } from 'preact/hooks';
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

/**
 * Asks the twin, and asks again whenever a table changes whose path holds one of the texts in `tables`, or `when` is
 * another.
 *
 * @param path below `/__admin`; undefined asks nothing
 */
export function useFetched<Answer>(
  path: string | undefined,
  query: Parameters = {},
  { tables = [], when = '' }: { readonly tables?: readonly string[]; readonly when?: string } = {},
): Fetched<Answer> {
  const { api } = usePage();
  const live = useLive();
  const [answer, setAnswer] = useState<{ url?: string; data?: Answer; problem?: string }>({});
  const [asked, setAsked] = useState(0);
  const url = path === undefined ? undefined : api.url(path, query);
  const version = tables.reduce((sum, part) => sum + live.versionOf(part), 0);
  useEffect(() => {
    if (url === undefined) return undefined;
    let isWanted = true;
    // Many changes within a moment are one to a reader.
    const timer = setTimeout(
      () =>
        api.send<Answer>('GET', url).then(
          (data) => isWanted && setAnswer({ url, data }),
          (error: Error) => isWanted && setAnswer({ url, problem: error.message }),
        ),
      version === 0 ? 0 : 150,
    );
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [api, url, version, asked, when]);
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
