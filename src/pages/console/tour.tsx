import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { at } from './hooks.ts';

interface Step {
  readonly view: string;
  readonly title: string;
  readonly text: string;
}

const steps: readonly Step[] = [
  {
    view: 'overview',
    title: 'A twin, at a glance',
    text: 'Here is what the twin does now: calls per second, the latest refusals with their hints, and what time alone will bring about next.',
  },
  {
    view: 'calls',
    title: 'Every call, as it comes',
    text: 'Point your client at this twin and watch. Open a call to see its arguments, its answer and what it changed; copy it as curl, or make a fault rule of it.',
  },
  {
    view: 'testtrack',
    title: 'TestTrack without TestTrack',
    text: 'Projects, tables and records as the product lists them, with its filters and JSON queries. Open a record for its events, links and files.',
  },
  {
    view: 'holders',
    title: 'Locks that run out',
    text: 'A record that is being edited is locked for 15 minutes of the world’s clock. End a lock, drop a session, or let a colleague take a lock, and see what your client does.',
  },
  {
    view: 'clock',
    title: 'Time in your hand',
    text: 'Freeze the clock, let it go on, or jump to the next thing that falls due: no test has to wait 15 minutes.',
  },
  {
    view: 'rules',
    title: 'Failures on demand',
    text: 'A fault rule refuses, delays or cuts the calls that you choose. Each counts how often it acted.',
  },
];

/** Shows a newcomer around, one view after another. */
export function Tour({ step, go }: { step: number; go: (step: number | undefined) => void }): JSX.Element {
  const { view, title, text } = steps[step] ?? { view: 'overview', title: '', text: '' };
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    location.hash = at(view);
    heading.current?.focus();
  }, [view]);
  return (
    <aside class="tour" aria-label="Tour">
      <p class="quiet">
        Step {step + 1} of {steps.length}
      </p>
      <h2 tabIndex={-1} ref={heading}>
        {title}
      </h2>
      <p>{text}</p>
      <div class="row">
        {step > 0 && (
          <button type="button" onClick={() => go(step - 1)}>
            Back
          </button>
        )}
        {step < steps.length - 1 ? (
          <button type="button" class="main" onClick={() => go(step + 1)}>
            Next
          </button>
        ) : (
          <button type="button" class="main" onClick={() => go(undefined)}>
            Done
          </button>
        )}
        {step < steps.length - 1 && (
          <button type="button" class="plain" onClick={() => go(undefined)}>
            Leave the tour
          </button>
        )}
      </div>
    </aside>
  );
}
