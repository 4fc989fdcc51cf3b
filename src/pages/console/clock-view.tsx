import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useAct, useFetched, useLive, usePage } from './hooks.ts';
import type { ClockShown, DueShown } from './types.ts';
import { Countdown, InputField, ListTable, momentText, Note, Panel } from './widgets.tsx';

/** The clock of the world: locks, sessions and timestamps go by it. */
export function ClockView(): JSX.Element {
  const live = useLive();
  const { api } = usePage();
  const act = useAct();
  const [now, setNow] = useState('');
  const due = useFetched<DueShown[]>(
    '/clock/due',
    {},
    { tables: ['/locks', '/loginSessions', 'twintrack/rules'], when: live.clockChanges },
  );
  const clock = live.shownClock;
  const set = (choice: object, done: string) =>
    act(async () => live.setClock(await api.send<ClockShown>('PUT', api.url('/clock'), choice)), done);
  const advance = (ms: number, done: string) =>
    act(
      async () => live.setClock(await api.send<ClockShown>('POST', api.url('/clock/advance'), { ms })),
      done,
    );
  const [next] = due.data ?? [];
  const toNext = () => {
    if (!next || !clock) return;
    void advance(Math.max(0, Math.ceil(Date.parse(next.at) - clock.ms)), `Moved on: ${next.what}.`);
  };
  const setTo = (event: Event) => {
    event.preventDefault();
    void set({ mode: clock?.mode === 'frozen' ? 'frozen' : 'offset', now }, 'The clock was set.');
  };
  return (
    <div class="grid">
      <Panel title="Now" class="wide">
        <p class="big number">{clock ? momentText(clock.now) : '…'} UTC</p>
        <p class="quiet">{clock && modeText(clock)}</p>
        <div class="row">
          {clock?.mode === 'frozen' ? (
            <button type="button" class="main" onClick={() => set({ mode: 'offset' }, 'The clock goes on.')}>
              Go on
            </button>
          ) : (
            <button type="button" class="main" onClick={() => set({ mode: 'frozen' }, 'The clock stands.')}>
              Freeze
            </button>
          )}
          <button type="button" onClick={() => advance(60_000, 'One minute passed.')}>
            +1 min
          </button>
          <button type="button" onClick={() => advance(900_000, 'Fifteen minutes passed.')}>
            +15 min
          </button>
          <button type="button" disabled={!next} onClick={toNext}>
            To the next thing due
          </button>
          <button type="button" onClick={() => set({ mode: 'real' }, 'Back to the host’s time.')}>
            The host’s time
          </button>
        </div>
        <form class="filters" onSubmit={setTo}>
          <InputField
            label="Set to a moment"
            value={now}
            set={setNow}
            placeholder="2026-01-31T09:15:00Z"
            required
          />
          <button type="submit">Set</button>
        </form>
      </Panel>
      <Panel title="What falls due" class="wide">
        <Note problem={due.problem} />
        <ListTable
          label="What falls due"
          heads={['In', 'At', 'What']}
          empty="Nothing: no lock, no session, no rule that waits."
          rows={(due.data ?? []).slice(0, 200).map(({ at: when, what, kind }, place) => ({
            key: `${kind}${when}${place}`,
            cells: [
              <Countdown until={when} key="in" />,
              <span class="number" key="at">
                {momentText(when)}
              </span>,
              what,
            ],
          }))}
        />
      </Panel>
    </div>
  );
}

function modeText({ mode, rate, offsetMs }: ClockShown): string {
  switch (mode) {
    case 'frozen':
      return 'It stands until it is moved.';
    case 'scaled':
      return `It runs ${rate} times as fast as the host’s clock.`;
    case 'offset':
      return `It runs with the host’s clock, ${Math.round(Math.abs(offsetMs) / 1000)} seconds ${offsetMs < 0 ? 'behind' : 'ahead'}.`;
    default:
      return Math.abs(offsetMs) < 1000 ? 'It shows the host’s time.' : 'It runs with the host’s clock.';
  }
}
