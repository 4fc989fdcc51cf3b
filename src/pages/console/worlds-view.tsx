import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useAct, useFetched, useLive, usePage } from './hooks.ts';
import type { WorldShown } from './types.ts';
import { Do, InputField, ListTable, momentText, Note, Panel } from './widgets.tsx';

/** Isolated states in one process: fork, reset, drop. */
export function WorldsView(): JSX.Element {
  const live = useLive();
  const { api } = usePage();
  const found = useFetched<WorldShown[]>('/worlds', {}, { when: live.worldsChanges });
  const of = (name: string, what = '') => api.url(`/worlds/${encodeURIComponent(name)}${what}`);
  return (
    <div class="grid">
      <Panel title="Fork a world" class="wide">
        <ForkForm again={found.again} />
      </Panel>
      <Panel title={`Worlds (${found.data?.length ?? '…'})`} class="wide">
        <Note problem={found.problem} />
        <ListTable
          label="Worlds"
          heads={['World', 'Address', 'Made', 'Clock', 'Do']}
          empty="…"
          rows={(found.data ?? []).map(({ name, path, url, madeAt, clock }) => ({
            key: name,
            cells: [
              <a
                key="name"
                href={`${api.rootOf(name)}/__console`}
                aria-current={name === live.world ? 'true' : undefined}
              >
                {name}
              </a>,
              <code key="path">{name === 'main' ? '/' : (url ?? path)}</code>,
              <span class="number" key="made">
                {momentText(madeAt)}
              </span>,
              `${momentText(clock.now)}, ${clock.mode}`,
              <div class="row" key="do">
                <Do
                  label="Reset"
                  name={`Reset ${name}`}
                  done={`${name} is back where it began.`}
                  work={() => api.send('POST', of(name, '/reset'))}
                />
                {name !== 'main' && (
                  <Do
                    label="Drop"
                    name={`Drop ${name}`}
                    kind="danger"
                    done={`${name} was dropped.`}
                    work={() => api.send('DELETE', of(name))}
                    after={found.again}
                  />
                )}
              </div>,
            ],
          }))}
        />
      </Panel>
    </div>
  );
}

function ForkForm({ again }: { again: () => void }): JSX.Element {
  const { api } = usePage();
  const act = useAct();
  const [name, setName] = useState('');
  const [from, setFrom] = useState('now');
  const make = async (event: Event) => {
    event.preventDefault();
    const body = { ...(name === '' ? {} : { name }), from };
    if (await act(() => api.send('POST', api.url('/worlds'), body), 'The world was made.')) {
      setName('');
      again();
    }
  };
  return (
    <form class="filters" onSubmit={make}>
      <InputField label="Name" value={name} set={setName} placeholder="given when left out" />
      <InputField
        label="Begins as"
        value={from}
        set={setFrom}
        choices={['now', 'seed']}
        hint="now, seed, or the name of a snapshot or world"
      />
      <button type="submit" class="main">
        Fork
      </button>
    </form>
  );
}
