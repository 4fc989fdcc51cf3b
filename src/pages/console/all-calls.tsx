import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { CallOutcome } from './calls-view.tsx';
import { at, useLive, usePage } from './hooks.ts';
import type { CallShown } from './types.ts';
import { ListTable, momentText, Panel } from './widgets.tsx';

/** What a glance takes in. */
const mostShown = 10;

/** How long it waits for the next look, and the least that it leaves the twin to itself. */
const everyMs = 2000;
const restTimes = 9;

/** The latest calls in whichever world, where there are several. */
export function AllCalls(): JSX.Element | null {
  const { api } = usePage();
  const { worlds } = useLive();
  const areSeveral = worlds.length > 1;
  const [calls, setCalls] = useState<readonly CallShown[]>([]);
  useEffect(() => {
    if (!areSeveral) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isWanted = true;
    const look = async () => {
      const begun = performance.now();
      // A twin that cannot be asked now is told of elsewhere on the page.
      const found = await api
        .get<{ entries: CallShown[] }>('/journal/all', { limit: mostShown })
        .catch(() => undefined);
      if (!isWanted) return;
      if (found) setCalls(found.entries.toReversed());
      timer = setTimeout(look, Math.max(everyMs, (performance.now() - begun) * restTimes));
    };
    void look();
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [api, areSeveral]);
  if (!areSeveral) return null;
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
    </Panel>
  );
}
