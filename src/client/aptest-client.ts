import { ApTestConnection, type ApTestOptions } from './aptest-connection.ts';
import { ApTestConnectionError } from './aptest-errors.ts';
import {
  commas,
  entryArguments,
  filterArguments,
  newSessionArguments,
  newSetArguments,
  plain,
  resultsArguments,
  sessNum,
  severalArguments,
  testOf,
  type WireArguments,
} from './aptest-form.ts';
import type {
  FieldValue,
  FieldValues,
  InSession,
  NamedTest,
  NamedTests,
  NewAttachment,
  NewGroup,
  NewResult,
  NewResults,
  NewSession,
  NewSet,
  OfSet,
  ResultsQuery,
  SessionFilter,
  SessionResults,
  SessionRow,
  TestOfSession,
} from './aptest-types.ts';

/**
 * rpc.mpl of one ApTest installation: a method for each of its 27 commands. All reject with ApTestApiError when the
 * server refuses, and with ApTestConnectionError when there is no answer that can be read. The forms of most JSON
 * answers are inferred: the manual shows lines of text only.
 */
export class ApTestClient {
  readonly #connection: ApTestConnection;
  readonly #options: ApTestOptions;

  /** @throws ArgumentError for a URL that is none */
  constructor(options: ApTestOptions) {
    this.#options = options;
    this.#connection = new ApTestConnection(options);
  }

  /** The address that commands go to. */
  get url(): string {
    return this.#connection.url;
  }

