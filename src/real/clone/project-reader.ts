import { errorNumbers, TestTrackApiError } from '../../client/testtrack-errors.ts';
import type {
  CDatabaseTable,
  CRecordListSoap,
  CTableColumn,
  CTableField,
} from '../../testtrack/model/operation-types.generated.ts';
import { itemTables, type TableName, tableNames } from '../../testtrack/rules/table-names.ts';
import { generationWith } from '../../wsdl/generations.ts';
import { RealServerError } from '../real-error.ts';
import type { ReadingSession } from '../wire/reading-session.ts';
import { readFilterContents, readPrivateFolders } from './extra-readers.ts';
import type { Mask } from './mask.ts';
import type { Notes } from './notes.ts';
import type { PartFile } from './part-file.ts';
import type { CloneProgress } from './progress.ts';
import { alwaysRead, type ReadableTable, readableTables } from './readable-tables.ts';

/** What of a project is read. */
export interface ReadChoice {
  /** Only records of these tables, besides people and test configurations. */
  readonly only?: readonly TableName[] | undefined;
  /** Only items that were changed on this day or later, `YYYY-MM-DD`. */
  readonly since?: string | undefined;
  /** At most so many records of each table, those with the highest record IDs. */
  readonly limit?: number | undefined;
  readonly withFiles: boolean;
}

export interface ReadingTools {
  /** Each is a session of its own: a server answers one request of a session at a time. */
  readonly sessions: readonly ReadingSession[];
  readonly part: PartFile;
  readonly mask: Mask;
  readonly notes: Notes;
  readonly progress: CloneProgress;
}

const recordIdColumn = 'Record ID';
const modifiedColumn = 'Date Modified';
/** What the states of items are told by. */
const standingColumns = [modifiedColumn, 'Closed Date', 'Is Locked'];

/** Reads a project, and only reads it, into a part file. */
export class ProjectReader {
  readonly #tools: ReadingTools;
  readonly #choice: ReadChoice;
  readonly #session: ReadingSession;
  /** Why a record was refused that a list had; by the time it is told of, the record may be gone or read. */
  readonly #refused = new Map<
    string,
    { readonly table: TableName; readonly id: number; readonly text: string }
  >();

  constructor(tools: ReadingTools, choice: ReadChoice) {
    const [first] = tools.sessions;
    if (!first) throw new TypeError('a project is read through a session');
    this.#tools = tools;
    this.#choice = choice;
    this.#session = first;
  }

