import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { suiteScope } from '../../../src/aptest/model/installation.ts';
import { noteEntries } from '../../../src/aptest/model/test-run.ts';
import { loadScenario } from '../../../src/scenario/load.ts';
import { productSections } from '../../../src/scenario/sections.ts';
import { defects, projectScope } from '../../../src/testtrack/model/tables.ts';
import { ScenarioFolder } from '../../support/scenarios.ts';

let folder: ScenarioFolder;
beforeEach(() => {
  folder = new ScenarioFolder();
});
afterEach(() => folder.remove());

const load = (file: string) => loadScenario(file, { now: 0, sections: productSections }).world;
const defectsOf = (file: string) => load(file).collection(defects, projectScope('P')).sorted();

describe('a scenario made of parts', () => {
  test('writes what repeats once: anchors, aliases and merged maps', () => {
    const file = folder.write(
      'anchors.yaml',
      `twintrack: 1
testtrack:
  projects:
    - name: P
      users: [{ login: ann, last: A }]
      defects:
        - &usual { summary: First, priority: High, reportedBy: &report [{ description: Same words }] }
        - { <<: *usual, summary: Second }
        - { summary: Third, reportedBy: *report }
`,
    );
    const [first, second, third] = defectsOf(file);
    expect(second).toMatchObject({ summary: 'Second', priority: 'High' });
    expect(third?.reportedBy[0]?.description).toEqual(first?.reportedBy[0]?.description);
  });

  test('extends several files; of two that say the same, the later one counts', () => {
    mkdirSync(path.join(folder.path, 'parts'));
    folder.write('parts/people.yaml', 'twintrack: 1\ntesttrack: { server: { version: A, cgiVersion: A } }\n');
    folder.write('parts/version.yaml', 'twintrack: 1\ntesttrack: { server: { version: B } }\n');
    const file = folder.write(
      'whole.yaml',
      'twintrack: 1\nextends: [parts/people.yaml, parts/version.yaml]\ntesttrack: { projects: [{ name: P }] }\n',
    );
    const settings = [
      ...load(file)
        .collection({ ...defects, name: 'settings' }, 'testtrack')
        .values(),
    ];
    expect(settings).toMatchObject([{ version: 'B', cgiVersion: 'A' }]);
  });

  test('takes attachments from files beside it', () => {
    folder.write('crash.log', 'it crashed\n');
    const file = folder.write('a.json', {
      twintrack: 1,
      testtrack: {
        projects: [
          {
            name: 'P',
            users: [{ login: 'ann', last: 'A' }],
            defects: [{ summary: 'x', attachments: [{ name: 'log.txt', file: 'crash.log' }] }],
          },
        ],
      },
    });
    const [attachment] = defectsOf(file)[0]?.reportedBy[0]?.attachments ?? [];
    expect(Buffer.from(attachment?.content.bytes ?? []).toString()).toBe('it crashed\n');
  });

  test('takes attachments of ApTest results from files beside it', () => {
    mkdirSync(path.join(folder.path, 'files'));
    folder.write('files/screen.txt', 'what was on the screen\n');
    const attachment = { name: 'screen.txt', file: 'files/screen.txt' };
    const file = folder.write('a.json', {
      twintrack: 1,
      aptest: {
        token: 't',
        users: ['ann'],
        suites: [
          {
            name: 'S',
            tests: ['A/One'],
            sets: [{ path: 'all' }],
            sessions: [{ set: 'all', results: [{ test: 'A/One', result: 'fail', attachment }] }],
          },
        ],
      },
    });
    const [entry] = load(file).collection(noteEntries, suiteScope('S')).values();
    expect(Buffer.from(entry?.attachment?.content.bytes ?? []).toString()).toBe('what was on the screen\n');
  });
});
