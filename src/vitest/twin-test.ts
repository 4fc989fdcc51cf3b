import { test as base, type TestAPI } from 'vitest';
import { type ForkedWorld, startTwin, type Twin, type TwinOptions, WorldError } from '../index.ts';

/** How the twin of a test file is started, and what its tests get. */
export interface TwinTestOptions extends TwinOptions {
  /**
   * Whether every world gets a port of its own, for clients that can only be told a port. Otherwise worlds are reached
   * below `/w/<name>` on the one port of the twin, which costs no listener, so hundreds of tests can run at once.
   */
  readonly listen?: boolean;
  /**
   * What each world begins with, as for `fork`: `seed` by default, so that no test sees what another did to the twin;
   * `now` for what was done to the twin before.
   */
  readonly from?: string;
  /** How many calls a failed test shows, the latest ones; 20 by default. */
  readonly lastCalls?: number;
}

/** What a test can ask for. Each is made when a test first asks for it. */
export interface TwinFixtures {
  /** The twin that all tests of a file share. The worlds of other tests see what a test does to it only with `from: 'now'`. */
  readonly twin: Twin;
  /** A fork of the twin for this test alone, dropped after it. */
  readonly world: ForkedWorld;
}

/**
 * Makes vitest's `test` with a twin behind it: `const test = twinTest({ scenario: 'my.yaml' })`. When a test fails that
 * asked for its world, the error says at its end what was called in it: see `WorldHandle.report`. Call this at the top
 * of a test file, not inside `describe`: vitest takes fixtures of a file nowhere else.
 *
 * @param options as for `startTwin`; a start that fails fails the tests of the file, with the same message
 */
export function twinTest({
  listen = false,
  from = 'seed',
  lastCalls,
  ...options
}: TwinTestOptions = {}): TestAPI<TwinFixtures> {
  return base.extend<{ $file: { twin: Twin }; $test: { world: ForkedWorld } }>({
    twin: [
      // biome-ignore lint/correctness/noEmptyPattern: vitest reads off the pattern which fixtures this one needs
      async ({}, use) => {
        await using twin = await startTwin(options);
        await use(twin);
      },
      { scope: 'file' },
    ],
    world: async ({ twin, task }, use) => {
      const world = await twin.fork({ from, listen });
      // A test that is tried again keeps the errors of its earlier attempts.
      const earlier = task.result?.errors?.length ?? 0;
      await use(world);
      const error = task.result?.errors?.[earlier];
      if (error) tell(error, world.report({ last: lastCalls }));
      await drop(world);
    },
  });
}

/** A test may have dropped its world itself. */
async function drop(world: ForkedWorld): Promise<void> {
  try {
    await world.drop();
  } catch (error) {
    if (!(error instanceof WorldError && error.kind === 'unknown')) throw error;
  }
}

/**
 * Appends to an error what the journal says. In the message it is seen wherever the error is: on the screen, in the
 * reports for machines and in editors; what a test prints is hidden by some settings, and mixed up by parallel tests.
 */
function tell(error: { message: string; stack?: string }, report: string): void {
  // A verification that failed is the error itself most of the time.
  const more = report.replace(`\n${error.message}\n`, '');
  const message = `${error.message}\n\n${more.trimEnd()}\n`;
  // Reporters that show the stack have the message from there.
  if (error.stack?.includes(error.message)) error.stack = error.stack.replace(error.message, () => message);
  error.message = message;
}
