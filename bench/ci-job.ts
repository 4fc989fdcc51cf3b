import { request } from 'node:http';
import { type Figure, median, ratio } from './figure.ts';
import { editAndSave, inTurn, rpcRequest, scatteredNumbers, soapRequest } from './requests.ts';
import type { Server } from './servers.ts';

const calls = 300;
const turns = 7;

/**
 * What a CI job waits for: from the start of the server's process to the end of 300 calls of both products, each on a
 * connection of its own and one after another, as scripts make them. Bare `node:http` is asked the same.
 *
 * @param start starts a server and waits until it names its port
 */
export async function ciJobFigure(start: {
  readonly twin: () => Promise<Server>;
  readonly bare: () => Promise<Server>;
}): Promise<Figure> {
  const times: [twin: number[], bare: number[]] = [[], []];
  for (let turn = 0; turn < turns; turn++) {
    times[0].push(await timeOfJob(start.twin));
    times[1].push(await timeOfJob(start.bare));
  }
  console.log(`  (${times.map((each) => Math.round(median(each))).join(' ms the twin, ')} ms bare)`);
  return {
    what: 'a CI job: start and 300 mixed calls on a connection each, times bare node:http',
    value: ratio(...times),
    atMost: 1.6,
  };
}

async function timeOfJob(start: () => Promise<Server>): Promise<number> {
  const begun = performance.now();
  const server = await start();
  try {
    const logon = soapRequest(
      'DatabaseLogon',
      '<dbname>Project</dbname><username>username</username><password>password</password>',
    );
    // Bare `node:http` gives no cookie; what it is sent is as long.
    const cookie = Number(/>(\d+)</.exec((await ask(server, logon)).toString('utf8'))?.[1] ?? 1);
    for (let call = 1; call < calls; ) call += await round(server, conversations(cookie)[call % 4]);
    return performance.now() - begun;
  } finally {
    await server.stop();
  }
}

const conversations = (cookie: number) => [
  inTurn([soapRequest('getDefect', `<cookie>${cookie}</cookie><defectNumber>7</defectNumber>`)]),
  editAndSave(cookie, scatteredNumbers(50)),
  inTurn([rpcRequest('command=result&sess=1&tid=3&result=pass')]),
  inTurn([rpcRequest('command=getSessionStatus&sessNum=1')]),
];

/** Has one conversation. @returns how many calls it was */
async function round(server: Server, conversation = inTurn([])): Promise<number> {
  const talk = conversation();
  let made = 0;
  for (let next = talk.next(Buffer.alloc(0)); !next.done; next = talk.next(await ask(server, next.value)))
    made += 1;
  return made;
}

/** Sends a request as it goes over a kept connection, over one of its own. @returns the body of the answer */
function ask({ port }: Server, bytes: Buffer): Promise<Buffer> {
  const [head = '', body = ''] = bytes.toString('utf8').split('\r\n\r\n');
  const [first = '', ...lines] = head.split('\r\n');
  const [method = '', path = ''] = first.split(' ');
  const headers = Object.fromEntries(
    lines.map((line) => line.split(': ')).filter(([name]) => !/^(?:connection|host)$/i.test(name ?? '')),
  );
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, method, path, headers, agent: false }, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('end', () => {
        if (response.statusCode === 200) resolve(Buffer.concat(pieces));
        else reject(new Error(`${path} answered ${response.statusCode}`));
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
