import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../../src/package/package-root.ts';
import { freePort } from './free-port.ts';

/** A file of deploy/. */
export const deployed = (file: string) => path.join(packageRoot, 'deploy', file);

/** How often a balancer is asked whether it answers, 50 ms apart. */
const MOST_TRIES = 400;

/** Debian's haproxy and nginx with the files of deploy/, as processes of a test. */
export class Balancers {
  private readonly children: ChildProcess[] = [];
  private readonly byUrl = new Map<string, ChildProcess>();

  /**
   * HAProxy with deploy/haproxy.cfg as it is.
   *
   * @param ports of the twins, on this machine
   * @param env further variables of the file
   * @param file another file than the delivered one
   * @returns its address, when it answers
   */
  async haproxy(
    ports: readonly number[],
    env: Readonly<Record<string, string>> = {},
    file = deployed('haproxy.cfg'),
  ): Promise<string> {
    const port = await freePort();
    return this.serving(port, ['haproxy', '-db', '-f', file], { ...placesOf(port, ports), ...env });
  }

  /**
   * Has an haproxy take another file, as a reload does: a new process takes new connections, and the old one ends when it
   * has answered what it was asked.
   *
   * @param url as `haproxy` gave it
   * @param ports of the twins that the delivered file names, on this machine
   */
  async reload(url: string, ports: readonly number[], file: string): Promise<void> {
    const before = this.byUrl.get(url);
    if (before?.pid === undefined) throw new Error(`no haproxy answers at ${url}`);
    const port = Number(new URL(url).port);
    const words = ['haproxy', '-db', '-f', file, '-sf', String(before.pid)];
    const ended = before.exitCode === null ? once(before, 'exit') : Promise.resolve();
    await this.serving(port, words, placesOf(port, ports));
    await ended;
  }

  /**
   * nginx with deploy/nginx.conf as it is but for the addresses.
   *
   * @param ports of the twins, on this machine
   * @param root where it may have a folder
   * @param change what to change in the text beyond that
   * @returns its address, when it answers
   */
  async nginx(
    ports: readonly number[],
    root: string,
    change: (text: string) => string = (text) => text,
  ): Promise<string> {
    const port = await freePort();
    const home = mkdtempSync(path.join(root, 'nginx-'));
    const text = readFileSync(deployed('nginx.conf'), 'utf8')
      .replace('listen 127.0.0.1:8080', `listen 127.0.0.1:${port}`)
      .replace(/127\.0\.0\.1:808([123]) /g, (_, number: string) => `127.0.0.1:${ports[Number(number) - 1]} `);
    const file = path.join(home, 'nginx.conf');
    writeFileSync(file, change(text));
    return this.serving(port, ['nginx', '-p', home, '-c', file, '-g', 'daemon off;']);
  }

  /** Ends all that were started. */
  end(): void {
    for (const each of this.children) each.kill();
  }

  /** Starts a program that serves an address. */
  private async serving(
    port: number,
    [program = '', ...words]: readonly string[],
    env = {},
  ): Promise<string> {
    const child = spawn(program, words, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'pipe'],
    });
    this.children.push(child);
    let said = '';
    child.stderr?.on('data', (piece) => (said += piece));
    const url = `http://127.0.0.1:${port}`;
    this.byUrl.set(url, child);
    for (let tries = 0; !(await isUp(url)); tries++) {
      if (child.exitCode !== null || tries > MOST_TRIES)
        throw new Error(`${program} does not answer: ${said}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return url;
  }
}

/** Where haproxy listens, and where its twins are. */
const placesOf = (port: number, ports: readonly number[]) => ({
  BALANCER_BIND: `127.0.0.1:${port}`,
  ...Object.fromEntries(ports.map((each, at) => [`TWIN_${at + 1}`, `127.0.0.1:${each}`])),
});

const isUp = async (url: string) =>
  (await fetch(`${url}/run/rpc.mpl`, { method: 'HEAD' }).catch(() => undefined))?.ok ?? false;
