import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useAct, usePage } from './hooks.ts';
import type { RecordShown } from './types.ts';
import { Choice, InputField } from './widgets.tsx';

/** Enters an event of the workflow as a user of the project, by every rule of the product. */
export function EventForm({ record, again }: { record: RecordShown; again: () => void }): JSX.Element {
  const { api } = usePage();
  const act = useAct();
  const [event, setEvent] = useState(record.events[0]?.name ?? '');
  const [by, setBy] = useState('');
  const [notes, setNotes] = useState('');
  const [assignTo, setAssignTo] = useState('');
  const chosen = record.events.find(({ name }) => name === event) ?? record.events[0];
  const { project, table, recordId } = record;
  const submit = async (submitted: Event) => {
    submitted.preventDefault();
    const people = assignTo.split(',').flatMap((login) => login.trim() || []);
    const assigned = chosen?.assigns && people.length > 0 ? { assignTo: people } : {};
    const body = {
      project,
      table,
      recordId,
      by,
      event: chosen?.name,
      ...(notes === '' ? {} : { notes }),
      ...assigned,
    };
    if (
      await act(() => api.send('POST', api.url('/testtrack/events'), body), `${chosen?.name} was entered.`)
    ) {
      setNotes('');
      again();
    }
  };
  return (
    <details>
      <summary>Enter an event</summary>
      <form class="filters" onSubmit={submit}>
        <Choice
          label="Event"
          value={chosen?.name ?? ''}
          set={setEvent}
          options={record.events.map(
            ({ name, to }) => [name, to.length === 0 ? name : `${name} → ${to.join(', ')}`] as const,
          )}
        />
        <InputField label="Entered by (login)" value={by} set={setBy} required />
        {chosen?.assigns && (
          <InputField label="Assign to (logins, with commas)" value={assignTo} set={setAssignTo} />
        )}
        <div class="grows">
          <InputField label="Notes" value={notes} set={setNotes} />
        </div>
        <button type="submit" class="main">
          Enter
        </button>
      </form>
    </details>
  );
}
