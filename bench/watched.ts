import { get } from 'node:http';
import { soapClient } from '../test/support/soap-client.ts';
import { type Figure, ratio } from './figure.ts';
import { rate } from './load.ts';
import { inTurn, soapPath, soapRequest } from './requests.ts';
import { processorMs, type Server, twinServer } from './servers.ts';

/** Long enough for the clock of a process, which counts in hundredths of a second. */
const TURN_SECONDS = 1;
const TURNS = 9;
const PAGES = 5;

/**
 * What open pages of the console take from the calls that they watch. It is told by the twin's own processor time, because
 * who reads the events is no part of the twin.
 */
export async function watchedFigure(scenario: string): Promise<Figure> {
  const twin = await twinServer(scenario);
  const tt = soapClient(`http://127.0.0.1:${twin.port}${soapPath}`);
  const cookie = await tt.DatabaseLogon({ dbname: 'Project', username: 'username', password: 'password' });
  const conversation = inTurn(
    Array.from({ length: 200 }, (_, at) =>
      soapRequest('getDefect', `<cookie>${cookie}</cookie><defectNumber>${at + 1}</defectNumber>`),
    ),
  );
  const cost = async () => {
    const before = processorMs(twin.pid);
    const rounds = await rate({ port: twin.port, connections: 8, seconds: TURN_SECONDS }, conversation);
    return (processorMs(twin.pid) - before) / rounds;
  };
  const [alone, watched]: [number[], number[]] = [[], []];
  for (let turn = 0; turn <= TURNS; turn++) {
    const withoutPages = await cost();
    const close = await openPages(twin);
    const withPages = await cost();
    close();
    // The first turn is for the engine, which compiles what is asked for again and again.
    if (turn === 0) continue;
    alone.push(withoutPages);
    watched.push(withPages);
  }
  await twin.stop();
  return {
    what: `getDefect with ${PAGES} open pages of the console, of the rate without (processor of the twin)`,
    value: ratio(alone, watched),
    atLeast: 0.9,
  };
}

/** Reads the events as that many pages would. @returns ends it */
async function openPages({ port }: Server): Promise<() => void> {
  const closings = await Promise.all(
    Array.from(
      { length: PAGES },
      () =>
        new Promise<() => void>((resolve, reject) => {
          const request = get(
            { host: '127.0.0.1', port, path: '/__admin/events', agent: false },
            (answer) => {
              answer.resume().on('error', () => {});
              resolve(() => request.destroy());
            },
          ).on('error', reject);
        }),
    ),
  );
  return () => {
    for (const close of closings) close();
  };
}
