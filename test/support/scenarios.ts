import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** The smallest scenario in which both products answer. */
export const tinyScenario = {
  twintrack: 1,
  testtrack: {
    projects: [
      {
        name: 'Tiny',
        users: [{ login: 'administrator', last: 'Admin', groups: ['Administrators'] }],
        defects: [{ summary: 'First' }],
      },
    ],
  },
  aptest: { token: 'open', users: ['ann'], suites: [{ name: 'Small', tests: ['A/One'] }] },
};

/** Two users and two defects, at a time that stands still: for what is kept across a restart. */
export const twoUsersScenario = {
  twintrack: 1,
  clock: { mode: 'frozen', now: '2026-03-02T15:00:00Z' },
  testtrack: {
    projects: [
      {
        name: 'Project',
        users: [
          { login: 'admin', password: 'secret', last: 'Admin' },
          { login: 'lake', password: 'water', last: 'Lake' },
        ],
        defects: [{ summary: 'One' }, { summary: 'Two' }],
      },
    ],
  },
};

/** A folder for the files of one test; `remove` takes it away. */
export class ScenarioFolder {
  readonly path = mkdtempSync(path.join(tmpdir(), 'twintrack-test-'));

  /** Writes a file and gives its path. */
  write(name: string, content: unknown): string {
    const file = path.join(this.path, name);
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
    return file;
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
