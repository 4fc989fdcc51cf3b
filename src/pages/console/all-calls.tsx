import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { CallOutcome } from './calls-view.tsx';
import { at, useLive, usePage } from './hooks.ts';
import type { CallShown } from './types.ts';
import { ListTable, momentText, Panel } from './widgets.tsx';

/** The first worlds, and the latest calls of each: what a glance takes in. */
const mostWorlds = 20;
const mostOfWorld = 5;
const mostShown = 10;

/** How long it waits for the next look, and the least that it leaves the twin to itself. */
const everyMs = 2000;
const restTimes = 9;

/** The latest calls in whichever world, where there are several. */
export function AllCalls(): JSX.Element | null {
  const { api } = usePage();
  const { worlds } = useLive();
  const names = worlds.slice(0, mostWorlds).join('/');
  const [calls, setCalls] = useState<readonly CallShown[]>([]);
  useEffect(() => {
    if (!names.includes('/')) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isWanted = true;
    const latestOf = (name: string) =>
      api
        .send<{ entries: CallShown[] }>('GET', `${api.rootOf(name)}/__admin/journal?limit=${mostOfWorld}`)
        // One that was dropped meanwhile has none.
        .then(
          ({ entries }) => entries,
          () => [],
        );
    const look = async () => {
      const begun = performance.now();
      const found = (await Promise.all(names.split('/').map(latestOf))).flat();
      if (!isWanted) return;
      setCalls(found.sort((a, b) => b.realAt.localeCompare(a.realAt)).slice(0, mostShown));
      timer = setTimeout(look, Math.max(everyMs, (performance.now() - begun) * restTimes));
    };
    void look();
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [api, names]);
  if (!names.includes('/')) return null;
  return (
    <Panel title="Latest calls of all worlds" class="wide">
      <ListTable
        label="Latest calls of all worlds"
        heads={['World', 'Came, in UTC', 'Call', 'User', 'Outcome']}
        empty="Nobody called yet."
        rows={calls.map((entry) => ({
          key: `${entry.world}/${entry.id}`,
          cells: [
            entry.world,
            <span class="number" key="at">
              {momentText(entry.realAt).slice(11)}
            </span>,
            <a key="call" href={`${api.rootOf(entry.world)}/__console${at('calls', { open: entry.id })}`}>
              {entry.operation || 'not readable'}
            </a>,
            entry.user,
            <CallOutcome key="outcome" entry={entry} />,
          ],
        }))}
      />
      {worlds.length > mostWorlds && (
        <p class="quiet">{`Of the first ${mostWorlds} of ${worlds.length} worlds.`}</p>
      )}
    </Panel>
  );
}
