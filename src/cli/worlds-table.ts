import type { TwinWorlds } from './several-twins.ts';

const heads = ['WORLD', 'TWIN', 'RECORDS', 'CALLS', 'LAST USE', 'MOVE'] as const;

/** What is said of a world that moves, after the address of the other twin. */
const moveWords = {
  leaving: 'leaving to',
  'in doubt': 'in doubt with',
  arriving: 'arriving from',
  moved: 'moved to',
} as const;

/** A row for each world of each twin, and for each that went elsewhere or comes. */
export function worldsTable(twins: readonly TwinWorlds[]): string {
  const rows = twins.flatMap(rowsOf);
  const widths = heads.map((head, at) => Math.max(head.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    cells
      // Numbers stand below one another.
      .map((cell, at) =>
        at === 2 || at === 3 ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return `${[heads, ...rows].map(line).join('\n')}\n`;
}

/** So many worlds are named before the rest is counted. */
const NAMED = 5;

/**
 * Names worlds that several twins have: calls to them went to either, as they do when balancers have different tables, or
 * when a twin was away for so long that its addresses went to the others.
 *
 * @returns lines, none when each world is in one twin
 */
export function worldsInSeveral(twins: readonly TwinWorlds[]): string {
  const places = new Map<string, string[]>();
  for (const { url, worlds } of twins)
    for (const { name } of worlds) places.set(name, [...(places.get(name) ?? []), url]);
  // Each twin has a main world of its own.
  const several = [...places].filter(([name, urls]) => name !== 'main' && urls.length > 1);
  if (several.length === 0) return '';
  const lines = several
    .slice(0, NAMED)
    .map(([name, urls]) => `The world "${name}" is in ${urls.join(' and ')}.`);
  if (several.length > NAMED) lines.push(`So are ${several.length - NAMED} more.`);
  return `${lines.join('\n')}
Their clients may have met either. Give all balancers the same twins in the same order, and drop what nobody means at its twin (DELETE /__admin/worlds/NAME).
`;
}

function rowsOf({ url, worlds, moves, isDraining }: TwinWorlds): string[][] {
  const known = new Set(worlds.map(({ name }) => name));
  const moveOf = (name: string) => {
    const move = moves.find(({ world }) => world === name);
    if (!move) return '';
    const { phase, peer, isRunning } = move;
    const isOver = isRunning || phase === 'moved' || phase === 'arriving';
    return `${moveWords[phase]} ${peer}${isOver ? '' : ', broken off'}`;
  };
  return [
    ...worlds.map(({ name, records, calls, usedAt }) => [
      ...[name, url, String(records), String(calls), usedAt.replace('T', ' ').slice(0, 19)],
      name === 'main' && isDraining ? 'takes no new worlds' : moveOf(name),
    ]),
    ...moves
      .filter(({ world }) => !known.has(world))
      .map(({ world }) => [world, url, '', '', '', moveOf(world)]),
  ];
}
