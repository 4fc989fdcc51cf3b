import type { JSX } from 'preact';
import { at, useFetched, usePage, useRoute } from './hooks.ts';
import type { RunShown, SuiteShown } from './types.ts';
import { ListTable, Note, Panel } from './widgets.tsx';

/** Suites, sets and sessions of ApTest, and the way to its own pages. */
export function ApTestView(): JSX.Element {
  const { api } = usePage();
  const { query } = useRoute();
  const suites = useFetched<SuiteShown[]>('/aptest/suites', {}, { tables: ['aptest'] });
  const name = query.suite ?? suites.data?.[0]?.name;
  const suite = suites.data?.find((each) => each.name === name);
  return (
    <div class="grid">
      <Panel
        title="Suites"
        class="wide"
        actions={<a href={`${api.base}/atm/index.mpl`}>ApTest’s own pages</a>}
      >
        <Note problem={suites.problem} />
        <ListTable
          label="Suites"
          heads={['Suite', 'Tests', 'Sets', 'Sessions', 'Description']}
          empty="The scenario has no suite."
          rows={(suites.data ?? []).map((each) => ({
            key: each.name,
            cells: [
              <a
                href={at('aptest', { suite: each.name })}
                aria-current={each.name === name ? 'true' : undefined}
                key="name"
              >
                {each.name}
              </a>,
              each.tests,
              each.sets,
              each.sessions,
              each.description,
            ],
          }))}
        />
      </Panel>
      {suite && <Sessions suite={suite} />}
      {suite && <Sets suite={suite} />}
    </div>
  );
}

function Sessions({ suite }: { suite: SuiteShown }): JSX.Element {
  const { api } = usePage();
  const found = useFetched<{ total: number; sessions: RunShown[] }>(
    '/aptest/sessions',
    { suite: suite.name, limit: 200 },
    { tables: [`aptest:${suite.name}`] },
  );
  return (
    <Panel title={`Sessions of ${suite.name}`} class="wide">
      <Note problem={found.problem} />
      <ul class="legend">
        {suite.results.map(({ code, description, colour }, place) => (
          <li key={code}>
            <span class={`swatch result-${place % 8}`} style={{ background: colour }} /> {code}
            {description !== '' && description !== code && <span class="quiet"> {description}</span>}
          </li>
        ))}
      </ul>
      <ListTable
        label={`Sessions of ${suite.name}`}
        heads={['Session', 'Name', 'Set', 'Results', 'Tests', 'Lock', 'By']}
        empty="There is no session."
        rows={(found.data?.sessions ?? []).map((run) => ({
          key: run.number,
          cells: [
            <a
              class="number"
              key="number"
              href={`${api.base}/atm/run/viewSession.mpl?${new URLSearchParams({ suite: suite.name, sessNum: run.written })}`}
            >
              {run.written}
            </a>,
            run.name,
            run.set,
            <ResultBar run={run} suite={suite} key="bar" />,
            run.tests,
            run.isLocked ? 'locked' : '',
            run.user,
          ],
        }))}
      />
      {found.data && found.data.total > found.data.sessions.length && (
        <Note>
          The latest {found.data.sessions.length} of {found.data.total} sessions.
        </Note>
      )}
    </Panel>
  );
}

/** How many tests of a session have which result, as a bar and in words. */
function ResultBar({ run, suite }: { run: RunShown; suite: SuiteShown }): JSX.Element {
  const shown = suite.results
    .map(({ code, colour }, place) => ({
      code,
      colour,
      place,
      tests: run.counts.find((each) => each.code === code)?.tests ?? 0,
    }))
    .filter(({ tests }) => tests > 0);
  let x = 0;
  return (
    <svg
      class="bar"
      viewBox="0 0 100 10"
      preserveAspectRatio="none"
      role="img"
      aria-label={shown.map(({ code, tests }) => `${tests} ${code}`).join(', ') || 'no tests'}
    >
      {shown.map(({ code, colour, place, tests }) => {
        const from = x;
        x += (tests / Math.max(1, run.tests)) * 100;
        return (
          <rect
            key={code}
            x={from}
            width={x - from}
            height="10"
            class={`result-${place % 8}`}
            style={{ fill: colour }}
          />
        );
      })}
    </svg>
  );
}

interface SetShown {
  readonly path: string;
  readonly description: string;
  readonly isStatic: boolean;
  readonly tests?: number;
}

function Sets({ suite }: { suite: SuiteShown }): JSX.Element {
  const { api } = usePage();
  const found = useFetched<{ total: number; sets: SetShown[] }>(
    '/aptest/sets',
    { suite: suite.name, limit: 200 },
    { tables: [`aptest:${suite.name}/sets`] },
  );
  return (
    <Panel title={`Sets of ${suite.name}`} class="wide">
      <Note problem={found.problem} />
      <ListTable
        label={`Sets of ${suite.name}`}
        heads={['Set', 'Tests', 'Kind', 'Description']}
        empty="There is no set."
        rows={(found.data?.sets ?? []).map(({ path, tests, isStatic, description }) => ({
          key: path,
          cells: [
            <a
              key="path"
              href={`${api.base}/atm/run/viewSet.mpl?${new URLSearchParams({ suite: suite.name, set: path })}`}
            >
              {path}
            </a>,
            tests ?? '',
            isStatic ? 'a fixed list' : 'selected when it is read',
            description,
          ],
        }))}
      />
    </Panel>
  );
}
