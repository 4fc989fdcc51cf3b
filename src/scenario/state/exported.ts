import type { ClockChoice } from '../../world/clock.ts';
import type { FileContent } from '../../world/file-content.ts';
import { encoded } from '../../world/store/encoding.ts';
import type { World } from '../../world/world.ts';
import { scenarioFormatVersion } from '../format-version.ts';
import { withWrittenNames } from './member-names.ts';

/** A world as a scenario: plain data that JSON and YAML can write. */
export interface ExportedScenario {
  readonly twintrack: typeof scenarioFormatVersion;
  readonly seed: string;
  readonly clock: { readonly mode: ClockChoice['mode']; readonly now?: string; readonly rate?: number };
  readonly state: {
    readonly counters: Readonly<Record<string, number>>;
    readonly tables: Readonly<Record<string, readonly unknown[]>>;
    readonly files: Readonly<Record<string, string>>;
  };
}

/** What is told of the content of a file that a record holds. */
type OnFile = (content: FileContent) => void;

/** A record as a scenario holds it: what JSON has no word for is marked, files are named by their hash. */
export function plainRecord(record: unknown, onFile: OnFile): unknown {
  return JSON.parse(withWrittenNames(encoded(record, onFile)));
}

/** The bytes of a file as a scenario holds them. */
export function plainFile({ bytes }: FileContent): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

/**
 * Writes a world down as a scenario. Loading it gives an equal world: every record of both products and of the twin
 * itself, every counter, the seed and the clock.
 */
export function exportedScenario(world: World, clock: ClockChoice): ExportedScenario {
  const contents = new Map<string, FileContent>();
  const plain = (record: unknown): unknown =>
    plainRecord(record, (content) => contents.set(content.sha256, content));
  const paths = [...world.collections].filter(([, { size }]) => size > 0).sort(byFirst);
  const tables = paths.map(([path, collection]) => [path, collection.sorted().map(plain)]);
  const files = [...contents].sort(byFirst).map(([sha256, content]) => [sha256, plainFile(content)]);
  return {
    ...exportHead(world, clock),
    state: {
      counters: Object.fromEntries([...world.counters].sort(byFirst)),
      tables: Object.fromEntries(tables),
      files: Object.fromEntries(files),
    },
  };
}

/** What stands before the state. */
export function exportHead(
  world: World,
  { mode, now, rate }: ClockChoice,
): Pick<ExportedScenario, 'twintrack' | 'seed' | 'clock'> {
  return {
    twintrack: scenarioFormatVersion,
    seed: world.seed,
    clock: {
      mode,
      ...(now === undefined ? {} : { now: new Date(now).toISOString() }),
      ...(rate === undefined ? {} : { rate }),
    },
  };
}

export function byFirst([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
