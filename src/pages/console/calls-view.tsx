import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { curlOf } from './curl.ts';
import { at, useAct, useLive, usePage, useRoute } from './hooks.ts';
import type { CallShown } from './types.ts';
import { Choice, Dialog, InputField, momentText, Note, reachable, Value } from './widgets.tsx';

/** More rows than anybody reads; the filter finds older ones. */
const mostShown = 300;

/** The calls of this world as they come. */
export function CallsView(): JSX.Element {
  const live = useLive();
  const { query } = useRoute();
  const [operation, setOperation] = useState(query.operation ?? '');
  const [user, setUser] = useState(query.user ?? '');
  const [fault, setFault] = useState(query.fault ?? '');
  const [held, setHeld] = useState<readonly CallShown[] | undefined>();
  const calls = held ?? live.calls;
  const found = useMemo(
    () =>
      calls
        .filter((entry) => isAsked(entry, { operation, user, fault }))
        .slice(-mostShown)
        .reverse(),
    [calls, operation, user, fault],
  );
  const open = query.open === undefined ? undefined : live.calls.find(({ id }) => id === Number(query.open));
  const names = useMemo(() => [...new Set(live.calls.map((each) => each.operation))].sort(), [live.calls]);
  const show = (id: number | undefined) => {
    location.hash = at('calls', { ...query, open: id });
  };
  return (
    <>
      <form class="filters" onSubmit={(event) => event.preventDefault()}>
        <InputField label="Operation or command" value={operation} set={setOperation} choices={names} />
        <InputField label="User" value={user} set={setUser} />
        <Choice
          label="Refused"
          value={fault}
          set={setFault}
          options={[
            ['', 'all calls'],
            ['any', 'refused ones'],
            ['none', 'those that were not'],
          ]}
        />
        <WorldChoice />
        <button
          type="button"
          onClick={() => setHeld(held ? undefined : live.calls)}
          aria-pressed={held !== undefined}
        >
          {held ? 'Go on' : 'Hold'}
        </button>
      </form>
      {live.missed > 0 && (
        <Note>
          {live.missed} calls came faster than this page reads, or were forgotten; the list leaves them out.
        </Note>
      )}
      <CallTable calls={found} show={show} />
      {open && <CallDialog entry={open} close={() => show(undefined)} />}
    </>
  );
}

/** Each world has a page of its own. */
function WorldChoice(): JSX.Element {
  const live = useLive();
  const { api } = usePage();
  const go = (name: string) => {
    location.href = `${api.rootOf(name)}/__console${location.hash}`;
  };
  return (
    <Choice
      label="World"
      value={live.world}
      set={go}
      options={live.worlds.map((name) => [name, name] as const)}
    />
  );
}

interface Asked {
  readonly operation: string;
  readonly user: string;
  readonly fault: string;
}

function isAsked(entry: CallShown, { operation, user, fault }: Asked): boolean {
  const holds = (text: string | undefined, part: string) =>
    (text ?? '').toLowerCase().includes(part.toLowerCase());
  const isRefused = entry.fault !== undefined || entry.refused !== undefined;
  if (fault !== '' && isRefused !== (fault === 'any')) return false;
  return holds(entry.operation, operation) && holds(entry.user, user);
}

function CallTable({
  calls,
  show,
}: {
  calls: readonly CallShown[];
  show: (id: number) => void;
}): JSX.Element {
  if (calls.length === 0) return <Note>No call fits yet. Those that come now appear here.</Note>;
  return (
    <section class="scrolls tall" aria-label="Calls, the latest first" {...reachable}>
      <table class="dense">
        <thead>
          <tr>
            {['#', 'World’s time', 'Call', 'User', 'Outcome', 'ms'].map((head) => (
              <th scope="col" key={head}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {calls.map((entry) => (
            <tr key={entry.id}>
              <td class="number">{entry.id}</td>
              <td class="number">{momentText(entry.at).slice(11)}</td>
              <td class="call">
                <button type="button" class="link" onClick={() => show(entry.id)}>
                  {entry.operation || 'not readable'}
                </button>{' '}
                <span class="quiet">{entry.project ?? entry.suite ?? ''}</span>
              </td>
              <td>{entry.user}</td>
              <td>
                <CallOutcome entry={entry} />
              </td>
              <td class="number">{entry.durationMs?.toFixed(1)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** How a call ended, in one line. */
export function CallOutcome({ entry }: { entry: CallShown }): JSX.Element {
  const { fault, refused, mistake, changes = [] } = entry;
  if (mistake !== undefined) return <span class="bad">mistake of Twintrack: {mistake}</span>;
  if (fault) return <span class="bad">{`${fault.code} ${fault.text}`}</span>;
  if (refused) return <span class="bad">{`HTTP ${refused.status} ${refused.text}`}</span>;
  if (changes.length === 0) return <span class="quiet">read</span>;
  return <span>{changes.length === 1 ? changes[0] : `${changes[0]} and ${changes.length - 1} more`}</span>;
}

function CallDialog({ entry, close }: { entry: CallShown; close: () => void }): JSX.Element {
  const { api } = usePage();
  const { fault, refused, mistake, note, changes = [] } = entry;
  return (
    <Dialog title={`#${entry.id} ${entry.operation || 'not readable'}`} close={close} isWide>
      <p class="quiet">
        {momentText(entry.at)} in the time of the world{entry.user && `, by ${entry.user}`}
        {entry.project && ` in ${entry.project}`}
        {entry.suite && ` in ${entry.suite}`}
      </p>
      {entry.operation !== '' && <CallActions entry={entry} />}
      {(fault ?? refused) && (
        <p class="problem">
          {fault ? `${fault.code} ${fault.text}` : `HTTP ${refused?.status} ${refused?.text}`}
          <br />
          {(fault ?? refused)?.hint}
        </p>
      )}
      {mistake && <p class="problem">{mistake}</p>}
      {note && <p class="quiet">{note}</p>}
      {changes.length > 0 && (
        <>
          <h3>What it changed</h3>
          <ul>
            {changes.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </>
      )}
      {entry.isShortened ? (
        <p>
          It is too large to be shown here:{' '}
          <a href={api.url('/journal', { after: entry.id - 1, limit: 1 })}>the journal has the whole</a>.
        </p>
      ) : (
        <div class="halves">
          <div>
            <h3>Arguments</h3>
            <Value label="Arguments" value={entry.arguments} />
          </div>
          <div>
            <h3>Answer</h3>
            <Value label="Answer" value={entry.result} />
          </div>
        </div>
      )}
    </Dialog>
  );
}

function CallActions({ entry }: { entry: CallShown }): JSX.Element {
  const { api, say } = usePage();
  const act = useAct();
  const { operation, user } = entry;
  const copy = () =>
    act(() => navigator.clipboard.writeText(curlOf(entry, location.origin + api.base)), 'Copied.');
  const verify = async () => {
    const call = { operation, ...(user === undefined ? {} : { user }) };
    try {
      const { found } = await api.send<{ found: number[] }>('POST', api.url('/journal/verify'), {
        calls: [call],
      });
      say(`Verified: the journal shows ${found[0]} such calls.`);
    } catch (error) {
      say((error as Error).message, true);
    }
  };
  return (
    <div class="row">
      <button type="button" onClick={copy}>
        Copy as curl
      </button>
      <a class="button" href={at('rules', { operation, user, api: entry.api })}>
        Make a fault rule of this
      </a>
      <button type="button" onClick={verify}>
        Verify this
      </button>
    </div>
  );
}
