import type { JSX } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { TwinApi } from './api.ts';
import { ApTestView } from './aptest-view.tsx';
import { CallsView } from './calls-view.tsx';
import { ClockView } from './clock-view.tsx';
import { HoldersView } from './holders-view.tsx';
import { at, ConsoleContext, useLive, useRoute } from './hooks.ts';
import type { Connection, Live } from './live.ts';
import { OverviewView } from './overview-view.tsx';
import { RulesView } from './rules-view.tsx';
import { ScenarioView } from './scenario-view.tsx';
import { SnapshotsView } from './snapshots-view.tsx';
import { TestTrackView } from './testtrack-view.tsx';
import { ThemeSwitch } from './theme.tsx';
import { Tour } from './tour.tsx';
import { Dialog, InputField, momentText } from './widgets.tsx';
import { WorldsView } from './worlds-view.tsx';

const views: Readonly<Record<string, { readonly title: string; readonly show: () => JSX.Element }>> = {
  overview: { title: 'Overview', show: OverviewView },
  calls: { title: 'Calls', show: CallsView },
  testtrack: { title: 'TestTrack', show: TestTrackView },
  holders: { title: 'Locks and sessions', show: HoldersView },
  aptest: { title: 'ApTest', show: ApTestView },
  clock: { title: 'Clock', show: ClockView },
  rules: { title: 'Fault rules', show: RulesView },
  worlds: { title: 'Worlds', show: WorldsView },
  snapshots: { title: 'Snapshots', show: SnapshotsView },
  scenario: { title: 'Scenario', show: ScenarioView },
};

/** The whole page. */
export function Shell({ api, live }: { api: TwinApi; live: Live }): JSX.Element {
  const [said, setSaid] = useState<{ text: string; isProblem: boolean } | undefined>();
  const [wantsToken, setWantsToken] = useState(false);
  const [tourStep, setTourStep] = useState<number | undefined>();
  const say = useCallback((text: string, isProblem = false) => setSaid({ text, isProblem }), []);
  const page = useMemo(() => ({ api, live, say }), [api, live, say]);
  useEffect(() => api.onTokenWanted(() => setWantsToken(true)), [api]);
  useEffect(() => {
    if (said === undefined || said.isProblem) return undefined;
    const timer = setTimeout(() => setSaid(undefined), 5000);
    return () => clearTimeout(timer);
  }, [said]);
  const enter = (token: string) => {
    api.token = token;
    setWantsToken(false);
    void live.run();
    dispatchEvent(new HashChangeEvent('hashchange'));
  };
  return (
    <ConsoleContext.Provider value={page}>
      <button type="button" class="skip" onClick={() => document.getElementById('content')?.focus()}>
        Skip to the content
      </button>
      <TopBar />
      <div class="frame">
        <Navigation />
        <main id="content" tabIndex={-1} key={String(wantsToken)}>
          <CurrentView startTour={() => setTourStep(0)} />
        </main>
      </div>
      <div class="said" role="status" aria-live="polite">
        {said && (
          <p class={said.isProblem ? 'problem' : 'done'}>
            {said.text}{' '}
            <button type="button" class="plain" onClick={() => setSaid(undefined)}>
              Dismiss
            </button>
          </p>
        )}
      </div>
      {wantsToken && <TokenDialog enter={enter} />}
      {tourStep !== undefined && <Tour step={tourStep} go={setTourStep} />}
    </ConsoleContext.Provider>
  );
}

function CurrentView({ startTour }: { startTour: () => void }): JSX.Element {
  const { view } = useRoute();
  const { title, show: View } = views[view] ?? { title: 'Not here', show: Unknown };
  // With the view, not a moment after it.
  useLayoutEffect(() => {
    document.title = `${title} – Twintrack`;
  }, [title]);
  return (
    <>
      <div class="title-row">
        <h1>{title}</h1>
        {view === 'overview' && (
          <button type="button" class="plain" onClick={startTour}>
            Take the tour
          </button>
        )}
      </div>
      <View />
    </>
  );
}

function Unknown(): JSX.Element {
  return <p class="quiet">There is no such view. Choose one from the list.</p>;
}

function Navigation(): JSX.Element {
  const { view } = useRoute();
  const list = useRef<HTMLElement>(null);
  // On a narrow screen the names stand in a row that scrolls.
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [view]);
  return (
    <nav aria-label="Views" ref={list}>
      <ul>
        {Object.entries(views).map(([name, { title }]) => (
          <li key={name}>
            <a href={at(name)} aria-current={name === view ? 'page' : undefined}>
              {title}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

const connectionWords: Readonly<Record<Connection, string>> = {
  connecting: 'connecting',
  live: 'live',
  lost: 'connection lost, trying again',
  refused: 'not let in',
  gone: 'this world is gone',
};

function TopBar(): JSX.Element {
  const live = useLive();
  const clock = live.shownClock;
  return (
    <header class="top">
      <a class="brand" href={at('overview')}>
        Twintrack
      </a>
      <span>
        world <strong>{live.world || '…'}</strong>
      </span>
      <span class="number" title="The clock of this world, in UTC">
        {clock ? `${momentText(clock.now)} · ${clock.mode}` : '…'}
      </span>
      <span class={`connection ${live.connection}`} role="status">
        {connectionWords[live.connection]}
      </span>
      <ThemeSwitch />
    </header>
  );
}

function TokenDialog({ enter }: { enter: (token: string) => void }): JSX.Element {
  const [token, setToken] = useState('');
  const submit = (event: Event) => {
    event.preventDefault();
    if (token !== '') enter(token);
  };
  return (
    <Dialog title="This twin wants a token" close={() => {}}>
      <form onSubmit={submit}>
        <p>
          It was started with one (<code>--admin-token</code>). This page keeps it until the tab is closed.
        </p>
        <InputField label="Token" type="password" value={token} set={setToken} required />
        <p class="row">
          <button type="submit" class="main">
            Go on
          </button>
        </p>
      </form>
    </Dialog>
  );
}
