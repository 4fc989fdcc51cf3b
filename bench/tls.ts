import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { soapClient } from '../test/support/soap-client.ts';
import { type Figure, ratio } from './figure.ts';
import { rate } from './load.ts';
import { inTurn, soapPath, soapRequest } from './requests.ts';
import { processorMs, twinServer } from './servers.ts';

/** Long enough for the clock of a process, which counts in hundredths of a second. */
const TURN_SECONDS = 1;
const TURNS = 7;

/**
 * What TLS costs the twin on kept connections: one twin at its two ports. It is told by the twin's own processor time, because
 * the client of this measurement would pay for TLS as much as the twin does.
 */
export async function tlsFigure(scenario: string): Promise<Figure> {
  const tlsPort = await freePort();
  const twin = await twinServer(scenario, ['--tls-port', String(tlsPort)]);
  const tt = soapClient(`http://127.0.0.1:${twin.port}${soapPath}`);
  const cookie = await tt.DatabaseLogon({ dbname: 'Project', username: 'username', password: 'password' });
  const conversation = inTurn(
    Array.from({ length: 200 }, (_, at) =>
      soapRequest('getDefect', `<cookie>${cookie}</cookie><defectNumber>${at + 1}</defectNumber>`),
    ),
  );
  const costs: Record<'plain' | 'secure', number[]> = { plain: [], secure: [] };
  for (let turn = 0; turn <= TURNS; turn++) {
    for (const kind of ['plain', 'secure'] as const) {
      const isSecure = kind === 'secure';
      const before = processorMs(twin.pid);
      const port = isSecure ? tlsPort : twin.port;
      const rounds = await rate({ port, isSecure, connections: 8, seconds: TURN_SECONDS }, conversation);
      // The first turn is for the engine, which compiles what is asked for again and again.
      if (turn > 0) costs[kind].push((processorMs(twin.pid) - before) / rounds);
    }
  }
  await twin.stop();
  return {
    what: 'getDefect over TLS, kept connections, of plain (processor of the twin)',
    value: ratio(costs.plain, costs.secure),
    atLeast: 0.8,
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
