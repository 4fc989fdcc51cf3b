import { startTwin, type Twin } from '../../src/index.ts';
import { packageRoot } from '../../src/package/package-root.ts';
import { exchange, RawConnection } from '../support/raw-http.ts';
import { writeCall } from '../support/soap-message.ts';
import { cpuMs, type FuzzCase } from './fuzz-case.ts';
import { mutated } from './mutate.ts';
import { fuzzScenario } from './place.ts';

/** A client that waits longer for an answer is held up by others, in milliseconds of the processor. */
const longestWait = 250;

/** A twin on a port of this machine, and the cases that are about bytes on a connection. */
export class SocketShare {
  private constructor(private readonly twin: Twin) {}

  static async open(): Promise<SocketShare> {
    const share = new SocketShare(await startTwin({ scenario: fuzzScenario }));
    // What is loaded with the first request is no fault of any request.
    for (const request of requests())
      await exchange(share.port, request.replace('\r\n', '\r\nConnection: close\r\n'));
    return share;
  }

  private get port(): number {
    return Number(new URL(this.twin.url).port);
  }

  close(): Promise<void> {
    return this.twin.close();
  }

  /** Sends a request whose head or body is broken, and meanwhile asks as another user. */
  async send(fuzz: FuzzCase): Promise<void> {
    const { chance } = fuzz;
    this.twin.reset();
    const whole = Buffer.from(chance.of(requests()));
    const bytes = chance.happens(0.8) ? mutated(whole, chance) : whole;
    const connection = await RawConnection.open(this.port);
    const at = chance.below(bytes.length + 1);
    connection.send(bytes.subarray(0, at)).send(bytes.subarray(at));
    const begun = cpuMs();
    const health = await fetch(`${this.twin.url}/__admin/health`);
    const waited = cpuMs() - begun;
    if (health.status !== 200) fuzz.found(`others were answered with ${health.status}`);
    if (waited > longestWait) fuzz.found(`others waited ${Math.round(waited)} ms`);
    connection.socket.end();
    const answer = await connection.untilClosed();
    fuzz.mustTellNothing('an answer over a socket', answer);
    if (answer !== '' && !/^HTTP\/1\.1 [1-5]\d\d /.test(answer))
      fuzz.found(`no HTTP: ${answer.slice(0, 200)}`);
    if (answer.includes(packageRoot)) fuzz.found('a path in an answer');
    fuzz.count('over a socket', answer.startsWith('HTTP/1.1 200'));
  }
}

/** A good request of each kind. */
function requests(): readonly string[] {
  const soap = writeCall('DatabaseLogon', { dbname: 'Project', username: 'admin', password: 'secret' });
  const form = 'rpctoken=token&username=lake&suite=Example&command=getSessionStatus&sessNum=57';
  const part = (name: string, value: string) =>
    `--e\r\nContent-Disposition: form-data; ${name}\r\n\r\n${value}\r\n`;
  const fields = form
    .split('&')
    .map((pair) => part(`name="${pair.split('=')[0]}"`, pair.split('=')[1] ?? ''));
  const upload = `${fields.join('')}${part('name="f"; filename="a.txt"', 'bytes')}--e--\r\n`;
  return [
    post('/cgi-bin/ttsoapcgi.exe', 'text/xml; charset=utf-8', soap),
    post('/atm/run/rpc.mpl', 'application/x-www-form-urlencoded', form),
    post('/atm/run/rpc.mpl', 'multipart/form-data; boundary=e', upload),
    post('/__admin/clock/advance', 'application/json', '{"by":"1m"}'),
    `GET /atm/run/rpc.mpl?${form} HTTP/1.1\r\nHost: localhost\r\n\r\n`,
    'GET /ttsoapcgi.wsdl HTTP/1.1\r\nHost: localhost\r\n\r\n',
  ];
}

function post(path: string, type: string, body: string): string {
  return `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: ${type}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}
