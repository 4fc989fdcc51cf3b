import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { startTwin } from '../../src/index.ts';
import { runWords } from '../support/terminal.ts';
import { temporaryFolder } from './servers.ts';

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const LIMIT_MS = 60_000;
const password = 'pass word ü"1';

const scenario = {
  twintrack: 1,
  testtrack: {
    projects: [
      {
        name: 'Typed',
        groups: [{ name: 'Makers', commands: 'all' }],
        users: [{ login: 'admin', password, last: 'A', groups: ['Makers'] }],
        defects: [{ summary: 'Found by the program' }],
      },
    ],
  },
};

/** Starts a terminal with a program in it, types a line when it is asked, and shows the screen. */
const typing = `
import os, pty, sys
question, line = os.environ["ASKED"].encode(), os.environ["TYPED"].encode()
pid, terminal = pty.fork()
if pid == 0:
    os.environ.pop("TYPED")
    os.execvp(sys.argv[1], sys.argv[1:])
screen, typed = b"", False
while True:
    try:
        piece = os.read(terminal, 65536)
    except OSError:
        break
    if not piece:
        break
    screen += piece
    if not typed and question in screen:
        os.write(terminal, line)
        typed = True
sys.stdout.buffer.write(screen)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
`;

interface Ended {
  readonly code: number | null;
  readonly text: string;
}

function ended(command: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const [program = '', ...args] = command;
  const own = Object.entries(process.env).filter(([name]) => !/^(TWINTRACK|TESTTRACK|APTEST)_/.test(name));
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: LIMIT_MS,
      env: { ...Object.fromEntries(own), ...env },
    });
    let text = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (piece: Buffer) => {
        text += piece.toString('utf8');
      });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, text }));
  });
}

let url: string;
let folder: string;
beforeAll(async () => {
  folder = temporaryFolder();
  const twin = await startTwin({ scenario });
  url = twin.url;
  return () => twin.close();
});

function cloneInto(name: string): { readonly out: string; readonly command: readonly string[] } {
  const out = path.join(folder, name);
  const words = ['clone', '--url', url, '--project', 'Typed', '--user', 'admin', '--per-second', '1000'];
  return { out, command: [process.execPath, '--import', 'tsx', main, ...words, '--out', out] };
}

test('the program clones with the password of a variable, shows it nowhere, and writes over nothing', {
  timeout: LIMIT_MS,
}, async () => {
  const { out, command } = cloneInto('variable.yaml');
  const first = await ended(command, { TESTTRACK_PASSWORD: password });
  expect(first).toMatchObject({ code: 0 });
  expect(first.text).toContain(`"twintrack serve --scenario ${out}" is a twin of it`);
  const text = readFileSync(out, 'utf8');
  expect(text).toContain('Found by the program');
  expect(first.text + text).not.toContain(password);
  const twin = await startTwin({ scenario: out });
  onTestFinished(() => twin.close());
  const again = await ended(command, { TESTTRACK_PASSWORD: password });
  expect(again).toMatchObject({ code: 2 });
  expect(again.text).toContain('it is there already; remove it, choose another name, or give --force');
  expect(readFileSync(out, 'utf8')).toBe(text);
});

test('an empty seed is refused before anything is read', async () => {
  const words = [
    'clone',
    '--url',
    'http://127.0.0.1:9',
    '--project',
    'P',
    '--user',
    'u',
    '--out',
    'seed.yaml',
  ];
  const run = await runWords([...words, '--seed', ''], { TESTTRACK_PASSWORD: 'x' });
  expect(run).toMatchObject({ exitCode: 2, err: expect.stringContaining('--seed: it is empty') });
});

test('without a terminal and without a variable it says where a password comes from', {
  timeout: LIMIT_MS,
}, async () => {
  const { out, command } = cloneInto('nobody.yaml');
  const { code, text } = await ended(command);
  expect(code).toBe(2);
  expect(text).toContain('give it as TESTTRACK_PASSWORD or in a file named by --credentials');
  expect(existsSync(out)).toBe(false);
});

test('on a terminal it asks for the password, and no letter of it is seen', {
  timeout: LIMIT_MS,
}, async () => {
  const { out, command } = cloneInto('typed.yaml');
  const asked = { ASKED: 'The password of admin: ', TYPED: `${password}\r` };
  const { code, text } = await ended(['python3', '-B', '-c', typing, ...command], asked);
  expect(text).toContain('The password of admin: ');
  expect(text).not.toMatch(/pass word|ü/);
  expect({ code, isThere: existsSync(out) }).toEqual({ code: 0, isThere: true });
});

test('broken off at the question, it writes nothing', { timeout: LIMIT_MS }, async () => {
  const { out, command } = cloneInto('broken.yaml');
  const asked = { ASKED: 'The password of admin: ', TYPED: '\u0003' };
  const { code, text } = await ended(['python3', '-B', '-c', typing, ...command], asked);
  expect(text).toContain('Broken off; nothing was written.');
  expect({ code, isThere: existsSync(out) }).toEqual({ code: 2, isThere: false });
});
