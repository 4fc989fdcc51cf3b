import { existsSync } from 'node:fs';
import { ApTestClient } from '../../client/aptest-client.ts';
import type { ScenarioFormat } from '../../scenario/state/scenario-text.ts';
import type { Instant } from '../../world/instant.ts';
import { unwritable } from '../files/line-file.ts';
import { Pace, type Time } from '../net/pace.ts';
import {
  type ConnectionChoice,
  limitsOf,
  soapCallerFor,
  targetOf,
  usualPaths,
} from '../server-connection.ts';
import { ReadingSession } from '../wire/reading-session.ts';
import { targetFetch, targetFiles } from '../wire/target-fetch.ts';
import { suiteOfClone } from './known-suite.ts';
import { Mask, type MaskChoice } from './mask.ts';
import { Notes, type Unlearned } from './notes.ts';
import { PartFile } from './part-file.ts';
import { CloneProgress } from './progress.ts';
import { ProjectReader, type ReadChoice } from './project-reader.ts';
import { readSuite } from './suite-reader.ts';
import { suiteState } from './suite-state.ts';
import { type StatePart, testTrackState } from './testtrack-state.ts';
import { writtenScenario } from './written-scenario.ts';

/** What is cloned, how, and to where. */
export interface CloneOptions {
  readonly testTrack?:
    | (ConnectionChoice & {
        readonly project: string;
        readonly username: string;
        readonly password: string;
        readonly wsdlFile?: string | undefined;
      })
    | undefined;
  readonly apTest?:
    | (ConnectionChoice & { readonly suite: string; readonly username: string; readonly token: string })
    | undefined;
  readonly out: string;
  readonly format: ScenarioFormat;
  /** Whether a file that is there may be written over. */
  readonly isForced: boolean;
  readonly choice: ReadChoice;
  readonly mask: MaskChoice;
  /** How many sessions read at a time, and how many requests go in a second, all together. */
  readonly parallel: number;
  readonly perSecond: number;
  readonly licenceWaitMs: number;
  readonly time: Time;
  /** What moments count from that have none of their own. */
  readonly now: Instant;
  readonly tell: (sentence: string) => void;
}

/** What a clone wrote. */
export interface CloneReport {
  readonly bytes: number;
  readonly notes: readonly Unlearned[];
}

/**
 * Reads a project and a suite of real servers and writes a scenario that loads. Nothing is changed on a server. What was
 * read is beside the output until that is written, so that the same call goes on where one was broken off.
 *
 * @throws RealServerError, and the errors of the clients when a server refuses or does not answer
 */
export async function cloned(options: CloneOptions): Promise<CloneReport> {
  const { out, isForced, tell } = options;
  if (existsSync(out) && !isForced) {
    throw unwritable(out, Object.assign(new Error(), { code: 'EEXIST' }));
  }
  const notes = new Notes();
  const part = PartFile.open(`${out.replace(/\.\w+$/, '')}.part`, headOf(options));
  if (part.isResumed) tell('Going on with what was read before.');
  let isWritten = false;
  try {
    const mask = new Mask(options.mask);
    const progress = new CloneProgress(options.time, tell);
    const pace = new Pace(options.time, options.perSecond);
    const shared = { part, mask, notes, progress, pace };
    const states: StatePart[] = [];
    if (options.testTrack) states.push(await projectOf(options, options.testTrack, shared));
    if (options.apTest) states.push(await suiteOf(options, options.apTest, shared));
    const bytes = await writtenScenario({ ...options, seed: options.mask.seed }, states, notes);
    isWritten = true;
    return { bytes, notes: notes.all };
  } finally {
    // Of a clone that could not begin nothing is left to go on with, whatever is mended before the next one.
    if (isWritten || part.isEmpty) part.remove();
    else part.close();
  }
}

interface Shared {
  readonly part: PartFile;
  readonly mask: Mask;
  readonly notes: Notes;
  readonly progress: CloneProgress;
  readonly pace: Pace;
}

/** What has to be the same to go on with a clone. No secret is in it. */
function headOf({ testTrack, apTest, choice, mask }: CloneOptions): object {
  return JSON.parse(
    JSON.stringify({
      format: 1,
      testTrack: testTrack && { url: testTrack.url, project: testTrack.project, user: testTrack.username },
      apTest: apTest && { url: apTest.url, suite: apTest.suite, user: apTest.username },
      choice,
      mask,
    }),
  ) as object;
}

async function projectOf(
  options: CloneOptions,
  testTrack: NonNullable<CloneOptions['testTrack']>,
  shared: Shared,
): Promise<StatePart> {
  const { time, tell, licenceWaitMs } = options;
  const { project, username, password, wsdlFile } = testTrack;
  const caller = await soapCallerFor(testTrack, { wsdlFile, tell });
  const sessions: ReadingSession[] = [];
  try {
    for (let at = 0; at < options.parallel; at++) {
      const { pace } = shared;
      sessions.push(
        await ReadingSession.open(caller, { project, username, password, pace, time, tell, licenceWaitMs }),
      );
    }
    await new ProjectReader({ ...shared, sessions }, options.choice).read();
  } finally {
    for (const session of sessions) await session.close();
    caller.target.close();
  }
  return testTrackState(shared.part, { project, notes: shared.notes, now: options.now });
}

async function suiteOf(
  options: CloneOptions,
  apTest: NonNullable<CloneOptions['apTest']>,
  shared: Shared,
): Promise<StatePart> {
  const { time, tell } = options;
  const { suite, username, token, timeoutMs } = apTest;
  const target = await targetOf(apTest, usualPaths.rpc);
  const patience = { limits: limitsOf(timeoutMs), pace: shared.pace, time, tell };
  const fetch = targetFetch(target, patience);
  const fileAt = options.choice.withFiles ? targetFiles(target, patience) : undefined;
  try {
    const client = new ApTestClient({ url: target.url.href, suite, username, token, fetch });
    await readSuite({ ...shared, client, suite, fileAt, now: time.now }, options.choice.limit);
  } finally {
    target.close();
  }
  return suiteState([suiteOfClone(shared.part, suite)], { notes: shared.notes, now: options.now });
}
