import { readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { startTwin } from '../../src/index.ts';
import { isRecord } from '../../src/input/is-record.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { productSections } from '../../src/scenario/sections.ts';
import { type ExportedScenario, exportedScenario } from '../../src/scenario/state/exported.ts';
import { tableSection } from '../../src/text/markdown-table.ts';
import { soapClient } from '../support/soap-client.ts';
import { cloneOf, shownBy, shownDifferently, temporaryFolder } from './servers.ts';

const now = '2026-03-02T15:00:00Z';
const account = { project: 'Sample Project', username: 'administrator', password: '' };
/** What is cloned: one project, one suite, and what the servers say of themselves. */
const isCloned = (table: string) => !/^testtrack:Project\/|^aptest:Installer\//.test(table);

/** Why a clone has something else than the file, by tables and members. Nothing else may differ. */
const reasons: readonly (readonly [RegExp, string])[] = [
  [/^aptest\/(?:suites|accounts) records$/, 'one suite is cloned, with the users whom it names'],
  [/^testtrack\/projects records$/, 'one project is cloned'],
  [/^aptest\/installation settings$/, 'no command tells how an installation is set: as usual'],
  [/^aptest:Example\/groups description$/, 'no command tells more of a group than its name'],
  [/^aptest:Example\/requirements records$/, 'no command lists requirements'],
  [
    /^aptest:Example\/sessions (?:selectors|testPickedBy)$/,
    'how tests were selected is not told; the tests are',
  ],
  [
    /^aptest:Example\/(?:sets |testLists records$)/,
    'no command tells more of a set than its path and tests: a fixed list',
  ],
  [/^testtrack(?::Sample Project)?\/(?:global-)?users password$/, 'passwords are not told: empty'],
  [/^testtrack\/global-users (?:email|company)$/, 'the list of them has names and logins alone'],
  [/ customValues$| events\[\]\.fields$/, 'false and nothing are told alike'],
  [/\/document-nodes place$/, 'places are counted anew, in the same order'],
  [/\/export-templates records$/, 'no operation lists them'],
  [/\/filters query$/, 'what a filter asks for is not told: the records that it let through'],
  [
    /\/groups (?:allowsSoap|commands)$/,
    'what a group may do is not told: as usual for its name, else everything',
  ],
  [/\/private-folders records$/, 'nobody but their user sees them'],
  [/\/reports \w+$/, 'what a report shows is not told'],
  [/\/users nameFormat$/, 'how other users want names written is not told'],
];

let demo: string;
let clone: string;
beforeAll(async () => {
  const file = new URL('../../scenarios/demo.yaml', import.meta.url);
  demo = `${temporaryFolder()}/demo.yaml`;
  // Moments that count from the start are the same in both then.
  writeFileSync(demo, `${readFileSync(file, 'utf8')}\nclock: { mode: frozen, now: ${now} }\n`);
  await using twin = await startTwin({ scenario: demo });
  const apTest = {
    ...{ url: twin.url, option: '--rpc-url', trust: {}, timeoutMs: 20_000 },
    ...{ suite: 'Example', username: 'lake', token: 'token' },
  };
  clone = await cloneOf(twin.url, account, { apTest, now: Date.parse(now) });
  writeFileSync(
    clone,
    readFileSync(clone, 'utf8').replace('clock: {"mode":"real"}', `clock: { mode: frozen, now: "${now}" }`),
  );
});

type Tables = ExportedScenario['state']['tables'];

function tablesOf(file: string): Tables {
  const { world } = loadScenario(file, { now: Date.parse(now), sections: productSections });
  return exportedScenario(world, { mode: 'real' }).state.tables;
}

/** The members of two lists of records that are not the same, lists without their places. */
function otherMembers(one: unknown, other: unknown, at = ''): string[] {
  if (JSON.stringify(one) === JSON.stringify(other)) return [];
  if (Array.isArray(one) && Array.isArray(other) && one.length === other.length)
    return one.flatMap((each, index) => otherMembers(each, other[index], at === '' ? '' : `${at}[]`));
  if (!isRecord(one) || !isRecord(other)) return [at === '' ? 'records' : at];
  return Object.keys({ ...one, ...other }).flatMap((name) =>
    otherMembers(one[name], other[name], at === '' ? name : `${at}.${name}`),
  );
}

/** A member of a record, whatever is other within it. */
function memberOf(place: string): string {
  const [first = '', second = ''] = place.split('.');
  return first === 'events[]' ? `${first}.${second}` : first.replace('[]', '');
}

/** A row for each table that is not the same in both: how many records there are, which members differ, and why. */
function comparison(): { same: string[]; rows: string[][]; unexplained: string[] } {
  const [mine, theirs] = [tablesOf(demo), tablesOf(clone)];
  const names = [...new Set([...Object.keys(mine), ...Object.keys(theirs)])].filter(isCloned).sort();
  const same: string[] = [];
  const rows: string[][] = [];
  const unexplained: string[] = [];
  for (const name of names) {
    const [one, other] = [mine[name] ?? [], theirs[name] ?? []];
    const members = [...new Set(otherMembers(one, other).map(memberOf))];
    const shown = name
      .replace(/^testtrack(?::Sample Project)?\//, 'TestTrack ')
      .replace(/^aptest(?::Example)?\//, 'ApTest ');
    if (members.length === 0) {
      same.push(`${shown} (${one.length})`);
      continue;
    }
    const why = members.map((member) => {
      const reason = reasons.find(([pattern]) => pattern.test(`${name} ${member}`))?.[1];
      if (reason === undefined) unexplained.push(`${name} ${member}`);
      return reason ?? '';
    });
    const shownMembers = members.filter((member) => member !== 'records');
    rows.push([
      shown,
      String(one.length),
      String(other.length),
      shownMembers.join(', '),
      [...new Set(why)].join('; '),
    ]);
  }
  return { same, rows, unexplained };
}

test('a clone of the demo has what the demo file has, but for what docs/drift.md says and why', () => {
  const { same, rows, unexplained } = comparison();
  expect(unexplained).toEqual([]);
  const head = ['Table', 'In the file', 'In the clone', 'What is other', 'Why'];
  const [, , ...table] = tableSection('', head, rows).split('\n');
  const page = readFileSync(new URL('../../docs/drift.md', import.meta.url), 'utf8');
  expect(page).toContain(table.join('\n'));
  expect(page).toContain(`Record for record the same: ${same.join(', ')}.`);
});

test('what is added to a clone of the demo stands where it would stand on its server', async () => {
  const shown = async (scenario: string) => {
    await using twin = await startTwin({ scenario });
    const tt = soapClient(`${twin.url}/cgi-bin/ttsoapcgi.exe`);
    const cookie = Number(
      await tt.DatabaseLogon({ dbname: account.project, username: account.username, password: '' }),
    );
    await tt.addTestConfig({ cookie, pTestConfig: { systemname: 'Added' } });
    await tt.addRequirement({ cookie, pRequirement: { summary: 'Added', type: 'Functional Requirement' } });
    await tt.appendToRequirementDocument({ cookie, documentID: 1, requirementID: 4, parentRequirementID: 0 });
    const folder = await tt.addFolder({ cookie, pFolder: { name: 'Added', path: '/Public/Added' } });
    const parts = { cookie, publicFolder: true, entityTableName: 'Defect', entityRecordID: 3 };
    await tt.addEntityToFolderByRecordID({ ...parts, recordID: 2 });
    await tt.addEntityToFolderByRecordID({ ...parts, recordID: folder });
    await tt.DatabaseLogoff({ cookie });
    return await shownBy(twin.url, account);
  };
  expect(shownDifferently(await shown(demo), await shown(clone))).toEqual([]);
});
