import type { ComponentChildren, InputHTMLAttributes, JSX } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { useAct, useLive } from './hooks.ts';

/** What scrolls within itself has to be reached by keyboard. */
export const reachable = { tabIndex: 0, role: 'group' } as const;

/** A part of a view with its own heading. */
export function Panel(props: {
  title: string;
  actions?: ComponentChildren;
  class?: string;
  children: ComponentChildren;
}): JSX.Element {
  const id = useId();
  return (
    <section class={`panel ${props.class ?? ''}`} aria-labelledby={id}>
      <header class="panel-head">
        <h2 id={id}>{props.title}</h2>
        {props.actions && <div class="row">{props.actions}</div>}
      </header>
      {props.children}
    </section>
  );
}

/** What stands where a list has nothing, or something went wrong. */
export function Note(props: { problem?: string | undefined; children?: ComponentChildren }): JSX.Element {
  return props.problem === undefined ? (
    <p class="quiet">{props.children}</p>
  ) : (
    <p class="problem" role="alert">
      {props.problem}
    </p>
  );
}

/** A list as a table that scrolls within itself on a narrow screen. */
export function ListTable(props: {
  label: string;
  heads: readonly string[];
  rows: readonly { readonly key: string | number; readonly cells: readonly ComponentChildren[] }[];
  empty: string;
}): JSX.Element {
  if (props.rows.length === 0) return <Note>{props.empty}</Note>;
  return (
    <section class="scrolls" aria-label={props.label} {...reachable}>
      <table>
        <thead>
          <tr>
            {props.heads.map((head) => (
              <th scope="col" key={head}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map(({ key, cells }) => (
            <tr key={key}>
              {cells.map((cell, place) => (
                <td key={props.heads[place]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** A button that lets the twin do something. */
export function Do(props: {
  label: string;
  done: string;
  work: () => Promise<unknown>;
  after?: () => void;
  name?: string;
  kind?: 'danger' | 'main';
}): JSX.Element {
  const act = useAct();
  const [isBusy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    const isDone = await act(props.work, props.done);
    setBusy(false);
    if (isDone) props.after?.();
  };
  return (
    <button type="button" class={props.kind ?? ''} disabled={isBusy} aria-label={props.name} onClick={run}>
      {props.label}
    </button>
  );
}

/** Which attributes an input of a kind has; preact knows each kind by its own type. */
function inputKind(
  type: string | undefined,
  list: string | undefined,
): InputHTMLAttributes<HTMLInputElement> {
  return {
    type: type ?? 'text',
    ...(list === undefined ? {} : { list }),
  } as InputHTMLAttributes<HTMLInputElement>;
}

/** A labelled field of a form. */
export function InputField(props: {
  label: string;
  value: string;
  set: (value: string) => void;
  type?: 'text' | 'number' | 'password' | 'area';
  choices?: readonly string[];
  hint?: string | undefined;
  required?: boolean;
  placeholder?: string;
}): JSX.Element {
  const id = useId();
  const { value, set } = props;
  const shared = {
    id,
    required: props.required ?? false,
    'aria-describedby': props.hint ? `${id}-hint` : undefined,
  };
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      {props.type === 'area' ? (
        <textarea {...shared} rows={3} value={value} onInput={(event) => set(event.currentTarget.value)} />
      ) : (
        <input
          {...shared}
          {...inputKind(props.type, props.choices && `${id}-list`)}
          step="any"
          value={value}
          placeholder={props.placeholder}
          onInput={(event) => set(event.currentTarget.value)}
        />
      )}
      {props.choices && (
        <datalist id={`${id}-list`}>
          {props.choices.map((choice) => (
            <option value={choice} key={choice} />
          ))}
        </datalist>
      )}
      {props.hint && (
        <small id={`${id}-hint`} class="quiet">
          {props.hint}
        </small>
      )}
    </div>
  );
}

/** A labelled list to choose from. */
export function Choice(props: {
  label: string;
  value: string;
  set: (value: string) => void;
  options: readonly (readonly [value: string, shown: string])[];
}): JSX.Element {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <select id={id} value={props.value} onChange={(event) => props.set(event.currentTarget.value)}>
        {props.options.map(([value, shown]) => (
          <option value={value} key={value}>
            {shown}
          </option>
        ))}
      </select>
    </div>
  );
}

/** A dialogue over the page; Escape closes it. */
export function Dialog(props: {
  title: string;
  close: () => void;
  children: ComponentChildren;
  isWide?: boolean;
}): JSX.Element {
  const id = useId();
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    // One that leaves the page is closed by that; to close it here would tell of a user who closed it.
    if (dialog && !dialog.open) dialog.showModal();
  }, []);
  return (
    <dialog ref={ref} aria-labelledby={id} class={props.isWide ? 'wide' : ''} onClose={props.close}>
      <header class="panel-head">
        <h2 id={id}>{props.title}</h2>
        <button type="button" class="plain" onClick={props.close}>
          Close
        </button>
      </header>
      {props.children}
    </dialog>
  );
}

/** A moment of the world, as people read it: `2026-03-02 15:00:00`. */
export function momentText(iso: string): string {
  return iso.slice(0, 19).replace('T', ' ');
}

/** How long it is until a moment of the world's clock, counted down. */
export function Countdown(props: { until: string | undefined }): JSX.Element {
  const now = useLive().shownClock?.ms;
  if (props.until === undefined) return <span class="quiet">no end</span>;
  if (now === undefined) return <span>…</span>;
  const left = Math.max(0, Math.ceil((Date.parse(props.until) - now) / 1000));
  return (
    <time
      dateTime={props.until}
      class={left === 0 ? 'bad number' : left < 60 ? 'warn number' : 'number'}
      title={momentText(props.until)}
    >
      {left === 0 ? 'over' : lengthText(left)}
    </time>
  );
}

function lengthText(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60];
  const [hours = 0, ...rest] = parts;
  const text = rest.map((part) => String(part).padStart(2, '0')).join(':');
  return hours === 0 ? text : `${hours}:${text}`;
}

/** What is seen of a text before somebody asks for the rest: a browser needs a while to lay out a megabyte. */
const shownAtFirst = 1000;

/** A text of any length. */
export function ShortenedText({ text }: { text: string }): JSX.Element {
  const [isWhole, setWhole] = useState(false);
  if (isWhole || text.length <= shownAtFirst) return <>{text}</>;
  return (
    <>
      {`${text.slice(0, shownAtFirst)}… `}
      <button type="button" class="link" onClick={() => setWhole(true)}>
        {`Show all ${text.length.toLocaleString('en')} characters`}
      </button>
    </>
  );
}

/** What is made when somebody opens it. */
export function Folded(props: { summary: string; children: () => ComponentChildren }): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{props.summary}</summary>
      {isOpen && props.children()}
    </details>
  );
}

/** A value as indented text. */
export function Value(props: { label: string; value: unknown }): JSX.Element {
  return (
    <section class="value" aria-label={props.label} {...reachable}>
      <pre>{props.value === undefined ? '(nothing)' : JSON.stringify(props.value, undefined, 2)}</pre>
    </section>
  );
}
