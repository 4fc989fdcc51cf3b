import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { startTwin } from '../../src/index.ts';
import { ScenarioFolder } from '../support/scenarios.ts';

const folder = new ScenarioFolder();
afterAll(() => folder.remove());

const text = `# What it begins with.
twintrack: 1
clock: { mode: frozen, now: "2026-03-02T09:00:00Z" }
testtrack:
  projects:
    - name: Project
      users: [{ login: una, last: Ser }]
      defects:
        - summary: |
            One line
            and another
          events:
            - { name: Assign,
                assignTo: una }
        - summary: >-
            One that is
            folded
`;

async function stateFrom(lines: string): Promise<unknown> {
  folder.write('lines.yaml', lines);
  await using twin = await startTwin({ scenario: path.join(folder.path, 'lines.yaml') });
  const answer = await fetch(`${twin.url}/__admin/export`);
  expect(answer.status).toBe(200);
  return answer.text();
}

test('a scenario that was written on Windows, with its line ends and a byte order mark, begins with the same state', async () => {
  const state = await stateFrom(text);
  expect(state).toContain('One that is folded');
  expect(await stateFrom(`\ufeff${text.replaceAll('\n', '\r\n')}`)).toEqual(state);
});
