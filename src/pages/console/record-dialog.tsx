import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { EventForm } from './event-form.tsx';
import { at, useAct, useFetched, usePage } from './hooks.ts';
import type { RecordShown } from './types.ts';
import {
  Countdown,
  Dialog,
  Do,
  Folded,
  InputField,
  momentText,
  Note,
  ShortenedText,
  Value,
} from './widgets.tsx';

interface RecordName {
  readonly project: string;
  readonly table: string;
  readonly recordId: number;
}

/** One record with all that hangs on it. */
export function RecordDialog(props: RecordName & { close: () => void }): JSX.Element {
  const { project, table, recordId, close } = props;
  const found = useFetched<RecordShown>(
    '/testtrack/record',
    { project, table, recordId },
    { tables: [`testtrack:${project}/`] },
  );
  const record = found.data;
  return (
    <Dialog title={record?.label ?? `${table} ${recordId}`} close={close} isWide>
      <Note problem={found.problem} />
      {record && (
        <>
          {record.state !== undefined && (
            <p>
              <span class="badge">{record.state}</span>
            </p>
          )}
          <LockPart record={record} again={found.again} />
          <h3>Fields</h3>
          <dl class="pairs">
            {record.fields.map(({ label, value }) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>
                  <ShortenedText text={value} />
                </dd>
              </div>
            ))}
          </dl>
          <Events record={record} />
          {record.events.length > 0 && <EventForm record={record} again={found.again} />}
          <Links record={record} />
          <Files record={record} />
          <Folded summary="As operations give it">
            {() => <Value label="The record on the wire" value={record.wire} />}
          </Folded>
        </>
      )}
    </Dialog>
  );
}

function LockPart({ record, again }: { record: RecordShown; again: () => void }): JSX.Element {
  const { api } = usePage();
  const act = useAct();
  const [by, setBy] = useState('');
  const { project, table, recordId, lock } = record;
  if (lock) {
    const url = api.url('/testtrack/locks', { project, table, recordId });
    return (
      <p class="warn-box row">
        <span>
          Edited by <strong>{lock.user}</strong>
          {lock.isOutsideSoap ? ' outside SOAP' : ''}: <Countdown until={lock.until} />
        </span>
        <Do
          label="End this lock"
          done="The lock was ended."
          work={() => api.send('DELETE', url)}
          after={again}
          kind="danger"
        />
      </p>
    );
  }
  const number = numberOf(record);
  const take = async (event: Event) => {
    event.preventDefault();
    const body = { project, table, number, by };
    if (await act(() => api.send('POST', api.url('/testtrack/locks'), body), `${by} edits it now.`)) again();
  };
  return (
    <form class="filters" onSubmit={take}>
      <InputField label="Lock as a colleague (login)" value={by} set={setBy} required />
      <button type="submit">Lock</button>
    </form>
  );
}

/** By which a lock is put on a record: its number where it has one. */
function numberOf({ fields, recordId }: RecordShown): number {
  const number = Number(fields.find(({ label }) => label === 'Number')?.value);
  return number > 0 ? number : recordId;
}

interface WireEvent {
  readonly recordid: number;
  readonly name: string;
  readonly user: string;
  readonly date: string;
  readonly notes: string;
  readonly resultingstate: string;
}

function Events({ record }: { record: RecordShown }): JSX.Element | null {
  const { eventlist } = (record.wire ?? {}) as { readonly eventlist?: readonly WireEvent[] };
  if (!eventlist || eventlist.length === 0) return null;
  return (
    <>
      <h3>Events</h3>
      <ol class="events">
        {eventlist.map((event) => (
          <li key={event.recordid}>
            <strong>{event.name}</strong> {event.user && `by ${event.user} `}
            <span class="quiet number">{momentText(event.date)}</span>
            {event.resultingstate !== '' && <span class="quiet"> {event.resultingstate}</span>}
            {event.notes !== '' && (
              <p>
                <ShortenedText text={event.notes} />
              </p>
            )}
          </li>
        ))}
      </ol>
    </>
  );
}

function Links({ record }: { record: RecordShown }): JSX.Element | null {
  if (record.links.length === 0) return null;
  return (
    <>
      <h3>Links</h3>
      <ul>
        {record.links.map(({ definition, items, comment }) => (
          <li key={`${definition}${items.map(({ recordId }) => recordId).join()}`}>
            {definition}
            {comment !== '' && (
              <span class="quiet">
                {' '}
                <ShortenedText text={comment} />
              </span>
            )}
            :{' '}
            {items.map(({ table, recordId, label, role, isSuspect }) => (
              <span key={`${table}${recordId}`}>
                <a href={at('testtrack', { project: record.project, table, record: recordId })}>{label}</a>{' '}
                <span class="quiet">
                  ({role}
                  {isSuspect ? ', suspect' : ''}){' '}
                </span>
              </span>
            ))}
          </li>
        ))}
      </ul>
    </>
  );
}

const pictures: Readonly<Record<string, string>> = {
  png: 'png',
  jpg: 'jpeg',
  jpeg: 'jpeg',
  gif: 'gif',
  webp: 'webp',
};

function Files({ record }: { record: RecordShown }): JSX.Element | null {
  const { api } = usePage();
  const act = useAct();
  const [picture, setPicture] = useState<{ name: string; url: string } | undefined>();
  const { project, table, recordId, files } = record;
  if (files.length === 0) return null;
  const open = (file: number) =>
    act(async () => {
      const url = api.url('/testtrack/file', { project, table, recordId, file });
      const { fileName, base64 } = await api.send<{ fileName: string; base64: string }>('GET', url);
      const kind = pictures[fileName.split('.').at(-1)?.toLowerCase() ?? ''];
      if (kind) setPicture({ name: fileName, url: `data:image/${kind};base64,${base64}` });
      else save(fileName, base64);
    }, 'The file came.');
  return (
    <>
      <h3>Files</h3>
      <ul>
        {files.map((file) => (
          <li key={file.recordId}>
            <button type="button" class="link" onClick={() => open(file.recordId)}>
              {file.fileName}
            </button>{' '}
            <span class="quiet number">{file.size.toLocaleString('en')} bytes</span>
          </li>
        ))}
      </ul>
      {picture && <img src={picture.url} alt={picture.name} class="picture" />}
    </>
  );
}

/** Hands a file to the browser to be kept. */
function save(fileName: string, base64: string): void {
  const link = document.createElement('a');
  link.href = `data:application/octet-stream;base64,${base64}`;
  link.download = fileName;
  link.click();
}
