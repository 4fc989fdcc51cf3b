import type { CProject, CUser, Long } from '../../testtrack/model/operation-types.generated.ts';
import { type TableName, tableNames } from '../../testtrack/rules/table-names.ts';
import { Notes, type Unlearned } from '../clone/notes.ts';
import { PartFile } from '../clone/part-file.ts';
import { readableTables } from '../clone/readable-tables.ts';
import { suiteState } from '../clone/suite-state.ts';
import { type StatePart, testTrackState } from '../clone/testtrack-state.ts';
import { type ScenarioOutput, writtenScenario } from '../clone/written-scenario.ts';
import { RealServerError } from '../real-error.ts';
import { valueToJson } from '../wire/value-json.ts';
import type { CallInRecording, RecordedExchange } from './exchange.ts';
import { putImplied } from './implied-settings.ts';
import type { Recording } from './recording-file.ts';
import { SeenFiles } from './seen-files.ts';
import { SuiteLearner } from './suites/suite-learner.ts';

/** What recordings gave. */
export interface LearnedReport {
  readonly bytes: number;
  /** Of TestTrack. */
  readonly records: number;
  /** Of ApTest, with the sessions in them. */
  readonly suites: number;
  readonly sessions: number;
  readonly notes: readonly Unlearned[];
}

type Call = Extract<CallInRecording, { api: 'TestTrack' }>;

/** Answers that are settings of a project, by the name under which a clone keeps them. */
const settings: Readonly<Record<string, (call: Call) => string>> = {
  getTableList: () => 'tables',
  getTTVersionInfo: () => 'version',
  getUserForCurrentSession: () => 'me',
  getUserLicenseList: () => 'licences',
  GetLinkDefinitionValues: () => 'link-definitions',
  getFolderTypeList: () => 'folder-types',
  getColumnsForTable: ({ parts }) => `columns:${parts.tablename}`,
  getDropdownFieldForTable: ({ parts }) => `fields:${parts.tablename}`,
  getDropdownFieldValuesForTable: ({ parts }) => `values:${parts.tablename}/${parts.fieldname}`,
  getFilterListForTable: ({ parts }) => `filters:${parts.tablename}`,
  getEventDefinitionList: ({ parts }) => `events:${parts.tablename}`,
  getDefectEventDefinitionList: () => 'events:Defect',
  getCustomFieldsDefinitionList: ({ parts }) => `custom:${parts.tablename}`,
  getDefectCustomFieldsDefinitionList: () => 'custom:Defect',
};

/** Users who are named and never shown get record IDs from here on. */
const FIRST_MADE = 900_001;

/**
 * Makes a scenario of what recordings show: settings and records as they were when they were first seen, before the recorded
 * client changed them. What was added within a recording is not in it, so that the recording can be replayed on it.
 *
 * @throws RealServerError when nothing of a project or a suite is in the recordings
 */
export async function learnedScenario(
  recordings: readonly Recording[],
  output: ScenarioOutput & { readonly project?: string | undefined },
): Promise<LearnedReport> {
  const notes = new Notes();
  const part = PartFile.open(`${output.out.replace(/\.\w+$/, '')}.part`, {
    from: recordings.map(({ file }) => file),
  });
  try {
    const learner = new Learner(part, notes);
    const suites = new SuiteLearner(part);
    for (const recording of recordings) {
      learner.begin();
      suites.begin();
      for (const exchange of recording.exchanges()) {
        learner.exchange(exchange);
        suites.exchange(exchange);
      }
    }
    const known = suites.known(notes);
    const project = output.project ?? learner.project;
    if (project === undefined && known.length === 0) {
      throw new RealServerError(
        'TWIN_REAL_RECORDING',
        'Nobody logs on to TestTrack in these recordings and no suite of ApTest is named, so there is nothing to make; name a project with --project.',
      );
    }
    const states: StatePart[] = [];
    const records = project === undefined ? 0 : learner.finish();
    if (project !== undefined) states.push(testTrackState(part, { project, notes, now: output.now }));
    if (known.length > 0) states.push(suiteState(known, { notes, now: output.now }));
    notes.add(
      'What the recorded client did not ask for',
      'nothing is there; "twintrack clone" reads all of a project, and of a suite',
    );
    const sessions = known.reduce((sum, suite) => sum + suite.sessions.length, 0);
    const bytes = await writtenScenario(output, states, notes);
    return { bytes, records, suites: known.length, sessions, notes: notes.all };
  } finally {
    part.remove();
  }
}

class Learner {
  project: string | undefined;
  readonly #part: PartFile;
  readonly #notes: Notes;
  readonly #files: SeenFiles;
  readonly #logins = new Set<string>();
  readonly #names = new Set<string>();
  /** Records that a client added or changed in the recording that is being read. */
  #touched = new Set<string>();

  constructor(part: PartFile, notes: Notes) {
    this.#part = part;
    this.#notes = notes;
    this.#files = new SeenFiles(part);
  }

  /** Another recording: what a client changed before it is as it was again. */
  begin(): void {
    this.#touched = new Set();
  }

