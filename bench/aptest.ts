import { writeFileSync } from 'node:fs';
import { get } from 'node:http';
import path from 'node:path';
import { type Server, twinServer } from './servers.ts';

/** What large suites cost. */
export interface LargeSuiteTimes {
  /** createSet over 100,000 test cases with three selectors, in milliseconds; median of several. */
  readonly createSetMs: number;
  /** getSessionResults with everyTest over 100 sessions of 1,000 tests, in milliseconds; median of several. */
  readonly everyTestMs: number;
  /** The longest that another client waited for an answer meanwhile, in milliseconds: how long the loop was held. */
  readonly longestWaitMs: number;
  /** From the start of the process until it listens, in milliseconds. */
  readonly startMs: number;
}

const turns = 5;
const common = 'rpctoken=token&username=bench&suite=Large';

/** Measures a twin with 100,000 test cases and 100 sessions of 1,000 tests. @param folder for the scenario file */
export async function largeSuiteTimes(folder: string): Promise<LargeSuiteTimes> {
  const file = path.join(folder, 'aptest-large.json');
  writeFileSync(file, JSON.stringify(largeSuite()));
  const before = performance.now();
  const server = await twinServer(file);
  const startMs = performance.now() - before;
  try {
    const sets: number[] = [];
    for (let turn = 0; turn <= turns; turn++) {
      const selectors = 'SCHEMA_priority=high&SCHEMA_title=99&SCHEMA_version=2..7';
      sets.push((await timed(server, `command=createSet&set=bench${turn}&${selectors}`)).ms);
    }
    const reports = [];
    for (let turn = 0; turn <= turns; turn++) reports.push(await reportWithOthers(server));
    return {
      createSetMs: median(sets.slice(1)),
      everyTestMs: median(reports.slice(1).map(({ ms }) => ms)),
      longestWaitMs: Math.max(...reports.slice(1).map(({ waitMs }) => waitMs)),
      startMs,
    };
  } finally {
    await server.stop();
  }
}

/** The large report, while another client keeps asking for something small. */
async function reportWithOthers(server: Server): Promise<{ readonly ms: number; readonly waitMs: number }> {
  let isDone = false;
  let waitMs = 0;
  const others = (async () => {
    while (!isDone) waitMs = Math.max(waitMs, (await timed(server, 'command=getSessionStatus&sessNum=1')).ms);
  })();
  const { ms } = await timed(server, 'command=getSessionResults&everyTest=1&returnJSON=1&sets=thousand');
  isDone = true;
  await others;
  return { ms, waitMs };
}

/** Asks and reads the whole answer without keeping it. */
function timed(server: Server, query: string): Promise<{ readonly ms: number }> {
  const start = performance.now();
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port: server.port, path: `/run/rpc.mpl?${common}&${query}` }, (response) => {
      response.resume();
      response.on('end', () => resolve({ ms: performance.now() - start }));
    }).on('error', reject);
  });
}

function largeSuite(): object {
  const tests = Array.from({ length: 100_000 }, (_, at) => ({
    id: `Folder_${at % 50}/Part_${at % 7}/Test_${at}`,
    fields: {
      priority: at % 3 === 0 ? 'low' : 'high',
      title: `Test number ${at} of many`,
      version: String(at % 10),
    },
  }));
  const thousand = tests.slice(0, 1000).map(({ id }) => id);
  return {
    twintrack: 1,
    aptest: {
      token: 'token',
      users: ['bench'],
      suites: [
        {
          name: 'Large',
          fields: [
            { name: 'priority', type: 'list', values: ['high', 'low'] },
            { name: 'title', type: 'text' },
            { name: 'version', type: 'number' },
          ],
          tests,
          sets: [{ path: 'thousand', tests: thousand }],
          sessions: Array.from({ length: 100 }, (_, at) => ({
            set: 'thousand',
            name: `Session ${at}`,
            results: thousand.slice(0, 500).map((test) => ({ test, result: 'pass' })),
          })),
        },
      ],
    },
  };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
