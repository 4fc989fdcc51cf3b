import { writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { makeCredentials } from '../src/http/tls/made-credentials.ts';
import { soapClient } from '../test/support/soap-client.ts';
import { type Figure, ratio } from './figure.ts';
import { type Conversation, rate } from './load.ts';
import { inTurn, soapPath, soapRequest } from './requests.ts';
import { bareServer, processorMs, type Server, secureBareServer, twinServer } from './servers.ts';

/** Long enough for the clock of a process, which counts in hundredths of a second. */
const TURN_SECONDS = 1;
const TURNS = 7;

/** A port of a server in a process of its own. */
interface Door {
  readonly server: Server;
  readonly port: number;
  readonly isSecure: boolean;
}

/**
 * What TLS costs on kept connections: one twin at its two ports, and beside it bare Node with and without TLS, which answers
 * with the same bytes. It is told by the processor time of the servers, because the client of this measurement would pay for
 * TLS as much as they do.
 *
 * @param bytesFile holds an answer of the twin
 */
export async function tlsFigures(scenario: string, bytesFile: string): Promise<Figure[]> {
  const tlsPort = await freePort();
  const twin = await twinServer(scenario, ['--tls-port', String(tlsPort)]);
  const tt = soapClient(`http://127.0.0.1:${twin.port}${soapPath}`);
  const cookie = await tt.DatabaseLogon({ dbname: 'Project', username: 'username', password: 'password' });
  const reads = Array.from({ length: 200 }, (_, at) =>
    soapRequest('getDefect', `<cookie>${cookie}</cookie><defectNumber>${at + 1}</defectNumber>`),
  );
  const { cert, key } = await makeCredentials({ hosts: ['127.0.0.1'], now: Date.now() });
  const pemFile = `${bytesFile}.pem`;
  writeFileSync(pemFile, key + cert);
  const [bare, secureBare] = [await bareServer(bytesFile), await secureBareServer(bytesFile, pemFile)];
  const [plain, secure, barePlain, bareSecure] = await costsOf(inTurn(reads), [
    { server: twin, port: twin.port, isSecure: false },
    { server: twin, port: tlsPort, isSecure: true },
    { server: bare, port: bare.port, isSecure: false },
    { server: secureBare, port: secureBare.port, isSecure: true },
  ]);
  await Promise.all([twin, bare, secureBare].map((server) => server.stop()));
  return [
    {
      what: 'getDefect over TLS, kept connections, of plain (processor of the twin)',
      value: ratio(plain, secure),
      atLeast: 0.8,
    },
    {
      what: 'bare node:https with the same bytes, of bare node:http (processor of each)',
      value: ratio(barePlain, bareSecure),
    },
  ];
}

/** What a round costs at each door in turn, in milliseconds of its server's processor. */
async function costsOf<const D extends readonly Door[]>(
  conversation: Conversation,
  doors: D,
): Promise<{ readonly [K in keyof D]: number[] }> {
  const costs: number[][] = doors.map(() => []);
  for (let turn = 0; turn <= TURNS; turn++) {
    for (const [at, { server, port, isSecure }] of doors.entries()) {
      const before = processorMs(server.pid);
      const rounds = await rate({ port, isSecure, connections: 8, seconds: TURN_SECONDS }, conversation);
      // The first turn is for the engine, which compiles what is asked for again and again.
      if (turn > 0) costs[at]?.push((processorMs(server.pid) - before) / rounds);
    }
  }
  return costs as { [K in keyof D]: number[] };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