  /** @throws RealServerError for an account that may see nothing */
  async read(): Promise<void> {
    const tables = await this.#settings();
    const chosen = readableTables.filter(({ table }) => tables.includes(table) && this.#isChosen(table));
    for (const table of chosen) await this.#records(table);
    // Once more for records that were changed, added or deleted while the others were read.
    for (const table of chosen) await this.#records(table);
    if (tables.includes('Folder') && this.#isChosen('Folder'))
      await readPrivateFolders(this.#session, this.#tools);
    await readFilterContents(this.#session, this.#tools);
    this.#tellRefused();
  }

  /** Records that are still listed and were not to be read. One that was deleted meanwhile is gone, as it is there. */
  #tellRefused(): void {
    const { part, notes } = this.#tools;
    for (const { table, id, text } of this.#refused.values()) {
      const listed = (part.get('settings', `chosen:${table}`) ?? []) as readonly number[];
      if (part.has(table, id) || !listed.includes(id)) continue;
      notes.add(`${table}: a record that is listed cannot be read (${text})`, 'it is not there');
    }
  }

  #isChosen(table: TableName): boolean {
    const { only } = this.#choice;
    return only === undefined || only.includes(table) || alwaysRead.includes(table);
  }

  /** What the project is made of. It is small, and read anew each time. */
  async #settings(): Promise<TableName[]> {
    for (const session of this.#tools.sessions) {
      await session.call('formattedTextSupport', { enableFormattedText: true });
    }
    this.#keep('project', this.#session.project);
    this.#keep(
      'sdk',
      generationWith((operation) => this.#session.caller.has(operation)),
    );
    const listed = (await this.#setting('tables', 'getTableList')) as readonly CDatabaseTable[] | undefined;
    const tables = tableNames.filter((name) => listed?.some((each) => each.name === name));
    if (tables.length === 0) {
      throw new RealServerError(
        'TWIN_REAL_NOTHING_SEEN',
        'This account sees no table of the project, so there is nothing to clone. Give it a security group that may view records, or take another account.',
      );
    }
    for (const table of tables)
      await this.#setting(`columns:${table}`, 'getColumnsForTable', { tablename: table });
    // People come first: what is masked afterwards has to know their names.
    for (const kind of readableTables) {
      if (alwaysRead.includes(kind.table) && tables.includes(kind.table)) await this.#records(kind);
    }
    await this.#setting('version', 'getTTVersionInfo');
    await this.#setting('me', 'getUserForCurrentSession');
    await this.#setting('licences', 'getUserLicenseList');
    await this.#setting('global-users', 'getGlobalUserList');
    await this.#setting('global-customers', 'getGlobalCustomerList');
    await this.#setting('link-definitions', 'GetLinkDefinitionValues');
    await this.#setting('folder-types', 'getFolderTypeList');
    for (const table of tables) await this.#tableSettings(table);
    return tables;
  }

  async #tableSettings(table: TableName): Promise<void> {
    const parts = { tablename: table };
    const fields = (await this.#setting(`fields:${table}`, 'getDropdownFieldForTable', parts)) as
      | readonly CTableField[]
      | undefined;
    for (const { name = '' } of fields ?? []) {
      await this.#setting(`values:${table}/${name}`, 'getDropdownFieldValuesForTable', {
        ...parts,
        fieldname: name,
      });
    }
    await this.#setting(`filters:${table}`, 'getFilterListForTable', parts);
    if (itemTables.includes(table)) await this.#setting(`events:${table}`, 'getEventDefinitionList', parts);
    if (itemTables.includes(table) || ['Test Variant', 'User', 'Customer', 'Task'].includes(table)) {
      await this.#setting(`custom:${table}`, 'getCustomFieldsDefinitionList', parts);
    }
    if (table === 'Report') {
      const names = [recordIdColumn, 'Name', 'Title', 'Type', 'Contains', 'Access', 'Owner'];
      this.#keep('reports', await this.#list(table, names));
    }
  }

