import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { ApTestClient } from '../../src/client/aptest-client.ts';
import type { CloneOptions } from '../../src/real/clone/clone.ts';
import { cloned } from '../../src/real/clone/clone.ts';
import { Mask } from '../../src/real/clone/mask.ts';
import { Notes } from '../../src/real/clone/notes.ts';
import { PartFile } from '../../src/real/clone/part-file.ts';
import { CloneProgress } from '../../src/real/clone/progress.ts';
import { ProjectReader } from '../../src/real/clone/project-reader.ts';
import { readSuite } from '../../src/real/clone/suite-reader.ts';
import { Pace, type Time } from '../../src/real/net/pace.ts';
import { soapCallerFor } from '../../src/real/server-connection.ts';
import { ReadingSession } from '../../src/real/wire/reading-session.ts';

/** Time that stands still but for sleeping. */
export function movedTime(): Time & { readonly slept: number[] } {
  let now = 0;
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    sleep: async (ms) => {
      slept.push(ms);
      now += ms;
    },
  };
}

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'real-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    onTestFinished(remove);
  } catch {
    // Made before all tests: it goes with the process.
    process.once('exit', remove);
  }
  return folder;
}

/** A server of its own that answers as told, and its address. */
export async function serverThat(answers: RequestListener): Promise<string> {
  const server = createServer(answers);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** How a project is reached in these tests. */
export interface Account {
  readonly project: string;
  readonly username?: string;
  readonly password?: string;
}

/** The options of a clone that is not gentle, into a folder of its own. */
export function cloneOptions(url: string, account: Account, more: Partial<CloneOptions> = {}): CloneOptions {
  return {
    testTrack: {
      url,
      option: '--url',
      trust: {},
      timeoutMs: 5_000,
      project: account.project,
      username: account.username ?? 'admin',
      password: account.password ?? 'secret',
    },
    out: path.join(temporaryFolder(), 'clone.yaml'),
    format: 'yaml',
    isForced: false,
    choice: { withFiles: true },
    mask: { people: false, texts: false, seed: 'twintrack' },
    parallel: 1,
    perSecond: Number.POSITIVE_INFINITY,
    licenceWaitMs: 60_000,
    time: movedTime(),
    now: Date.parse('2026-03-02T15:00:00Z'),
    tell: () => {},
    ...more,
  };
}

/** Clones, and gives the file. */
export async function cloneOf(
  url: string,
  account: Account,
  more: Partial<CloneOptions> = {},
): Promise<string> {
  const options = cloneOptions(url, account, more);
  await cloned(options);
  return options.out;
}

/** Everything that an account sees of a project, answer by answer. */
export async function shownBy(url: string, account: Account): Promise<Map<string, string>> {
  const { testTrack, time } = cloneOptions(url, account);
  if (!testTrack) throw new Error('a project is looked at');
  const caller = await soapCallerFor(testTrack, { tell: () => {} });
  const session = await ReadingSession.open(caller, {
    ...testTrack,
    pace: new Pace(time, Number.POSITIVE_INFINITY),
    time,
    licenceWaitMs: 0,
    tell: () => {},
  });
  return keptBy(async (part) => {
    const tools = { ...looking(time), part, sessions: [session] };
    await new ProjectReader(tools, { withFiles: true }).read();
    await session.close();
    caller.target.close();
  });
}

/** Everything that rpc.mpl tells of a suite. */
export async function suiteShownBy(url: string, suite: string): Promise<Map<string, string>> {
  const client = new ApTestClient({ url, suite, token: 'token', username: 'lake' });
  const shown = await keptBy((part) => readSuite({ ...looking(movedTime()), client, suite, part }));
  // Links to attachments name the host.
  return new Map([...shown].map(([key, value]) => [key, value.replace(/http:\/\/127\.0\.0\.1:\d+/g, '')]));
}

function looking(time: Time) {
  return {
    now: time.now,
    mask: new Mask({ people: false, texts: false, seed: '' }),
    notes: new Notes(),
    progress: new CloneProgress(time, () => {}),
  };
}

async function keptBy(read: (part: PartFile) => Promise<void>): Promise<Map<string, string>> {
  const file = path.join(temporaryFolder(), 'shown.part');
  const part = PartFile.open(file, {});
  await read(part);
  part.close();
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return new Map(
    lines
      .map((line) => JSON.parse(line) as [string, unknown])
      .map(([key, value]) => [key, JSON.stringify(value)]),
  );
}

/** What two servers show differently. */
export function shownDifferently(
  one: ReadonlyMap<string, string>,
  other: ReadonlyMap<string, string>,
): string[] {
  const keys = [...new Set([...one.keys(), ...other.keys()])];
  return keys.flatMap((key) =>
    one.get(key) === other.get(key) ? [] : [`${key}\n  ${one.get(key)}\n  ${other.get(key)}`],
  );
}
