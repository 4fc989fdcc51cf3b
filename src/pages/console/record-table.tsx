import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Parameters } from './api.ts';
import { useChanges, useLive, usePage } from './hooks.ts';
import type { RecordsShown } from './types.ts';
import { Note, reachable } from './widgets.tsx';

const rowHeight = 33;
/** Asked for at once, and kept as long as the question stays the same. */
const pageSize = 200;
/** Rows above and below the part that is seen. */
const margin = 20;

type Row = RecordsShown['rows'][number];

/** A list of any length: only the rows that can be seen are on the page, and fetched when they come into sight. */
export function RecordTable(props: {
  question: Parameters;
  columns: readonly string[];
  open: (recordId: number) => void;
}): JSX.Element {
  const { columns, open } = props;
  const viewport = useRef<HTMLElement>(null);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(600);
  const first = Math.max(0, Math.floor(top / rowHeight) - margin);
  const last = Math.ceil((top + height) / rowHeight) + margin;
  const { rows, total, problem } = usePages(props.question, first, last);
  useEffect(() => {
    const element = viewport.current;
    if (!element) return undefined;
    const watch = new ResizeObserver(() => setHeight(element.clientHeight));
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  const end = Math.min(total, last);
  const shown = Array.from({ length: Math.max(0, end - first) }, (_, place) => first + place);
  return (
    <>
      <p class="quiet" role="status">
        {problem === undefined && `${total.toLocaleString('en')} records`}
      </p>
      <Note problem={problem} />
      <section
        class="scrolls tall records"
        aria-label="Records"
        {...reachable}
        ref={viewport}
        onScroll={(event) => setTop(event.currentTarget.scrollTop)}
      >
        <table class="dense" aria-rowcount={total + 1}>
          <thead>
            <tr>
              <th scope="col">Record</th>
              {columns.map((label) => (
                <th scope="col" key={label}>
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <Gap rows={first} />
            {shown.map((place) => (
              <RecordRow key={place} place={place} row={rows.get(place)} width={columns.length} open={open} />
            ))}
            <Gap rows={total - end} />
          </tbody>
        </table>
      </section>
    </>
  );
}

function RecordRow(props: {
  place: number;
  row: Row | undefined;
  width: number;
  open: (recordId: number) => void;
}): JSX.Element {
  const { row } = props;
  return (
    <tr aria-rowindex={props.place + 2} class="fixed-row">
      <td class="number">
        {row ? (
          <button
            type="button"
            class="link"
            onClick={() => props.open(row.recordId)}
            aria-label={`Record ${row.recordId}`}
          >
            {row.recordId}
          </button>
        ) : (
          '…'
        )}
      </td>
      {Array.from({ length: props.width }, (_, column) => (
        <td key={column} title={row?.cells[column]}>
          {row?.cells[column] ?? ''}
        </td>
      ))}
    </tr>
  );
}

/** Stands for the rows that are not on the page. */
function Gap({ rows }: { rows: number }): JSX.Element | null {
  if (rows <= 0) return null;
  return (
    <tr>
      <td style={{ height: `${rows * rowHeight}px`, padding: 0, border: 0 }} />
    </tr>
  );
}

interface Known {
  readonly key: string;
  readonly rows: ReadonlyMap<number, Row>;
  readonly total: number;
  readonly problem: string | undefined;
}

/** Fetches the pages in which the rows from `first` to `last` stand. */
function usePages(question: Parameters, first: number, last: number): Known {
  const { api } = usePage();
  const live = useLive();
  const [changes, timed] = useChanges(live.versionOf(`testtrack:${question.project}/`));
  const key = `${JSON.stringify(question)} ${changes}`;
  const [known, setKnown] = useState<Known>({ key, rows: new Map(), total: 0, problem: undefined });
  const wanted = useRef(key);
  const asked = useRef(new Set<string>());
  useEffect(() => {
    wanted.current = key;
    const fetchPage = async (number: number) => {
      const name = `${key} ${number}`;
      if (asked.current.has(name)) return;
      asked.current.add(name);
      try {
        const offset = number * pageSize;
        const page = { ...question, offset, limit: pageSize };
        const answer = await timed(api.get<RecordsShown>('/testtrack/records', page));
        if (wanted.current !== key) return;
        setKnown((before) => {
          const rows = new Map(before.key === key ? before.rows : []);
          answer.rows.forEach((row, place) => {
            rows.set(offset + place, row);
          });
          return { key, rows, total: answer.total, problem: undefined };
        });
      } catch (error) {
        asked.current.delete(name);
        if (wanted.current !== key) return;
        setKnown({ key, rows: new Map(), total: 0, problem: (error as Error).message });
      }
    };
    // While it is being scrolled, only where it comes to rest is asked for.
    const timer = setTimeout(() => {
      for (let page = Math.floor(first / pageSize); page <= Math.floor(last / pageSize); page++) {
        if (page === 0 || page * pageSize < Math.max(1, known.total)) void fetchPage(page);
      }
    }, 60);
    return () => clearTimeout(timer);
  }, [api, timed, key, question, first, last, known.total]);
  // What was there before stays in sight until the new list has come.
  return known;
}
