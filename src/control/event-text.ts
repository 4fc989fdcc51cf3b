import { shownEntry } from '../journal/entry.ts';
import type { Recorded } from '../journal/journal.ts';
import { memoryBeside } from '../memo/memory.ts';
import type { HostedWorld } from '../worlds/hosted-world.ts';

/** Something that happened, as a reader of server-sent events gets it. */
export function eventText(name: string, data: object, id?: number): string {
  const head = id === undefined ? '' : `id: ${id}\n`;
  // JSON holds no bare line end, so that one line of data is always enough.
  return `${head}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** A call with more than this in it is sent as its head; `GET /__admin/journal` has the rest. */
const longestEntry = 64 * 1024;

const known = memoryBeside<Recorded, string>('entries of the journal as events');

/** An entry of the journal as an event: put into words once, however many read it. */
export function callText(entry: Recorded, { name, runner }: HostedWorld): string {
  let text = known.get(entry);
  if (text === undefined) {
    const shown = shownEntry(entry, { name, state: runner.world });
    text = eventText('call', shown, entry.id);
    if (text.length > longestEntry) {
      const { arguments: _arguments, result: _result, differences: _differences, ...head } = shown;
      const changes = head.changes?.slice(0, 20).map((line) => line.slice(0, 500));
      text = eventText('call', { ...head, ...(changes ? { changes } : {}), isShortened: true }, entry.id);
    }
    known.set(entry, text);
  }
  return text;
}
