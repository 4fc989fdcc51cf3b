import { symlinkSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ScenarioFolder } from '../support/scenarios.ts';
import { runWords } from '../support/terminal.ts';

/** Everything that can be wrong with a scenario by its nature: one readable line with the text of the file and a mark below it, no stack, exit code 2. */

let folder: ScenarioFolder;
beforeEach(() => {
  folder = new ScenarioFolder();
});
afterEach(() => folder.remove());

/** @returns what the program says about a file, with the name of the file alone, and without what it shows of the file */
async function saidOf(file: string): Promise<string> {
  const lint = await runWords(['lint', file]);
  const serve = await runWords(['serve', '--port', '0', '--scenario', file]);
  expect([lint.exitCode, lint.out, serve.exitCode, serve.out]).toEqual([2, '', 2, '']);
  expect(serve.err).toBe(lint.err);
  expect(lint.err).not.toMatch(/\n {4}at |undefined|\[object/);
  const said = lint.err.replaceAll(`${folder.path}${path.sep}`, '');
  const [line = '', ...frame] = said.split('\n');
  if (/:\d+:\d+/.test(line)) {
    expect(frame.join('\n')).toMatch(/^ {2}\d+ \| [^\n]+\n +\| +\^\n$/);
    return `${line}\n`;
  }
  return said;
}

const users = [{ login: 'ann', last: 'A' }];
const project = (more: object) => ({
  twintrack: 1,
  testtrack: { projects: [{ name: 'P', users, defects: [{ summary: 'One' }], ...more }] },
});
const suite = (more: object) => ({
  twintrack: 1,
  aptest: {
    token: 't',
    users: ['ann'],
    suites: [{ name: 'S', tests: ['A/One'], sets: [{ path: 'all' }], ...more }],
  },
});
const type = 'Functional Requirement';

describe('the start is refused in one line that names the place', () => {
  test.each<[string, object, string]>([
    ['an unknown key', project({ defetcs: [] }), 'projects[0].defetcs: is no known key; known here: '],
    ['a wrong version', { twintrack: 2 }, 'twintrack: found 2, expected 1'],
    ['no version', { testtrack: {} }, 'twintrack: is missing; expected 1'],
    [
      'a login of nobody',
      project({ logins: [{ user: 'bob' }] }),
      'logins[0].user: there is no user "bob" in "P"',
    ],
    [
      'a group that is none',
      project({ users: [{ login: 'x', last: 'X', groups: ['Nobodies'] }] }),
      'there is no group "Nobodies"',
    ],
    [
      'an event of nobody',
      project({ defects: [{ summary: 'x', events: [{ name: 'Fix', user: 'bob' }] }] }),
      'defects[0].events[0].user: there is no user "bob"',
    ],
    [
      'a lock on nothing',
      project({ locks: [{ number: 9, by: 'ann' }] }),
      'locks[0].number: the lock names no record',
    ],
    [
      'a link to nothing',
      project({
        links: [
          {
            definition: 'Related Items',
            children: [
              { table: 'Defect', number: 1 },
              { table: 'Defect', number: 9 },
            ],
          },
        ],
      }),
      'links[0].children[1].number: there is no Defect with the number 9',
    ],
    [
      'a folder with nothing',
      project({ folders: [{ name: 'F', items: [{ table: 'Defect', recordId: 9 }] }] }),
      'folders[0].items[0].recordId: there is no Defect with the recordId 9',
    ],
    [
      'a run of no case',
      project({ testRuns: [{ testCase: 9 }] }),
      'testRuns[0].testCase: there is no test case 9 in "P"',
    ],
    [
      'a document of no requirement',
      project({ requirements: [{ type, summary: 'r' }], requirementDocuments: [{ name: 'D', tree: [9] }] }),
      'requirementDocuments[0].tree[0]: there is no requirement number 9',
    ],
    [
      'a task about nothing',
      project({ tasks: [{ summary: 't', defect: 9 }] }),
      'tasks[0].defect: there is no defect with the number 9',
    ],
    [
      'a session of no set',
      suite({ sessions: [{ set: 'al' }] }),
      'sessions[0].set: there is no set "al". Did you mean "all"?',
    ],
    [
      'a set of no test',
      suite({ sets: [{ path: 'x', tests: ['A/Two'] }] }),
      'sets[0].tests[0]: there is no test "A/Two" in the suite',
    ],
    [
      'a result of no test',
      suite({ sessions: [{ set: 'all', results: [{ test: 'B' }] }] }),
      'sessions[0].results[0].test: there is no test "B" in the session',
    ],
    [
      'access to no suite',
      { twintrack: 1, aptest: { users: [{ name: 'ann', access: { T: [] } }] } },
      'users[0].access.T: there is no suite "T"',
    ],
    [
      'two projects of one name',
      { twintrack: 1, testtrack: { projects: [{ name: 'P' }, { name: 'P' }] } },
      'projects[1].name: there are two of project "P"',
    ],
    [
      'two users of one login',
      project({ users: [...users, { login: 'ANN', last: 'B' }] }),
      'users[1].login: there are two of user "ANN"',
    ],
    [
      'two defects with one record ID',
      project({
        defects: [
          { summary: 'a', recordId: 3 },
          { summary: 'b', recordId: 3 },
        ],
      }),
      'defects[1].recordId: there are two of defect with record ID 3',
    ],
    [
      'two defects with one number',
      project({
        defects: [
          { summary: 'a', number: 3 },
          { summary: 'b', number: 3 },
        ],
      }),
      'defects[1].number: there are two of defect number 3',
    ],
    [
      'two suites of one name',
      { twintrack: 1, aptest: { suites: [{ name: 'S' }, { name: 'S' }] } },
      'suites[1].name: there are two suites named "S"',
    ],
    [
      'two tests of one name',
      suite({ tests: ['A/One', 'A.dir/One.bts'] }),
      'tests[1]: "A.dir/One.bts" is there twice',
    ],
    [
      'two sessions of one number',
      suite({
        sessions: [
          { set: 'all', number: 4 },
          { set: 'all', number: 4 },
        ],
      }),
      'sessions[1].number: there are two sessions with the number 4',
    ],
    [
      'two rules of one name',
      {
        twintrack: 1,
        script: [
          { name: 'r', do: { fault: 16 } },
          { name: 'r', do: { fault: 16 } },
        ],
      },
      'script[1].name: there is a rule "r" above already',
    ],
    [
      'a file outside its folder',
      project({ defects: [{ summary: 'x', attachments: [{ name: 'p', file: '../../etc/passwd' }] }] }),
      'defects[0].attachments[0].file: the file "../../etc/passwd" is outside the scenario\'s folder',
    ],
    [
      'a base outside its folder',
      { twintrack: 1, extends: '/etc/passwd' },
      'extends: the file "/etc/passwd" is outside the scenario\'s folder',
    ],
  ])('%s', async (_, scenario, message) => {
    const said = await saidOf(folder.write('a.json', scenario));
    expect(said).toMatch(/^a\.json:1:\d+ {2}[^\n]+\n$/);
    expect(said).toContain(message);
  });

  test('a link that leads out of the folder', async () => {
    symlinkSync('/etc/passwd', path.join(folder.path, 'linked'));
    const said = await saidOf(folder.write('a.yaml', 'twintrack: 1\nextends: linked\n'));
    expect(said).toMatch(
      /^a\.yaml:2:10 {2}extends: the file "linked" is outside the scenario's folder[^\n]+\n$/,
    );
  });

  test('files that extend each other in a circle', async () => {
    const file = folder.write('a.yaml', 'twintrack: 1\nextends: b.yaml\n');
    folder.write('b.yaml', 'extends: a.yaml\n');
    expect(await saidOf(file)).toBe(
      'b.yaml:1:10  extends: these files extend each other in a circle: a.yaml → b.yaml → a.yaml\n',
    );
  });

  test('a bomb of YAML aliases', async () => {
    const bomb = [...'abcdefghij'].map((name, at, all) =>
      at === 0 ? 'a: &a [x,x,x,x,x,x,x,x,x]' : `${name}: &${name} [${Array(9).fill(`*${all[at - 1]}`)}]`,
    );
    expect(await saidOf(folder.write('a.yaml', bomb.join('\n')))).toMatch(
      /^a\.yaml[^\n]*the aliases[^\n]*\n$/,
    );
  });

  test.each(['large.yaml', 'large.json'])('200 MB and a byte in %s', async (name) => {
    const file = folder.write(name, '');
    truncateSync(file, 200 * 1024 * 1024 + 1);
    expect(await saidOf(file)).toMatch(
      /^large\.\w+: the file has 209715201 bytes; the limit is \d+[^\n]*\n$/,
    );
  });
});
