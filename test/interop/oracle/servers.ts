import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { startEdge } from '../../support/edge.ts';
import { wsdlModel } from '../../support/soap-message.ts';
import { wsdlFile } from '../build.ts';
import { generatedServer } from '../gsoap.ts';
import type { RawAnswer } from './answers.ts';
import { echoService } from './echo-service.ts';
import { oracleSource } from './oracle-source.ts';
import type { Question } from './questions.ts';

/** A server that gSOAP generated from our WSDL, and our own SOAP layer, with the same functions behind them. */
export interface Servers extends AsyncDisposable {
  readonly oracle: number;
  readonly ours: number;
}

/** Generates and compiles the oracle, when that was not done yet, and starts both. */
export async function startServers(): Promise<Servers> {
  const program = await generatedServer('oracle', (header) => oracleSource(header));
  const child = spawn(program, [wsdlFile], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [port] = (await once(child.stdout, 'data')) as [Buffer];
  const edge = await startEdge({ answer: echoService(wsdlModel) });
  return {
    oracle: Number(port.toString()),
    ours: edge.port,
    async [Symbol.asyncDispose]() {
      child.kill();
      await edge.listener.close();
    },
  };
}

/** What a server answers to a question, and to what is asked before and after it. */
export interface Answers {
  readonly answer: RawAnswer;
  readonly after: RawAnswer | undefined;
}

export async function ask(port: number, { body, headers, before, after }: Question): Promise<Answers> {
  if (before !== undefined) await post(port, before);
  const answer = await post(port, body, headers);
  return { answer, after: after === undefined ? undefined : await post(port, after) };
}

function post(
  port: number,
  body: string | Buffer,
  given: Readonly<Record<string, string | undefined>> = {},
): Promise<RawAnswer> {
  const usual = {
    'content-type': 'text/xml; charset=utf-8',
    soapaction: '""',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  };
  const headers = Object.entries({ ...usual, ...given }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  const options = { port, host: '127.0.0.1', method: 'POST', path: '/cgi-bin/ttsoapcgi.exe', agent: false };
  return new Promise((resolve, reject) => {
    const sending = request({ ...options, headers: Object.fromEntries(headers) }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          contentType: response.headers['content-type'],
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    // A server may end the connection without an answer: that is one, too.
    sending.on('error', (error: NodeJS.ErrnoException) =>
      resolve({ status: 0, contentType: undefined, body: `no answer (${error.code})` }),
    );
    sending.end(body);
  });
}