  exchange({ call, outcome }: RecordedExchange): void {
    if (call?.api !== 'TestTrack' || outcome?.kind !== 'result') return;
    const { operation, parts } = call;
    const result = this.#files.taken(outcome.result);
    if (operation === 'getProjectList') this.#projects(result as readonly CProject[]);
    else if (/^(?:DatabaseLogon|ProjectLogon)$/.test(operation)) this.#logon(parts);
    else if (/^(?:add|save|delete)/.test(operation)) this.#touch(operation, parts, result);
    else if (settings[operation]) this.#put('settings', settings[operation](call), result);
    else this.#record(operation, result);
  }

  /** Makes what other answers only name, and says which records there are. @returns how many */
  finish(): number {
    this.#people();
    putImplied(this.#part, this.#notes);
    let records = 0;
    for (const { table } of readableTables) {
      const ids = this.#part.ids(table);
      records += ids.length;
      for (const id of ids) this.#part.put(table, id, this.#files.given(this.#part.get(table, id)));
      this.#part.put('settings', `chosen:${table}`, ids);
    }
    return records;
  }

  #projects(projects: readonly CProject[]): void {
    const [project] = projects;
    if (project && !this.#part.has('settings', 'project')) this.#part.put('settings', 'project', project);
  }

  #logon({ dbname, pProj, username }: Readonly<Record<string, unknown>>): void {
    this.project ??= String(dbname ?? (pProj as CProject | undefined)?.database?.name ?? '') || undefined;
    if (typeof username === 'string' && username !== '') this.#logins.add(username);
  }

  #touch(operation: string, parts: Readonly<Record<string, unknown>>, result: unknown): void {
    const table = tableOf(operation);
    if (table === undefined) return;
    const sent = Object.values(parts).find(
      (value) => typeof value === 'object' && value !== null && 'recordid' in value,
    );
    const id = Number((sent as { readonly recordid?: Long } | undefined)?.recordid ?? result ?? 0);
    this.#touched.add(`${table}/${operation.startsWith('add') ? Number(result) : id}`);
  }

  #record(operation: string, result: unknown): void {
    const table = /^(?:get|edit)/.test(operation) ? tableOf(operation) : undefined;
    if (table === undefined || typeof result !== 'object' || result === null) return;
    const id = Number((result as { readonly recordid?: Long }).recordid ?? 0);
    if (id === 0 || this.#touched.has(`${table}/${id}`)) return;
    this.#put(table, id, result);
    this.#nameIn(result);
  }

  /** The first one stays; one that says something else without a change between them is told. */
  #put(table: string, id: number | string, value: unknown): void {
    if (!this.#part.has(table, id)) this.#part.put(table, id, value);
    else if (valueToJson(this.#part.get(table, id)) !== valueToJson(value)) {
      this.#notes.add(`${table} ${id}: recordings contradict one another`, 'what was seen first');
    }
  }

  #nameIn(value: unknown, member = ''): void {
    if (typeof value === 'string') {
      if (personMembers.test(member) && value !== '') this.#names.add(value);
    } else if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) {
      for (const [name, inner] of Object.entries(value))
        this.#nameIn(inner, Array.isArray(value) ? member : name);
    }
  }

  /** Everybody who logs on or is named, where no answer shows them. */
  #people(): void {
    const known = [...this.#part.all('User')].map(([, wire]) => wire as CUser);
    const me = this.#part.get('settings', 'me') as CUser | undefined;
    if (me?.recordid !== undefined && !this.#part.has('User', Number(me.recordid))) {
      this.#part.put('User', Number(me.recordid), me);
      known.push(me);
    }
    const logins = [...this.#logins].filter(
      (login) => !known.some(({ loginname }) => loginname?.toLowerCase() === login.toLowerCase()),
    );
    const names = [...this.#names].filter((name) => !known.some((user) => isCalled(user, name)));
    const made = [
      ...logins.map((loginname) => ({ loginname, lastname: loginname })),
      ...names.map(namedUser),
    ];
    for (const [at, user] of made.entries()) {
      const recordid = FIRST_MADE + at;
      this.#part.put('User', recordid, {
        recordid,
        isactive: true,
        usergroupnamelist: ['Administrators'],
        ...user,
      });
    }
    if (logins.length > 0) this.#notes.add('What people who log on are called', 'their login is their name');
    if (names.length > 0)
      this.#notes.add('Who people are whom records name', 'users with that name who cannot log on');
  }
}

const personMembers =
  /^(?:user|enteredby|enteredBy|foundby|assigntolist|createdbyuser|modifiedbyuser|createdByUser|modifiedByUser|assignedto|assignedby)$/;

function isCalled({ firstname = '', middleinitials = '', lastname = '' }: CUser, name: string): boolean {
  const given = [firstname, middleinitials].filter(Boolean).join(' ');
  return (
    name === (given === '' ? lastname : `${lastname}, ${given}`) ||
    name === [given, lastname].filter(Boolean).join(' ')
  );
}

function namedUser(name: string): CUser {
  const [lastname = '', firstname = ''] = name.split(', ');
  return { lastname, firstname };
}

/** The table that an operation gives or changes one record of. */
function tableOf(operation: string): TableName | undefined {
  const noun = operation.replace(/^(?:get|edit|add|save|delete)/, '').replace(/(?:ByRecordID|WithLink)$/, '');
  const known = tableNames.find((table) => table.replaceAll(' ', '') === noun);
  return known ?? (noun === 'Link' ? 'Links' : undefined);
}
