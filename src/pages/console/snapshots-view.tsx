import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useAct, useFetched, useLive, usePage } from './hooks.ts';
import type { Differences, SnapshotShown } from './types.ts';
import { Choice, Do, InputField, ListTable, momentText, Note, Panel } from './widgets.tsx';

/** Restore points, and what is different between two states. */
export function SnapshotsView(): JSX.Element {
  const { api } = usePage();
  const act = useAct();
  const [name, setName] = useState('');
  // What was saved and taken back between two looks of the events is no change to them.
  const [restored, setRestored] = useState(0);
  const found = useFetched<SnapshotShown[]>('/snapshots');
  const take = async (event: Event) => {
    event.preventDefault();
    const body = name === '' ? {} : { name };
    if (await act(() => api.send('POST', api.url('/snapshots'), body), 'The snapshot was taken.')) {
      setName('');
      found.again();
    }
  };
  const of = (snapshot: string, what = '') => api.url(`/snapshots/${encodeURIComponent(snapshot)}${what}`);
  return (
    <div class="grid">
      <Panel title="Snapshots" class="wide">
        <form class="filters" onSubmit={take}>
          <InputField label="Name" value={name} set={setName} placeholder="given when left out" />
          <button type="submit" class="main">
            Take a snapshot
          </button>
        </form>
        <Note problem={found.problem} />
        <ListTable
          label="Snapshots"
          heads={['Snapshot', 'Taken, in the world’s time', 'Clock', 'Do']}
          empty="None was taken yet."
          rows={(found.data ?? []).map((snapshot) => ({
            key: snapshot.name,
            cells: [
              snapshot.name,
              <span class="number" key="at">
                {momentText(snapshot.at)}
              </span>,
              snapshot.mode,
              <div class="row" key="do">
                <Do
                  label="Restore"
                  name={`Restore ${snapshot.name}`}
                  done={`State and clock are those of ${snapshot.name}.`}
                  work={() => api.send('POST', of(snapshot.name, '/restore'))}
                  after={() => setRestored((count) => count + 1)}
                />
                <Do
                  label="Drop"
                  name={`Drop ${snapshot.name}`}
                  kind="danger"
                  done="It was dropped."
                  work={() => api.send('DELETE', of(snapshot.name))}
                  after={found.again}
                />
              </div>,
            ],
          }))}
        />
      </Panel>
      <Compare names={(found.data ?? []).map((snapshot) => snapshot.name)} restored={restored} />
    </div>
  );
}

function Compare({ names, restored }: { names: readonly string[]; restored: number }): JSX.Element {
  const live = useLive();
  const [from, setFrom] = useState('seed');
  const [to, setTo] = useState('now');
  const others = live.worlds.filter((world) => world !== live.world && !names.includes(world));
  const options = ['seed', 'now', ...names, ...others].map((state) => [state, state] as const);
  const found = useFetched<Differences>('/diff', { from, to }, { tables: [''], when: restored });
  const report = found.data?.report ?? [];
  return (
    <Panel title="Compare two states" class="wide">
      <div class="filters">
        <Choice label="From" value={from} set={setFrom} options={options} />
        <Choice label="To" value={to} set={setTo} options={options} />
      </div>
      <Note problem={found.problem} />
      {found.data?.isSame && <Note>They are the same.</Note>}
      <ul class="differences">
        {report.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {(found.data?.leftOut ?? 0) > 0 && <Note>{found.data?.leftOut} more records differ.</Note>}
    </Panel>
  );
}
