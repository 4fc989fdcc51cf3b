/** What a first scenario is about. */
export interface FirstNames {
  readonly project: string;
  readonly user: string;
  readonly suite: string;
}

const quoted = (text: string): string => JSON.stringify(text);

/** @param schema the way to the JSON Schema of scenarios, with `/` @returns YAML with comments */
export function firstScenario({ project, user, suite }: FirstNames, schema: string): string {
  return `# yaml-language-server: $schema=${schema}
# What the twin begins with. "twintrack lint" checks this file; an editor completes it by the first line.
twintrack: 1

# Time stands still, so that a test sees the same dates every day. Tests move it: world.clock.advance('15m').
clock: { mode: frozen, now: "2026-03-02T09:00:00Z" }

testtrack:
  projects:
    - name: ${quoted(project)}
      users:
        - { login: ${quoted(user)}, password: password, first: Una, last: Ser }
      # Workflows, lists and columns are the usual ones unless you name your own.
      defects:
        - summary: The printer is on fire
          type: Crash - Data Loss
          events: [{ name: Assign, assignTo: ${quoted(user)} }, { name: Fix }]
        - summary: The manual is upside down

aptest:
  token: token
  users:
    - { name: ${quoted(user)}, access: { ${quoted(suite)}: [execute, browse, edit, manage] } }
  suites:
    - name: ${quoted(suite)}
      tests: [Printing/Starts, Printing/Stops]
      sets: [{ path: All }]
      sessions: [{ set: All }]

# Failures on demand, such as the third save that is refused. More of them: docs/scenarios.md.
# script:
#   - when: { operation: saveDefect, call: 3 }
#     do: { fault: 22 }
`;
}

/** @param scenario the file name of the scenario beside it @returns a test for vitest */
export function firstTest({ project, user }: FirstNames, scenario: string): string {
  return `import { fileURLToPath } from 'node:url';
import { TestTrackClient } from 'twintrack/client';
import { twinTest } from 'twintrack/vitest';
import { expect } from 'vitest';

const scenario = fileURLToPath(new URL(${quoted(`./${scenario}`)}, import.meta.url));
const test = twinTest({ scenario });

test('the fire is known', async ({ world }) => {
  const tt = await TestTrackClient.logOn({
    url: world.soapUrl,
    project: ${quoted(project)},
    username: ${quoted(user)},
    password: 'password',
  });
  expect((await tt.getDefect({ defectNumber: 1 })).summary).toBe('The printer is on fire');
  world.journal.verify({ calls: [{ operation: 'getDefect' }], times: 1 });
});
`;
}
