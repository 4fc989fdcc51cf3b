import { afterAll, expect, test } from 'vitest';
import { loadScenario } from '../../src/scenario/load.ts';
import { ScenarioError } from '../../src/scenario/reading/problem.ts';
import { plainReport } from '../../src/scenario/reading/report.ts';
import { productSections } from '../../src/scenario/sections.ts';
import { ScenarioFolder } from '../support/scenarios.ts';

/** Mistakes that people make in scenarios, each with all that is said about it. */

const folder = new ScenarioFolder();
afterAll(() => folder.remove());
folder.write('base.yaml', 'twintrack: 1\n');

const head = `twintrack: 1
testtrack:
  projects:
    - name: P
      users:
        - { login: ann, last: Lee }
        - { login: bob, last: Moe }
`;
const defects = (...lines: readonly string[]) =>
  `${head}      defects:\n${lines.map((l) => `        ${l}\n`).join('')}`;
const script = (...lines: readonly string[]) =>
  head +
  `      defects: [{ summary: One }]\naptest:\n  token: t\n  users: [lake]\n  suites:\n    - { name: S, tests: [A/One] }\nscript:\n` +
  lines.map((l) => `  ${l}\n`).join('');
const suite = (...lines: readonly string[]) =>
  'twintrack: 1\naptest:\n  token: t\n  users: [lake]\n  suites:\n    - name: S\n      tests: [A/One, A/Two]\n' +
  lines.map((l) => `      ${l}\n`).join('');

/** What is said about a scenario: its mistakes, or else its warnings. */
function said(file: string, text: string): string {
  const written = folder.write(file, text);
  try {
    const { warnings: lines } = loadScenario(written, { now: 0, sections: productSections });
    return plainReport({ lines, count: lines.length });
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    return error.message;
  }
}

