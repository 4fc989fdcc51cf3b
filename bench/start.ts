import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { startTwin } from '../src/twin.ts';
import { median } from './figure.ts';

/** What `startTwin` took in one process. */
export interface StartTimes {
  readonly firstMs: number;
  /** The median of those after the first. */
  readonly laterMs: number;
}

const scenarios = fileURLToPath(new URL('../scenarios/', import.meta.url));

/**
 * Starts a twin again and again in this process, as a test run does, and measures the CPU time of each start: on a
 * machine that does other things too, the clock on the wall says little. The scenario is read from a copy, because what
 * the build prepared is known by the text alone, and the copy has one more line.
 *
 * @param start of the sources, or of the built package
 * @param scenario a file of `scenarios/`
 */
export async function startTimes(
  start: typeof startTwin,
  scenario: string,
  starts = 20,
): Promise<StartTimes> {
  const folder = mkdtempSync(path.join(tmpdir(), 'twintrack-start-'));
  const file = path.join(folder, scenario);
  writeFileSync(file, `${readFileSync(path.join(scenarios, scenario), 'utf8')}\n# A copy.\n`);
  try {
    const [first = Number.NaN, ...later] = await inTurn(start, file, starts + 1);
    return { firstMs: first, laterMs: median(later) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function inTurn(start: typeof startTwin, scenario: string, starts: number): Promise<number[]> {
  const times: number[] = [];
  for (let each = 0; each < starts; each++) {
    const before = process.cpuUsage();
    const twin = await start({ scenario });
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1000);
    await twin.close();
  }
  return times;
}
