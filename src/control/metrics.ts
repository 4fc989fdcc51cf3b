import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import { type CallCount, durationBounds } from '../journal/call-counts.ts';
import { locks, loginSessions, projectScope, projects, serverScope } from '../testtrack/model/tables.ts';
import type { HostedWorld } from '../worlds/hosted-world.ts';
import type { Worlds } from '../worlds/worlds.ts';

/** So many worlds are told apart; the others are one, named `other`. */
const mostWorlds = 50;

type Labels = Readonly<Record<string, string | number>>;

/** One line of a metric. */
interface Sample {
  readonly labels: Labels;
  readonly value: number;
  /** Of a histogram, whose lines have names of their own. */
  readonly metricName?: string;
}

interface Metric {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly values: readonly Sample[];
}

export interface MetricsParts {
  readonly worlds: Pick<Worlds, 'list'>;
  readonly version: string;
  /** How many read the events. */
  readonly readers: () => number;
  /** Whether the data folder is as it was left; undefined without one. */
  readonly isIntact?: (() => boolean) | undefined;
}

/** What Prometheus is told of a twin. The library for it is loaded by the first question. */
export class Metrics {
  private lag: IntervalHistogram | undefined;

  constructor(private readonly parts: MetricsParts) {}

  /** The metrics in the text format of Prometheus. */
  async text(): Promise<string> {
    const { default: prometheus } = await import('prom-client');
    const registry = new prometheus.Registry();
    for (const metric of this.metrics()) registry.registerMetric(known(metric));
    return registry.metrics();
  }

  private metrics(): Metric[] {
    const worlds = this.parts.worlds.list();
    const counts = [...named(worlds)].map(([world, hosted]) => ({
      world,
      calls: hosted.flatMap(({ counts }) => counts.list()),
      hosted,
    }));
    return [
      {
        name: 'twintrack_build_info',
        help: 'The version of Twintrack',
        type: 'gauge',
        values: [{ labels: { version: this.parts.version }, value: 1 }],
      },
      {
        name: 'twintrack_calls_total',
        help: 'Calls of clients since each world began',
        type: 'counter',
        values: counts.flatMap(({ world, calls }) => callSamples(world, calls)),
      },
      {
        name: 'twintrack_call_duration_seconds',
        help: 'How long calls took, without reading and writing their bytes',
        type: 'histogram',
        values: durationSamples(counts.flatMap(({ calls }) => calls)),
      },
      gauge('twintrack_worlds', 'Worlds of this twin', worlds.length),
      perWorld(counts, sessionsOf, {
        name: 'twintrack_sessions',
        help: 'TestTrack sessions that were opened and not ended yet',
      }),
      perWorld(counts, locksOf, {
        name: 'twintrack_locks',
        help: 'Locks of TestTrack that were taken and not given back yet',
      }),
      perWorld(counts, ({ journal }) => journal.count, {
        name: 'twintrack_journal_entries',
        help: 'Calls that the journal keeps',
      }),
      perWorld(counts, ({ journal }) => journal.size, {
        name: 'twintrack_journal_bytes',
        help: 'Memory that the journal keeps, about',
      }),
      gauge('twintrack_event_readers', 'Who reads the events now', this.parts.readers()),
      ...this.process(worlds),
    ];
  }

  private process(worlds: readonly HostedWorld[]): Metric[] {
    const { user, system } = process.cpuUsage();
    const stateBytes = worlds[0]?.budget?.used;
    const isIntact = this.parts.isIntact?.();
    return [
      this.eventLoop(),
      gauge('process_resident_memory_bytes', 'Memory of the process', process.memoryUsage.rss()),
      {
        name: 'process_cpu_seconds_total',
        help: 'Time of the processor',
        type: 'counter',
        values: [{ labels: {}, value: (user + system) / 1e6 }],
      },
      ...(stateBytes === undefined
        ? []
        : [gauge('twintrack_state_bytes', 'Memory of all states, about', stateBytes)]),
      ...(isIntact === undefined
        ? []
        : [
            gauge(
              'twintrack_data_folder_intact',
              '1 while the data folder is as it was left',
              isIntact ? 1 : 0,
            ),
          ]),
    ];
  }