test.each<readonly [mistake: string, text: string, message: string]>([
  [
    'a colon within a text',
    defects('- summary: Printer: it is on fire'),
    'a.yaml:9:20: a text with ": " in it stands in quotes. Write summary: "Printer: it is on fire"',
  ],
  [
    'a missing ]',
    `${head.replace(
      '      users:\n        - { login: ann, last: Lee }\n        - { login: bob, last: Moe }\n',
      '      users: [{ login: ann, last: Lee }\n',
    )}      defects: []\n`,
    'a.yaml:5:14: this "[" is not closed. Write "]" behind its last entry.',
  ],
  [
    'a missing }',
    defects('- { summary: One', '- { summary: Two }'),
    'a.yaml:9:11: this "{" is not closed. Write "}" behind its last entry.',
  ],
  [
    'a missing quote',
    defects('- summary: "One', '- summary: Two'),
    'a.yaml:9:20: the quote " that begins here is not closed. Write it behind the text.',
  ],
  [
    'a tab',
    defects('- summary: One', '\tpriority: High'),
    'a.yaml:10:9: this is a tab; YAML is indented with spaces',
  ],
  [
    'wrong indentation',
    defects('- summary: One', ' priority: High'),
    'a.yaml:10:10: this stands at column 10, where nothing above began. Keys of one map begin below each other, and so do the "-" of one list.',
  ],
  [
    'a doubled key',
    defects('- summary: One', '  priority: High', '  summary: Two'),
    'a.yaml:11:11: the key "summary" is in its map already, in line 9; each may be given once',
  ],
  [
    'a key misspelt',
    defects('- sumary: One'),
    'a.yaml:9:11  testtrack.projects[0].defects[0].sumary: is no known key; known here: recordId, number, summary, type, priority, disposition, product, component, severity, reference, workaround, enteredBy, dateEntered, createdBy, createdAt, storyPoints, description, reportedBy, events, customFields, attachments. Did you mean "summary"?',
  ],
  [
    'a section misspelt',
    'twintrack: 1\ntesttrak: {}\n',
    'a.yaml:2:1  testtrak: is no known key; known here: twintrack, extends, seed, clock, testtrack, aptest, script, state, $schema. Did you mean "testtrack"?',
  ],
  ['no version', 'testtrack: {}\n', 'a.yaml:1:1  twintrack: is missing; expected 1'],
  ['wrong version', 'twintrack: 2\n', 'a.yaml:1:12  twintrack: found 2, expected 1'],
  [
    'version as text',
    'twintrack: "1"\n',
    'a.yaml:1:12  twintrack: found "1", expected 1. Take the quotes away.',
  ],
  [
    'a list where a map',
    'twintrack: 1\ntesttrack:\n  - projects: []\n',
    'a.yaml:3:3  testtrack: found a list of 1, expected a map',
  ],
  [
    'a map where a list',
    'twintrack: 1\ntesttrack:\n  projects:\n    name: P\n',
    'a.yaml:4:5  testtrack.projects: found a map, expected a list',
  ],
  [
    'a text where a list',
    `${head}      defects: One\n`,
    'a.yaml:8:16  testtrack.projects[0].defects: found "One", expected a list. One entry is a list too: ["One"].',
  ],
  [
    'a defect that is a text',
    defects('- The printer is on fire'),
    'a.yaml:9:11  testtrack.projects[0].defects[0]: found "The printer is on fire", expected a map',
  ],
  [
    'summary a number',
    defects('- summary: 404'),
    'a.yaml:9:20  testtrack.projects[0].defects[0].summary: found 404, expected a text. In quotes it is one: "404".',
  ],
  [
    'summary a yes',
    defects('- summary: yes', '  storyPoints: "3"'),
    'a.yaml:10:24  testtrack.projects[0].defects[0].storyPoints: found "3", expected a number. Without quotes it is one: 3.',
  ],
  [
    'a date in priority',
    defects('- { summary: One, dateEntered: 31.01.2026 }'),
    'a.yaml:9:40  testtrack.projects[0].defects[0].dateEntered: found "31.01.2026"; a day is written 2026-01-31',
  ],
  [
    'no summary',
    defects('- priority: High'),
    'a.yaml:9:11  testtrack.projects[0].defects[0].summary: is missing; expected a text',
  ],
  [
    'a priority that is none',
    defects('- { summary: One, priority: Hihg }'),
    'a.yaml:9:37  testtrack.projects[0].defects[0].priority: "Hihg" is not a value of Priority. Priority of Defect takes: Immediate, High, Medium, Low. Did you mean "High"? Add others under "lists" of the project.',
  ],
  [
    'an event that is none',
    defects('- summary: One', '  events: [{ name: Asign, assignTo: bob }]'),
    'a.yaml:10:28  testtrack.projects[0].defects[0].events[0].name: The data is not valid: "Asign" is not an event. The workflow has these events: Assign, Estimate, Enter Work, Fix, Verify, Force Close, Re-Open, Release Notes, Comment. Did you mean "Assign"?',
  ],
  [
    'an event that does not fit the state',
    defects('- summary: One', '  events: [{ name: Verify }]'),
    'a.yaml:10:28  testtrack.projects[0].defects[0].events[0].name: The data is not valid: the event "Verify" is not allowed in the state "Open". "Verify" can be entered in: Fixed. In "Open" these events are possible: Assign, Estimate, Enter Work, Fix, Force Close, Release Notes, Comment.',
  ],
  [
    'a user of nobody',
    defects('- { summary: One, enteredBy: anne }'),
    'a.yaml:9:38  testtrack.projects[0].defects[0].enteredBy: there is no user "anne" in "P". Users: ann, bob. Did you mean "ann"?',
  ],
  [
    'a doubled login',
    `${head}        - { login: ann, last: Other }\n`,
    'a.yaml:8:20  testtrack.projects[0].users[2].login: there are two of user "ann". Change or remove one of them',
  ],
  [
    'a doubled number',
    defects('- { summary: One, number: 1 }', '- { summary: Two, number: 1 }'),
    'a.yaml:10:35  testtrack.projects[0].defects[1].number: there are two of defect number 1. Change or remove one of them',
  ],
  [
    'a lock on nothing',
    `${defects('- { summary: One }')}      locks: [{ number: 9, by: ann }]\n`,
    'a.yaml:10:25  testtrack.projects[0].locks[0].number: the lock names no record. Give it the number or recordId of a defect above',
  ],
  [
    'op for operation',
    script('- when: { op: saveDefect }', '  do: { fault: 22 }'),
    'a.yaml:15:13  script[0].when.op: is no known key; known here: at, operation, call, every, where, user, api. Did you mean "operation"?',
  ],
  [
    'operation misspelt',
    script('- when: { operation: saveDefekt }', '  do: { fault: 22 }'),
    'a.yaml:15:24  script[0].when.operation: It never acts: there is no operation or command "saveDefekt". Did you mean "saveDefect"?',
  ],
  [
    'no do',
    script('- when: { operation: saveDefect }', '  fault: 22'),
    'a.yaml:16:5  script[0].fault: is no key here; it belongs in the map "do"',
  ],
  [
    'two things to do',
    script('- when: { operation: saveDefect }', '  do: { fault: 22, delay: 2s }'),
    'a.yaml:16:29  script[0].do.delay: a rule does exactly one thing, and this one does fault and delay; make it two rules',
  ],
  [
    'an unknown fault',
    script('- when: { operation: saveDefect }', '  do: { fault: 9999 }'),
    'a.yaml:16:18  script[0].do.fault: no text is known for fault 9999; give it a "text", or one of 1, 2, 5, 6, 7, 8, 9, 11, 13, 16, 17, 19, 21, 22, 23, 72, 74, 75, 77, 86, 108, 135, 140',
  ],
  [
    'a delay without unit',
    script('- do: { delay: 2 }'),
    'a.yaml:15:18  script[0].do.delay: found 2; write a length of time with its unit, such as 500ms or 2s',
  ],
  [
    'a cut misspelt',
    script('- do: { cut: befor }'),
    'a.yaml:15:16  script[0].do.cut: found "befor", expected one of "before", "after". Did you mean "before"?',
  ],
  [
    'a script that is a map',
    `${head}script:\n  when: { operation: saveDefect }\n  do: { fault: 22 }\n`,
    'a.yaml:9:3  script: found a map, expected a list',
  ],
  [
    'a clock mode',
    'twintrack: 1\nclock: { mode: freeze }\n',
    'a.yaml:2:16  clock.mode: found "freeze", expected one of "real", "frozen", "offset", "scaled". Did you mean "frozen"?',
  ],
  [
    'a moment',
    'twintrack: 1\nclock: { mode: frozen, now: 02.03.2026 }\n',
    'a.yaml:2:29  clock.now: "02.03.2026" is not a moment; write it as 2026-01-31T09:15:00Z',
  ],
  [
    'extends nothing',
    'twintrack: 1\nextends: bas.yaml\n',
    'a.yaml:2:10  extends: there is no file "bas.yaml" in the scenario\'s folder. Did you mean "base.yaml"?',
  ],
  [
    'extends what is like no file',
    'twintrack: 1\nextends: dme\n',
    'a.yaml:2:10  extends: there is no file "dme" in the scenario\'s folder. The folder has a.yaml, base.yaml.',
  ],
  [
    'a result code that is none',
    suite(
      'sets: [{ path: all }]',
      'sessions: [{ set: all, results: [{ test: A/One, result: passed, user: lake }] }]',
    ),
    'a.yaml:9:63  aptest.suites[0].sessions[0].results[0].result: the suite has no result code "passed" (pass, untested, fail). Did you mean "pass"?',
  ],
  [
    'a test that is none',
    suite(
      'sets: [{ path: all }]',
      'sessions: [{ set: all, results: [{ test: A/Onee, result: pass, user: lake }] }]',
    ),
    'a.yaml:9:48  aptest.suites[0].sessions[0].results[0].test: there is no test "A/Onee" in the session. Did you mean "A/One"?',
  ],
  [
    'a set that is none',
    suite('sets: [{ path: all }]', 'sessions: [{ set: al, results: [] }]'),
    'a.yaml:9:25  aptest.suites[0].sessions[0].set: there is no set "al". Did you mean "all"?',
  ],
  ['an anchor that is none', defects('- *usual'), 'a.yaml:9:11: this alias names no anchor above it'],
  [
    'a merge of no map',
    defects('- <<: usual'),
    'a.yaml:9:15: what "<<" takes in is no map. Write the alias of one behind it, or a list of such aliases; a key of this name stands in quotes.',
  ],
  [
    'json: trailing comma',
    '{ "twintrack": 1, "testtrack": { "projects": [], } }',
    'a.json:1:50: found "}", expected a key in double quotes',
  ],
  ['json: single quotes', "{ 'twintrack': 1 }", 'a.json:1:3: found "\'", expected a key in double quotes'],
  [
    'json: missing bracket',
    '{\n  "twintrack": 1,\n  "testtrack": {\n    "projects": [\n      { "name": "P" }\n  }\n}\n',
    'a.json:6:3: found "}", expected "," or "]"',
  ],
  [
    'json: comment',
    '{\n  // the version\n  "twintrack": 1\n}\n',
    'a.json:2:3: found "/", expected a key in double quotes',
  ],
  [
    'json: doubled key',
    '{\n  "twintrack": 1,\n  "seed": "a",\n  "seed": "b"\n}\n',
    'a.json:4:3  seed: this key is in its map already; each may be given once',
  ],
  ['empty', '', 'a.yaml: the file is empty; a scenario starts with "twintrack: 1"'],
  [
    'custom field',
    defects('- { summary: One, customFields: { Colour: red } }'),
    'a.yaml:9:51  testtrack.projects[0].defects[0].customFields.Colour: there is no custom field "Colour" here. Fields: none.',
  ],
  [
    'a group that is none',
    head.replace('last: Moe', 'last: Moe, groups: [Administrator]'),
    'a.yaml:7:45  testtrack.projects[0].users[1].groups[0]: there is no group "Administrator". Groups: Administrators, Developers, Guests, Requirements Authors, Testers. Did you mean "Administrators"?',
  ],
  [
    'at-sign',
    defects('- summary: @home'),
    'a.yaml:9:20: a text that begins with @ stands in quotes. Write summary: "@home"',
  ],
  [
    'percent',
    defects('- summary: One', '  description: %done'),
    'a.yaml:10:24: a text that begins with % stands in quotes. Write description: "%done"',
  ],
  [
    'hash',
    defects('- summary: #42 is broken'),
    'a.yaml:9:20  testtrack.projects[0].defects[0].summary: is empty, expected a text. What begins with # is a comment; a text stands in quotes then.',
  ],
  [
    'star',
    defects('- summary: *important* thing'),
    'a.yaml:9:20: a text that begins with * stands in quotes. Write summary: "*important* thing"',
  ],
  [
    'password number',
    head.replace('last: Lee', 'last: Lee, password: 1234'),
    'a.yaml:6:46  testtrack.projects[0].users[0].password: found 1234, expected a text. In quotes it is one: "1234".',
  ],
  [
    'null project name',
    'twintrack: 1\ntesttrack:\n  projects:\n    - name:\n',
    'a.yaml:4:12  testtrack.projects[0].name: is empty, expected a text',
  ],
  [
    'boolean text',
    script('- do: { busy: "true" }'),
    'a.yaml:15:17  script[0].do.busy: found "true", expected true. Take the quotes away.',
  ],
  [
    'call zero',
    script('- when: { operation: saveDefect, call: 0 }', '  do: { fault: 22 }'),
    'a.yaml:15:42  script[0].when.call: found 0, expected at least 1',
  ],
  [
    'probability percent',
    script('- do: { fault: 22 }', '  probability: 50'),
    'a.yaml:16:18  script[0].probability: found 50, expected at most 1',
  ],
])('%s', (mistake, text, message) => {
  const file = mistake.startsWith('json') ? 'a.json' : 'a.yaml';
  expect(said(file, text).replaceAll(`${folder.path}/`, '')).toBe(message);
});
