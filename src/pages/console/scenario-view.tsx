import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { usePage } from './hooks.ts';
import { Do, Panel } from './widgets.tsx';

/** The scenario of the twin: taken as it is now, read again, and what is wrong with it. */
export function ScenarioView(): JSX.Element {
  const { api, say } = usePage();
  const [problems, setProblems] = useState<string | undefined>();
  const reload = async () => {
    try {
      await api.send('POST', api.url('/reload'));
      setProblems(undefined);
      say('The scenario was read again.');
    } catch (error) {
      setProblems((error as Error).message);
    }
  };
  const keep = async () => {
    const answer = await api.fetch(api.url('/export'));
    const url = URL.createObjectURL(await answer.blob());
    const link = document.createElement('a');
    link.href = url;
    link.download = 'scenario.json';
    link.click();
    URL.revokeObjectURL(url);
  };
  return (
    <div class="grid">
      <Panel title="Export" class="wide">
        <p>
          The whole state as a scenario that a twin can begin from. Passwords and cookies are in it: keep it
          as you keep those.
        </p>
        <Do label="Export the state" done="The scenario was handed to the browser." work={keep} />
      </Panel>
      <Panel title="Reload" class="wide">
        <p>
          Reads the served scenario again and begins from it. A wrong one changes nothing, and what is wrong
          with it is said here with its place.
        </p>
        <button type="button" onClick={reload}>
          Read the scenario again
        </button>
        {problems !== undefined && (
          <pre class="problem" role="alert">
            {problems}
          </pre>
        )}
      </Panel>
      <Panel title="Reset" class="wide">
        <p>Goes back to where this world began: state and clock. The journal and the snapshots stay.</p>
        <Do
          label="Reset this world"
          kind="danger"
          done="It is back where it began."
          work={() => api.send('POST', api.url('/reset'))}
        />
      </Panel>
      <Panel title="More" class="wide">
        <ul>
          <li>
            <a href={`${api.base}/__admin`}>
              Everything that can be asked of this twin, with an example for curl each
            </a>
          </li>
          <li>
            <a href={`${api.base}/`}>Every address</a>
          </li>
        </ul>
      </Panel>
    </div>
  );
}
