import { accounts } from '../aptest/model/account.ts';
import { suites } from '../aptest/model/definitions.ts';
import { installationScope, installations } from '../aptest/model/installation.ts';
import { plainName, uuidKey } from '../aptest/model/names.ts';
import { groups, sessions, sets } from '../aptest/model/run-head.ts';
import { requirements, testCases } from '../aptest/model/test-case.ts';
import { noteEntries, testLists, testRuns } from '../aptest/model/test-run.ts';
import { nounOf, recordTables } from '../testtrack/model/record-tables.ts';
import * as testTrack from '../testtrack/model/tables.ts';
import { personName } from '../testtrack/model/user-record.ts';
import { hidden } from '../text/secrets.ts';
import type { Change } from '../world/draft.ts';
import { type Key, type Table, tablePath } from '../world/table.ts';
import type { World } from '../world/world.ts';

/** Where a record is and in what state to look up what it refers to. */
export interface Place {
  readonly world: World;
  readonly scope: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** How a report calls the records of a table, and what it says when one comes or goes. */
export interface Label {
  readonly name: (record: Fields, place: Place) => string;
  /** `added` and `deleted` where nothing is said. */
  readonly added?: (record: Fields) => string;
  readonly removed?: string;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : String(value ?? ''));

/** Items: by number, or by record ID where the project does not number them. */
const numbered =
  (kind: string): Label['name'] =>
  ({ number, recordId }) =>
    Number(number) > 0 ? `${kind} ${text(number)}` : `${kind} with record ID ${text(recordId)}`;

const named =
  (kind: string, field = 'name'): Label['name'] =>
  (record) =>
    text(record[field]) === '' ? kind : `${kind} "${text(record[field])}"`;

const withSummary = (record: Fields): string =>
  text(record.summary) === '' ? 'added' : `added ("${text(record.summary)}")`;

const item = (kind: string): Label => ({ name: numbered(kind), added: withSummary });

/** A person of a project, by login, or by name for those without one. */
export function userName(id: unknown, { world, scope }: Place): string {
  if (typeof id !== 'number' || id === 0) return 'nobody';
  const user = world.collection(testTrack.users, scope).get(id);
  return user ? user.login || personName(user, 'first-last') : `user ${id}`;
}

const person: Label['name'] = (record) => {
  const { login, first, last, isCustomer } = record as Record<'login' | 'first' | 'last', string> & {
    readonly isCustomer?: boolean;
  };
  const kind = isCustomer ? 'customer' : 'user';
  return `${kind} ${login || personName({ first, middle: '', last }, 'first-last')}`;
};

/** A record that another one refers to, by the wire's name of its table. */
function referred(table: unknown, recordId: unknown, { world, scope }: Place): string {
  const found = recordTables[text(table)];
  const record = found && world.collection(found as Table<unknown>, scope).get(Number(recordId));
  const label = found && tableLabel(`${scope}/${found.name}`);
  return record && label
    ? label.name(record as Fields, { world, scope })
    : `${text(table).toLowerCase()} with record ID ${text(recordId)}`;
}

function testName(uuid: unknown, { world, scope }: Place): string {
  const found = world.collection(testCases, scope).get(uuidKey(text(uuid)));
  return found ? plainName(found.id) : text(uuid);
}

const owner = (value: unknown): string => text(value).replace(/^(session|set):/, '$1 ');

/** Records of the tables of the wire: by number, or by name or summary. */
const recordLabels = Object.values(recordTables).map((table): [string, Label] => {
  const noun = nounOf(table);
  const { indexes } = table as Table<unknown>;
  if (Object.hasOwn(indexes, 'number')) return [table.name, item(noun)];
  return [table.name, { name: named(noun, table.name === testTrack.tasks.name ? 'summary' : 'name') }];
});

const testTrackLabels: Readonly<Record<string, Label>> = {
  ...Object.fromEntries(recordLabels),
  [testTrack.serverSettings.name]: { name: () => 'server settings' },
  [testTrack.projects.name]: { name: named('project') },
  [testTrack.loginSessions.name]: {
    name: ({ project, userId }, { world }) =>
      `session of ${userName(userId, { world, scope: `testtrack:${text(project)}` })} in "${text(project)}"`,
    added: () => 'opened',
    removed: 'ended',
  },
  [testTrack.globalUsers.name]: { name: (record, place) => `${person(record, place)} of the licence server` },
  [testTrack.locks.name]: {
    name: ({ userId, table, recordId }, place) =>
      `lock of ${userName(userId, place)} on ${referred(table, recordId, place)}`,
    added: () => 'taken',
    removed: 'released',
  },
  [testTrack.securityGroups.name]: { name: named('security group') },
  [testTrack.users.name]: { name: person },
  [testTrack.dropdowns.name]: { name: ({ table, field }) => `list "${text(field)}" of ${text(table)}` },
  [testTrack.filters.name]: { name: named('filter') },
  [testTrack.exportTemplates.name]: { name: named('export template') },
  [testTrack.links.name]: {
    name: ({ recordId, definition }) => `link ${text(recordId)} (${text(definition)})`,
  },
  [testTrack.documentNodes.name]: {
    name: ({ documentId, requirementId }, place) =>
      `${referred('Requirement', requirementId, place)} in ${referred('Requirement Document', documentId, place)}`,
  },
  [testTrack.documentSnapshots.name]: {
    name: ({ documentId, version }, place) =>
      `snapshot ${text(version)} of ${referred('Requirement Document', documentId, place)}`,
  },
  [testTrack.privateFolders.name]: {
    name: (record, place) => `${named('private folder')(record, place)} of ${userName(record.owner, place)}`,
  },
  [testTrack.folderItems.name]: {
    name: (record, place) => {
      const { table, recordId } = (record.item ?? {}) as Fields;
      return `${referred(table, recordId, place)} in folder ${text(record.folder).replace(/^public:/, '')}`;
    },
  },
};

const apTestLabels: Readonly<Record<string, Label>> = {
  [installations.name]: { name: () => 'ApTest installation' },
  [accounts.name]: { name: named('ApTest user') },
  [suites.name]: { name: named('suite') },
  [sessions.name]: {
    name: ({ number }) => `session ${text(number)}`,
    added: ({ name, description }) => `added ("${text(name) || text(description)}")`,
  },
  [sets.name]: { name: named('set', 'path') },
  [groups.name]: { name: named('set group', 'path') },
  [testCases.name]: { name: named('test', 'id') },
  [requirements.name]: { name: named('requirement', 'id') },
  [testLists.name]: { name: (record) => `list of tests of ${owner(record.owner)}` },
  [testRuns.name]: {
    name: (record, place) => `test ${testName(record.uuid, place)} of ${owner(record.owner)}`,
    added: ({ result }) => `result ${text(result)}`,
    removed: 'cleared',
  },
  [noteEntries.name]: {
    name: (record, place) =>
      `note ${text(record.number)} on test ${testName(record.uuid, place)} of ${owner(record.owner)}`,
  },
};

/** The label of the table at a path; a plain one for a table that has none of its own. */
export function tableLabel(path: string): Label {
  const at = path.lastIndexOf('/');
  const [scope, table] = [path.slice(0, at), path.slice(at + 1)];
  const isApTest = scope === installationScope || scope.startsWith(`${installationScope}:`);
  const labels = isApTest ? apTestLabels : testTrackLabels;
  return (Object.hasOwn(labels, table) && labels[table]) || plainLabel(table);
}

const plainLabel = (table: string): Label => ({
  name: ({ recordId, number, name }) => `${table} ${text(recordId ?? number ?? name)}`.trim(),
});

const sessionsPath = tablePath(testTrack.loginSessions, testTrack.serverScope);

/** Keys that are secrets themselves. */
export function shownKey({ path, key }: Pick<Change, 'path' | 'key'>): Key {
  return path === sessionsPath ? hidden : key;
}
