import type { JSX } from 'preact';
import { AllCalls } from './all-calls.tsx';
import { at, useFetched, useLive, usePage } from './hooks.ts';
import type { DueShown, WorldShown } from './types.ts';
import { Countdown, ListTable, Note, Panel } from './widgets.tsx';

/** What happens now, what was refused, what comes next. */
export function OverviewView(): JSX.Element {
  const live = useLive();
  const { api } = usePage();
  const due = useFetched<DueShown[]>(
    '/clock/due',
    {},
    { tables: ['/locks', '/loginSessions', 'twintrack/rules'], when: live.clockChanges },
  );
  const worlds = useFetched<WorldShown[]>('/worlds', {}, { when: live.worldsChanges });
  const refused = live.calls
    .filter(({ fault, refused: unread }) => fault ?? unread)
    .slice(-6)
    .reverse();
  return (
    <div class="grid">
      <Panel title="Calls per second" class="wide">
        <RateChart rate={live.rate} />
      </Panel>
      <Panel title="Latest refusals" actions={<a href={at('calls', { fault: 'any' })}>All refused calls</a>}>
        {refused.length === 0 && <Note>Nothing was refused lately.</Note>}
        <ul class="plain-list">
          {refused.map(({ id, operation, fault, refused: unread, user }) => (
            <li key={id}>
              <a href={at('calls', { open: id })}>{operation || 'a request that could not be read'}</a>{' '}
              <span class="quiet">{user}</span>
              <br />
              <span class="bad">{fault ? `${fault.code} ${fault.text}` : unread?.text}</span>
              <br />
              <span class="quiet">{(fault ?? unread)?.hint}</span>
            </li>
          ))}
        </ul>
      </Panel>
      <Panel title="What falls due next" actions={<a href={at('clock')}>Clock</a>}>
        <Note problem={due.problem} />
        <ListTable
          label="What falls due next"
          heads={['In', 'What']}
          empty="Nothing: no lock, no session, no rule that waits."
          rows={(due.data ?? []).slice(0, 8).map(({ at: when, what, kind }, place) => ({
            key: `${kind}${when}${place}`,
            cells: [<Countdown until={when} key="in" />, what],
          }))}
        />
      </Panel>
      <Panel title="Worlds" actions={<a href={at('worlds')}>All worlds</a>}>
        <ListTable
          label="Worlds"
          heads={['World', 'Clock']}
          empty="…"
          rows={(worlds.data ?? []).slice(0, 8).map(({ name, clock }) => ({
            key: name,
            cells: [
              name === live.world ? (
                <strong>{name}</strong>
              ) : (
                <a href={`${api.rootOf(name)}/__console`}>{name}</a>
              ),
              clock.mode,
            ],
          }))}
        />
      </Panel>
      <Panel title="Where clients connect">
        <dl class="pairs">
          <dt>TestTrack SOAP</dt>
          <dd>
            <code>{`${location.origin}${api.base}/cgi-bin/ttsoapcgi.exe`}</code>
          </dd>
          <dt>WSDL</dt>
          <dd>
            <a href={`${api.base}/ttsoapcgi.wsdl`}>{`${api.base}/ttsoapcgi.wsdl`}</a>
          </dd>
          <dt>ApTest rpc.mpl</dt>
          <dd>
            <code>{`${location.origin}${api.base}/run/rpc.mpl`}</code>
          </dd>
          <dt>ApTest’s pages</dt>
          <dd>
            <a href={`${api.base}/atm/index.mpl`}>{`${api.base}/atm/index.mpl`}</a>
          </dd>
        </dl>
      </Panel>
      <AllCalls />
    </div>
  );
}

const width = 600;
const height = 96;

/** A minute of calls, a bar for each second. */
function RateChart({ rate }: { rate: readonly number[] }): JSX.Element {
  const most = Math.max(1, ...rate);
  const bar = width / rate.length;
  const lately = rate.slice(-11, -1).reduce((sum, count) => sum + count, 0) / 10;
  return (
    <figure>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={`${lately} calls per second over the last ten seconds`}
        preserveAspectRatio="none"
      >
        <line x1="0" x2={width} y1={height - 0.5} y2={height - 0.5} class="axis" />
        {rate.map((count, second) => (
          <rect
            key={second}
            x={second * bar + 1}
            width={bar - 2}
            y={height - (count / most) * (height - 4)}
            height={(count / most) * (height - 4)}
          />
        ))}
      </svg>
      <figcaption class="quiet">
        <strong class="number">{lately.toFixed(1)}</strong> per second over the last ten seconds, at most{' '}
        <span class="number">{most === 1 && !rate.includes(1) ? 0 : most}</span> in one second of the last
        minute
      </figcaption>
    </figure>
  );
}