  /** The same installation with another suite or user. */
  with(change: Partial<Omit<ApTestOptions, 'url'>>): ApTestClient {
    return new ApTestClient({ ...this.#options, ...change });
  }

  /** Sends a command with its arguments as they travel. The methods are the comfortable way. */
  send(command: string, args: WireArguments = []): Promise<unknown> {
    return this.#connection.send(command, args);
  }

  /** Suites in which the user has run access. */
  getSuiteList(): Promise<string[]> {
    return this.#list('getSuiteList');
  }

  /** Full paths of the sets, of all or of one group. */
  getSetList(of: { group?: string; recursive?: boolean } = {}): Promise<string[]> {
    return this.#list('getSetList', plain({ group: of.group, recursive: of.recursive }));
  }

  /** Names of all test cases. */
  getTestsSuiteByname(): Promise<string[]> {
    return this.#list('getTestsSuiteByname');
  }

  /** The UUIDs of all tests of the suite. */
  getTestsSuiteByUUID(): Promise<string[]> {
    return this.#list('getTestsSuiteByUUID');
  }

  /** Tests of a session or a set in their order: paths, or UUIDs with `byUUID`. */
  getTestList(of: (InSession | OfSet) & { byUUID?: boolean }): Promise<string[]> {
    const holder = 'session' in of ? sessNum(of) : plain({ set: of.set });
    return this.#list('getTestList', [...holder, ...plain({ byUUID: of.byUUID })]);
  }

  /** Empty when there is no such test case (documented). */
  getTestUUID(of: { name: string }): Promise<string> {
    return this.#text('getTestUUID', plain({ name: of.name }));
  }

  /** Empty when there is no such requirement (documented). */
  getReqUUID(of: { name: string }): Promise<string> {
    return this.#text('getReqUUID', plain({ name: of.name }));
  }

  /** All fields of a test case by name; with `field` that one only. */
  getTestCaseDetails(of: NamedTest & { readonly field: string }): Promise<FieldValue>;
  getTestCaseDetails(of: NamedTest): Promise<FieldValues>;
  async getTestCaseDetails(of: NamedTest & { readonly field?: string }): Promise<FieldValues | FieldValue> {
    const data = await this.send('getTestCaseDetails', [...testOf(of), ...plain({ field: of.field })]);
    return data as FieldValues | FieldValue;
  }

  /** The result code. */
  getTestCaseResult(of: InSession & NamedTest): Promise<string> {
    return this.#text('getTestCaseResult', [...sessNum(of), ...testOf(of)]);
  }

  /** All data of tests of a session, by the names or UUIDs that were asked for. */
  async getTestResultData(of: InSession & NamedTests): Promise<Readonly<Record<string, TestOfSession>>> {
    const tests = 'uuids' in of ? plain({ uuid: commas(of.uuids) }) : plain({ name: commas(of.names) });
    const data = await this.send('getTestResultData', [...sessNum(of), ...tests]);
    return data as Record<string, TestOfSession>;
  }

  /** Gives the path of the new group. */
  createGroup(group: NewGroup): Promise<string> {
    const { name, description, setGroup } = group;
    return this.#text('createGroup', plain({ name, description, setGroup }));
  }

  /** Gives the number of tests that were selected. */
  createSet(set: NewSet): Promise<number> {
    return this.#number('createSet', newSetArguments(set));
  }

  /** Deletes a set. Refused while it is locked. */
  async deleteSet(of: OfSet): Promise<void> {
    await this.send('deleteSet', plain({ set: of.set }));
  }

  /** Locks a set, so that it cannot be deleted. */
  async lockSet(of: OfSet): Promise<void> {
    await this.send('lockSet', plain({ set: of.set }));
  }

  /** Unlocks a set; one that is not locked stays so. */
  async unlockSet(of: OfSet): Promise<void> {
    await this.send('unlockSet', plain({ set: of.set }));
  }

  /** Gives the sentence that confirms it. */
  assignSet(assignment: OfSet & { readonly assignTo: readonly string[] }): Promise<string> {
    const { set, assignTo } = assignment;
    return this.#text('assignSet', plain({ set, assignTo: commas(assignTo) }));
  }

  /** Gives the number of the new session, as the server writes it. */
  createSession(session: NewSession): Promise<string> {
    return this.#text('createSession', newSessionArguments(session));
  }

  /** Deletes a session with its results. */
  async deleteSession(of: InSession): Promise<void> {
    await this.send('deleteSession', sessNum(of));
  }

  /** Locks a session: it takes no results then, but can be read. */
  async lockSession(of: InSession): Promise<void> {
    await this.send('lockSession', sessNum(of));
  }

  /** Unlocks a session; one that is not locked stays so. */
  async unlockSession(of: InSession): Promise<void> {
    await this.send('unlockSession', sessNum(of));
  }

  /** Gives the sentence that confirms it. */
  assignSession(assignment: InSession & { readonly assignTo: readonly string[] }): Promise<string> {
    const assignTo = commas(assignment.assignTo);
    return this.#text('assignSession', [...sessNum(assignment), ...plain({ assignTo })]);
  }

  /** Number and name of each session that the filter lets through; of all without one. */
  async getSessionList(filter: SessionFilter = {}): Promise<SessionRow[]> {
    return (await this.#rows('getSessionList', filterArguments(filter))) as SessionRow[];
  }

  /** Sessions with their counts by result; each test on request. */
  async getSessionResults(query: ResultsQuery = {}): Promise<SessionResults[]> {
    return (await this.#rows('getSessionResults', resultsArguments(query))) as SessionResults[];
  }

  /** The number of tests (`numtests`) and how many have each result. */
  async getSessionStatus(of: InSession): Promise<Readonly<Record<string, number>>> {
    return (await this.send('getSessionStatus', sessNum(of))) as Record<string, number>;
  }

  /** Everything that is known about a session. */
  async getSessionDetails(of: InSession): Promise<Readonly<Record<string, string | number>>> {
    return (await this.send('getSessionDetails', sessNum(of))) as Record<string, string | number>;
  }

  /** Records a result, a note or execution data. Gives the HTML fragment that describes it. */
  result(entry: NewResult): Promise<string> {
    return this.#text('result', [
      ...plain({ sess: entry.session }),
      ...testOf(entry),
      ...entryArguments(entry),
    ]);
  }

  /** `result` with several entries at once. Gives the fragments by the same labels. */
  async results(entries: NewResults): Promise<Readonly<Record<string, readonly string[]>>> {
    return (await this.send('result', severalArguments(entries))) as Record<string, string[]>;
  }

  /** Attaches a file to the note of a test. Gives the HTML fragment of the note. */
  async attachFile(attachment: NewAttachment): Promise<string> {
    const { session, fileName, content, note } = attachment;
    const args = [...plain({ sess: session, fileName, note }), ...testOf(attachment)];
    const blob = content instanceof Blob ? content : new Blob([content as Uint8Array<ArrayBuffer> | string]);
    return String(await this.#connection.send('attachFile', args, { content: blob, name: fileName }));
  }

  async #text(command: string, args: WireArguments): Promise<string> {
    const data = await this.send(command, args);
    if (typeof data === 'string' || typeof data === 'number') return String(data);
    throw this.#unexpected(command, 'a text', data);
  }

  async #number(command: string, args: WireArguments): Promise<number> {
    const data = await this.send(command, args);
    const number = typeof data === 'string' && data.trim() !== '' ? Number(data) : data;
    if (typeof number === 'number' && !Number.isNaN(number)) return number;
    throw this.#unexpected(command, 'a number', data);
  }

  async #list(command: string, args: WireArguments = []): Promise<string[]> {
    return (await this.#rows(command, args)).map(String);
  }

  async #rows(command: string, args: WireArguments): Promise<unknown[]> {
    const data = await this.send(command, args);
    if (Array.isArray(data)) return data;
    throw this.#unexpected(command, 'a list', data);
  }

  #unexpected(command: string, expected: string, data: unknown): ApTestConnectionError {
    const shown = JSON.stringify(data)?.slice(0, 120);
    return new ApTestConnectionError(`${command} should answer with ${expected}, but gave ${shown}`, {
      url: this.url,
    });
  }
}
