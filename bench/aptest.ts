import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { median } from './figure.ts';
import { type Server, twinServer } from './servers.ts';
import { longestWait, timeToGet } from './waits.ts';

/** What large suites cost. */
export interface LargeSuiteTimes {
  /** createSet over 100,000 test cases with three selectors, in milliseconds; median of several. */
  readonly createSetMs: number;
  /** getSessionResults with everyTest over 100 sessions of 1,000 tests, in milliseconds; median of several. */
  readonly everyTestMs: number;
  /** The longest that another client waited for an answer during one of those, in milliseconds; median of several. */
  readonly longestWaitMs: number;
}

const turns = 5;
const common = 'rpctoken=token&username=bench&suite=Large';
const everyTest = 'command=getSessionResults&everyTest=1&returnJSON=1&sets=thousand';

/** Measures a twin with 100,000 test cases and 100 sessions of 1,000 tests. @param folder for the scenario file */
export async function largeSuiteTimes(folder: string): Promise<LargeSuiteTimes> {
  const file = path.join(folder, 'aptest-large.json');
  writeFileSync(file, JSON.stringify(largeSuite()));
  const server = await twinServer(file);
  try {
    const sets: number[] = [];
    for (let turn = 0; turn <= turns; turn++) {
      const selectors = 'SCHEMA_priority=high&SCHEMA_title=99&SCHEMA_version=2..7';
      sets.push(await timed(server, `command=createSet&set=bench${turn}&${selectors}`));
    }
    const reports: number[] = [];
    const waits: number[] = [];
    for (let turn = 0; turn <= turns; turn++) {
      const report = async () => reports.push(await timed(server, everyTest));
      waits.push(await longestWait(server, report));
    }
    return {
      createSetMs: median(sets.slice(1)),
      everyTestMs: median(reports.slice(1)),
      longestWaitMs: median(waits.slice(1)),
    };
  } finally {
    await server.stop();
  }
}

const timed = (server: Server, query: string) => timeToGet(server, `/run/rpc.mpl?${common}&${query}`);

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
