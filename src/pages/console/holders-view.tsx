import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { at, useAct, useFetched, useLive, usePage } from './hooks.ts';
import type { LicenceShown, LockShown, LoginShown } from './types.ts';
import { Countdown, Do, InputField, ListTable, momentText, Note, Panel } from './widgets.tsx';

/** Who holds what in TestTrack: locks, sessions, licences. */
export function HoldersView(): JSX.Element {
  return (
    <div class="grid">
      <Locks />
      <Sessions />
      <Licences />
    </div>
  );
}

function Locks(): JSX.Element {
  const live = useLive();
  const { api } = usePage();
  const found = useFetched<{ total: number; locks: LockShown[] }>(
    '/testtrack/locks',
    { limit: 200 },
    { tables: ['/locks', '/loginSessions'], when: live.clockChanges },
  );
  // What ran out since it was asked for holds no longer.
  const now = live.shownClock?.ms ?? 0;
  const locks = (found.data?.locks ?? []).filter(
    ({ until }) => until === undefined || Date.parse(until) > now,
  );
  return (
    <Panel title={`Locks (${locks.length})`} class="wide">
      <Note problem={found.problem} />
      <ListTable
        label="Locks"
        heads={['Record', 'Project', 'Edited by', 'Ends in', 'Do']}
        empty="Nobody edits anything."
        rows={locks.map(({ project, table, recordId, user, isOutsideSoap, until }) => ({
          key: `${project}/${table}/${recordId}`,
          cells: [
            <a
              key="record"
              href={at('testtrack', { project, table, record: recordId })}
            >{`${table} ${recordId}`}</a>,
            project,
            `${user}${isOutsideSoap ? ' (outside SOAP)' : ''}`,
            <Countdown key="until" until={until} />,
            <Do
              key="do"
              label="End this lock"
              name={`End this lock: ${table} ${recordId}`}
              done="The lock was ended."
              work={() => api.send('DELETE', api.url('/testtrack/locks', { project, table, recordId }))}
              after={found.again}
            />,
          ],
        }))}
      />
      <LockForm again={found.again} />
    </Panel>
  );
}

function LockForm({ again }: { again: () => void }): JSX.Element {
  const { api } = usePage();
  const act = useAct();
  const [project, setProject] = useState('');
  const [table, setTable] = useState('Defect');
  const [number, setNumber] = useState('');
  const [by, setBy] = useState('');
  const projects = useFetched<{ name: string; tables: { table: string }[] }[]>('/testtrack/projects');
  const names = (projects.data ?? []).map(({ name }) => name);
  const take = async (event: Event) => {
    event.preventDefault();
    const body = { ...(project === '' ? {} : { project }), table, number: Number(number), by };
    if (
      await act(
        () => api.send('POST', api.url('/testtrack/locks'), body),
        `${by} edits ${table} ${number} now.`,
      )
    )
      again();
  };
  return (
    <details>
      <summary>Lock as a colleague</summary>
      <form class="filters" onSubmit={take}>
        <InputField
          label="Project"
          value={project}
          set={setProject}
          choices={names}
          placeholder={names.length === 1 ? (names[0] ?? '') : ''}
        />
        <InputField
          label="Table"
          value={table}
          set={setTable}
          required
          choices={projects.data?.[0]?.tables.map((each) => each.table) ?? []}
        />
        <InputField label="Number" type="number" value={number} set={setNumber} required />
        <InputField label="Colleague (login)" value={by} set={setBy} required />
        <button type="submit" class="main">
          Lock
        </button>
      </form>
    </details>
  );
}

function Sessions(): JSX.Element {
  const live = useLive();
  const { api } = usePage();
  const found = useFetched<{ total: number; sessions: LoginShown[] }>(
    '/testtrack/sessions',
    { limit: 200 },
    { tables: ['/loginSessions', '/locks'], when: live.clockChanges },
  );
  return (
    <Panel title={`Sessions (${found.data?.total ?? '…'})`} class="wide">
      <Note problem={found.problem} />
      <ListTable
        label="Sessions"
        heads={['User', 'Project', 'Opened', 'Ends idle in', 'Locks', 'Licences', 'Do']}
        empty="Nobody is logged on."
        rows={(found.data?.sessions ?? []).map(
          ({ id, user, project, startedAt, until, locks, licences }) => ({
            key: id,
            cells: [
              user,
              project,
              <span class="number" key="started">
                {momentText(startedAt)}
              </span>,
              <Countdown key="until" until={until} />,
              locks,
              licences.join(', '),
              <Do
                key="do"
                label="Drop this session"
                name={`Drop this session: ${user} in ${project}`}
                done="The session was dropped; its next call is refused with 17."
                work={() => api.send('DELETE', api.url(`/testtrack/sessions/${encodeURIComponent(id)}`))}
                after={found.again}
              />,
            ],
          }),
        )}
      />
    </Panel>
  );
}

function Licences(): JSX.Element {
  const found = useFetched<{ licences: LicenceShown[] }>(
    '/testtrack/licences',
    {},
    { tables: ['/loginSessions', '/users'] },
  );
  return (
    <Panel title="Licences" class="wide">
      <Note problem={found.problem} />
      <ListTable
        label="Licences"
        heads={['Licence', 'Kind', 'In use', 'Of']}
        empty="The scenario has no licence server."
        rows={(found.data?.licences ?? []).map(({ name, kind, isFloating, used, total }) => ({
          key: `${kind}${name}`,
          cells: [
            name,
            kind === 'soap' ? 'one for each SOAP session' : `${kind}, ${isFloating ? 'floating' : 'named'}`,
            <span class={used >= total ? 'bad number' : 'number'} key="used">
              {used}
            </span>,
            total.toLocaleString('en'),
          ],
        }))}
      />
    </Panel>
  );
}