  /** How late the event loop was since it was asked last; nothing is measured before somebody asks. */
  private eventLoop(): Metric {
    const help = 'How late the event loop came to its work since the last question';
    const shown = { name: 'twintrack_event_loop_lag_seconds', help, type: 'gauge' } as const;
    if (!this.lag) {
      this.lag = monitorEventLoopDelay({ resolution: 20 });
      this.lag.enable();
      return { ...shown, values: [] };
    }
    const { lag } = this;
    const values = [50, 90, 99].map((percentile) => ({
      labels: { percentile },
      value: lag.count === 0 ? 0 : lag.percentile(percentile) / 1e9,
    }));
    lag.reset();
    return { ...shown, values };
  }
}

/** In the form that prom-client's registry takes. */
function known({ values, ...metric }: Metric): import('prom-client').Metric {
  const held = { ...metric, get: async () => ({ ...metric, values, aggregator: 'sum' }), reset: () => {} };
  return held as unknown as import('prom-client').Metric;
}

function gauge(name: string, help: string, value: number): Metric {
  return { name, help, type: 'gauge', values: [{ labels: {}, value }] };
}

interface Counted {
  readonly world: string;
  readonly hosted: readonly HostedWorld[];
}

function perWorld(
  counts: readonly Counted[],
  of: (world: HostedWorld) => number,
  { name, help }: Pick<Metric, 'name' | 'help'>,
): Metric {
  const values = counts.map(({ world, hosted }) => ({
    labels: { world },
    value: hosted.reduce((sum, each) => sum + of(each), 0),
  }));
  return { name, help, type: 'gauge', values };
}

/** The worlds by the name that a label has for them. */
function named(worlds: readonly HostedWorld[]): Map<string, HostedWorld[]> {
  const first = worlds.slice(0, mostWorlds).map((world): [string, HostedWorld[]] => [world.name, [world]]);
  const rest = worlds.slice(mostWorlds);
  return new Map(rest.length === 0 ? first : [...first, ['other', rest]]);
}

function callSamples(world: string, calls: readonly CallCount[]): Sample[] {
  const sums = new Map<string, Sample>();
  for (const { api, operation, outcomes } of calls) {
    for (const [outcome, count] of Object.entries(outcomes)) {
      if (count === 0) continue;
      const key = `${api} ${operation} ${outcome}`;
      const value = count + (sums.get(key)?.value ?? 0);
      sums.set(key, { labels: { world, api, operation, outcome }, value });
    }
  }
  return [...sums.values()];
}

/** A histogram's lines: how many calls were not longer than each bound, all durations together, and how many calls. */
function durationSamples(calls: readonly CallCount[]): Sample[] {
  const name = 'twintrack_call_duration_seconds';
  const byOperation = new Map<string, CallCount[]>();
  for (const call of calls) {
    const key = `${call.api} ${call.operation}`;
    const group = byOperation.get(key);
    if (group) group.push(call);
    else byOperation.set(key, [call]);
  }
  return [...byOperation.values()].flatMap((group) => {
    const { api = 'testtrack', operation = '' } = group[0] ?? {};
    const labels = { api, operation };
    let count = 0;
    const buckets = [...durationBounds, '+Inf'].map((le, place): Sample => {
      for (const { durations } of group) count += durations[place] ?? 0;
      return { metricName: `${name}_bucket`, labels: { ...labels, le }, value: count };
    });
    const seconds = group.reduce((sum, each) => sum + each.seconds, 0);
    return [
      ...buckets,
      { metricName: `${name}_sum`, labels, value: seconds },
      { metricName: `${name}_count`, labels, value: count },
    ];
  });
}

function sessionsOf({ runner }: HostedWorld): number {
  return runner.world.collection(loginSessions, serverScope).size;
}

function locksOf({ runner: { world } }: HostedWorld): number {
  let count = 0;
  for (const name of world.collection(projects, serverScope).keys())
    count += world.collection(locks, projectScope(String(name))).size;
  return count;
}