  async #setting(name: string, operation: string, parts: object = {}): Promise<unknown> {
    if (!this.#session.caller.has(operation)) {
      this.#tools.notes.add(
        `${operation}: the server's contract does not have it`,
        'what every new project has',
      );
      return undefined;
    }
    try {
      const value = await this.#session.call(operation, { ...parts });
      this.#keep(name, value);
      return value;
    } catch (error) {
      if (!(error instanceof TestTrackApiError)) throw error;
      this.#tools.notes.add(`${name}: ${error.text}`, 'what every new project has');
      return undefined;
    }
  }

  #keep(name: string, value: unknown): void {
    this.#tools.part.put('settings', name, this.#tools.mask.setting(name, value));
  }

  async #list(table: TableName, columns: readonly string[], filtername = ''): Promise<CRecordListSoap> {
    const columnlist = columns.map((name) => ({ name }));
    return (await this.#session.call('getRecordListForTable', {
      tablename: table,
      filtername,
      columnlist,
    })) as CRecordListSoap;
  }

  /** The record IDs to read, and when each was changed last; a record that is listed twice is read once. */
  async #toRead(table: TableName): Promise<Map<number, string>> {
    const columns = this.#columnsOf(table);
    const asked = [recordIdColumn, ...standingColumns.filter((name) => columns.has(name))];
    const list = await this.#chosenList(table, asked, columns);
    this.#keep(`standing:${table}`, list);
    const found = new Map<number, string>();
    const at = asked.indexOf(modifiedColumn);
    for (const { row = [] } of list.records ?? []) {
      const id = Number(row[0]?.value);
      if (found.has(id)) this.#tools.notes.add(`${table}: a record is listed twice`, 'it is there once');
      if (Number.isSafeInteger(id) && id > 0) found.set(id, row[at]?.value ?? '');
    }
    const { limit } = this.#choice;
    if (limit === undefined || alwaysRead.includes(table) || found.size <= limit) return found;
    this.#tools.notes.add(
      `${table}: only ${limit} of ${found.size} records were read (--limit)`,
      'the others are not there',
    );
    return new Map([...found].sort(([a], [b]) => b - a).slice(0, limit));
  }

  async #chosenList(
    table: TableName,
    asked: readonly string[],
    columns: ReadonlySet<string>,
  ): Promise<CRecordListSoap> {
    const { since } = this.#choice;
    if (since === undefined || !itemTables.includes(table)) return this.#list(table, asked);
    if (!columns.has(modifiedColumn)) {
      this.#tools.notes.add(
        `${table}: no column "${modifiedColumn}", so --since says nothing`,
        'all records',
      );
      return this.#list(table, asked);
    }
    this.#tools.notes.add(`${table}: records that were not changed since ${since}`, 'they are not there');
    return (await this.#session.call('getRecordListForTableWithQuery', {
      tablename: table,
      filtername: '',
      query: JSON.stringify({ [modifiedColumn]: { '<from>': since } }),
      columnlist: asked.map((name) => ({ name })),
    })) as CRecordListSoap;
  }

  #columnsOf(table: TableName): ReadonlySet<string> {
    const columns = this.#tools.part.get('settings', `columns:${table}`) as
      | readonly CTableColumn[]
      | undefined;
    return new Set(columns?.map(({ name = '' }) => name));
  }

  /** Reads what is not there yet, and what was changed since its table was listed the time before. */
  async #records(kind: ReadableTable): Promise<void> {
    const { table } = kind;
    const { part, notes } = this.#tools;
    const before = momentsIn(part.get('settings', `standing:${table}`) as CRecordListSoap | undefined);
    let ids: Map<number, string>;
    try {
      ids = await this.#toRead(table);
    } catch (error) {
      if (!(error instanceof TestTrackApiError)) throw error;
      notes.add(`${table}: ${error.text}`, 'no records');
      return;
    }
    part.put('settings', `chosen:${table}`, [...ids.keys()]);
    const isWanted = ([id, moment]: readonly [number, string]) =>
      !part.has(table, id) || (before.has(id) && before.get(id) !== moment);
    const wanted = [...ids].filter(isWanted).map(([id]) => id);
    await this.#readAll(kind, wanted, ids.size);
  }

  async #readAll(kind: ReadableTable, ids: readonly number[], total: number): Promise<void> {
    const { sessions, progress } = this.#tools;
    if (ids.length === 0) return;
    progress.begin(kind.table, { total, left: ids.length });
    const queue = ids.values();
    await Promise.all(
      sessions.map(async (session) => {
        for (const id of queue) {
          await this.#record(session, kind, id);
          progress.step();
        }
      }),
    );
    progress.end();
  }

  async #record(session: ReadingSession, kind: ReadableTable, id: number): Promise<void> {
    const { part, mask } = this.#tools;
    const { table, operation, idPart, parts, hasFiles } = kind;
    try {
      const wire = await session.call(operation, {
        ...parts,
        [idPart]: id,
        ...(hasFiles ? { bDownloadAttachments: this.#choice.withFiles } : {}),
      });
      // What belongs to a record is written before it: a clone that goes on knows a record as whole.
      await this.#belonging(session, table, id);
      part.put(table, id, mask.record(table, wire));
    } catch (error) {
      if (!(error instanceof TestTrackApiError) || error.number === errorNumbers.notLoggedIn) throw error;
      this.#refused.set(`${table}/${id}`, { table, id, text: error.text });
    }
  }

  async #belonging(session: ReadingSession, table: TableName, id: number): Promise<void> {
    const { part, mask } = this.#tools;
    if (table === 'Folder') {
      const items = await session.call('getEntityListForFolderByRecordID', {
        recordID: id,
        publicFolder: true,
      });
      part.put('FolderItems', id, items);
    }
    if (table === 'Requirement Document') {
      part.put(
        'DocumentTree',
        id,
        mask.record(table, await session.call('getDocumentTree', { documentID: id })),
      );
    }
  }
}

/** When each record of a list was changed last, as its cells say. */
function momentsIn(list: CRecordListSoap | undefined): ReadonlyMap<number, string> {
  const at = (list?.columnlist ?? []).findIndex(({ name }) => name === modifiedColumn);
  if (!list || at < 0) return new Map();
  return new Map((list.records ?? []).map(({ row = [] }) => [Number(row[0]?.value), row[at]?.value ?? '']));
}
