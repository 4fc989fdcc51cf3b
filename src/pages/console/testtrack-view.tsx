import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { at, useFetched, useRoute } from './hooks.ts';
import { RecordDialog } from './record-dialog.tsx';
import { RecordTable } from './record-table.tsx';
import type { ProjectShown, TableShown } from './types.ts';
import { Choice, InputField, Note } from './widgets.tsx';

/** What people look at first, where a table has it. */
const usualColumns = [
  'Number',
  'Summary',
  'Name',
  'Status',
  'Type',
  'Priority',
  'Severity',
  'Assigned To',
  'Currently Assigned To',
  'Last Name',
  'First Name',
  'Username',
  'Date Entered',
  'Date Created',
  'Date Modified',
];
const mostColumns = 9;

/** Projects, tables and records of TestTrack. */
export function TestTrackView(): JSX.Element {
  const { query } = useRoute();
  const projects = useFetched<ProjectShown[]>('/testtrack/projects', {}, { tables: ['testtrack:'] });
  const project = projects.data?.find(({ name }) => name === query.project) ?? projects.data?.[0];
  const table =
    project?.tables.find((each) => each.table === query.table) ??
    project?.tables.find((each) => each.table === 'Defect');
  if (projects.problem !== undefined) return <Note problem={projects.problem} />;
  if (projects.data && !project) return <Note>The scenario has no TestTrack project.</Note>;
  if (!project || !table) return <Note>…</Note>;
  const go = (next: Record<string, string | undefined>) => {
    location.hash = at('testtrack', { project: project.name, table: table.table, ...next });
  };
  const open = Number(query.record);
  return (
    <>
      <div class="filters">
        <Choice
          label="Project"
          value={project.name}
          set={(name) => go({ project: name, table: undefined })}
          options={(projects.data ?? []).map(({ name }) => [name, name] as const)}
        />
        <Choice
          label="Table"
          value={table.table}
          set={(name) => go({ table: name })}
          options={project.tables.map(({ table: name, records }) => [name, `${name} (${records})`] as const)}
        />
      </div>
      <Records
        key={`${project.name}/${table.table}`}
        project={project.name}
        table={table.table}
        isOfItems={table.isOfItems}
        go={go}
      />
      {open > 0 && (
        <RecordDialog
          project={project.name}
          table={table.table}
          recordId={open}
          close={() => go({ record: undefined })}
        />
      )}
    </>
  );
}

interface Chosen {
  readonly project: string;
  readonly table: string;
  readonly isOfItems: boolean;
  readonly go: (next: Record<string, string | undefined>) => void;
}

/** One table: which of its records, and which columns of them. */
function Records({ project, table, isOfItems, go }: Chosen): JSX.Element {
  const described = useFetched<TableShown>('/testtrack/table', { project, table });
  const [filter, setFilter] = useState('');
  const [text, setText] = useState('');
  const [query, setQuery] = useState('');
  const [isWhole, setWhole] = useState(false);
  const columns = useMemo(() => chosenColumns(described.data, isWhole), [described.data, isWhole]);
  const submit = (event: Event) => {
    event.preventDefault();
    setQuery(text);
  };
  if (!described.data) return <Note problem={described.problem}>…</Note>;
  return (
    <>
      <form class="filters" onSubmit={submit}>
        {described.data.filters.length > 0 && (
          <Choice
            label="Filter"
            value={filter}
            set={setFilter}
            options={[
              ['', 'none'] as const,
              ...described.data.filters.map(({ name }) => [name, name] as const),
            ]}
          />
        )}
        {isOfItems && (
          <>
            <div class="grows">
              <InputField label="JSON query" value={text} set={setText} placeholder="{'Priority': 'High'}" />
            </div>
            <button type="submit">Find</button>
          </>
        )}
        <button type="button" aria-pressed={isWhole} onClick={() => setWhole(!isWhole)}>
          All {described.data.columns.length} columns
        </button>
      </form>
      <RecordTable
        question={{ project, table, filter, query, columns: columns.join(';') }}
        columns={columns}
        open={(recordId) => go({ record: String(recordId) })}
      />
    </>
  );
}

function chosenColumns(described: TableShown | undefined, isWhole: boolean): string[] {
  // A label with the sign between labels in it cannot be asked for.
  const known = (described?.columns ?? []).map(({ label }) => label).filter((label) => !label.includes(';'));
  if (isWhole) return known;
  const usual = usualColumns.filter((label) => known.includes(label)).slice(0, mostColumns);
  return usual.length > 1 ? usual : known.filter((label) => label !== 'Record ID').slice(0, mostColumns);
}
