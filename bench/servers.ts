import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A server in a process of its own. */
export interface Server {
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
}

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));
export const twinProgram = here('../dist/cli/main.js');

/** Node answering fixed bytes: what nothing on Node can beat. @param bytesFile holds the body of each answer */
export const bareServer = (bytesFile: string) => started([here('bare-server.mjs'), bytesFile]);

/** The same over TLS. @param pemFile holds the key and the certificate */
export const secureBareServer = (bytesFile: string, pemFile: string) =>
  started([here('bare-server.mjs'), bytesFile, pemFile]);

/** The twin as a user starts it. */
export const twinServer = (scenario: string, options: readonly string[] = []) =>
  started([
    ...[twinProgram, 'serve', '--scenario', scenario, '--port', '0', '--log-level', 'error'],
    ...options,
  ]);

/** strong-soap's own server on our WSDL: what a user would write without the twin. */
export const strongSoapServer = (answerFile: string) => started([here('strong-soap-server.mjs'), answerFile]);

/** What passes bytes on to a port and does nothing else. */
export const tcpProxy = (port: number) => started([here('tcp-proxy.mjs'), String(port)]);

/** The recording proxy as a user starts it. */
export const recordProxy = (target: string, out: string) =>
  started([twinProgram, 'record', '--target', target, '--out', out, '--port', '0', '--force']);

/** Starts a program and waits until it names its port as `http://127.0.0.1:PORT` or `https:`. */
async function started(args: readonly string[]): Promise<Server> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  // A measurement that fails leaves no server behind.
  const kill = () => child.kill();
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
  const port = await portOf(child);
  const stop = () =>
    new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
      child.kill('SIGTERM');
    });
  return { port, pid: child.pid ?? 0, stop };
}

function portOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${text}`)));
    child.stdout?.on('data', (piece: Buffer) => {
      text += piece.toString('utf8');
      const port = /https?:\/\/127\.0\.0\.1:(\d+)/.exec(text)?.[1];
      if (port) resolve(Number(port));
    });
  });
}

/** What a process holds in memory, in megabytes. */
export function residentMegabytes(pid: number): number {
  const pages = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(pages)?.[1] ?? Number.NaN) / 1024;
}

/** What a process has used of the processor, in milliseconds. */
export function processorMs(pid: number): number {
  const [, fields = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
  const [user, system] = fields.split(' ').slice(11, 13).map(Number);
  return ((user ?? Number.NaN) + (system ?? Number.NaN)) * 10;
}
