import { errors } from '../errors.ts';
import type { FieldDefinition, ResultDefinition } from '../model/definitions.ts';
import type { Attachment, NoteEntry, TestRun } from '../model/test-run.ts';
import { asText, type FieldValue, own, type Seconds, withOwn } from '../model/value.ts';
import { executionField, isMultiple, isSettable } from '../rules/execution-fields.ts';
import { noteBody, noteFragment } from '../rules/note-fragment.ts';
import { headAfterResult } from '../rules/recording.ts';
import { Field } from './field.ts';
import { SessionSelection } from './session-selection.ts';

/** One entry to add to a test's note. */
export interface NewNote {
  readonly text?: string;
  /** With a result the entry is a test execution, without one a note. */
  readonly result?: string | undefined;
  /** In seconds. */
  readonly clocktime?: number | undefined;
  readonly stafftime?: number | undefined;
  readonly isImported?: boolean;
  /** Default: now. */
  readonly when?: Seconds | undefined;
  /** Default: the acting user. */
  readonly user?: string | undefined;
  readonly attachment?: Attachment;
}

/** Results, notes and execution data of the tests. */
export abstract class SessionResults extends SessionSelection {
  /** Where links to attachments lead; relative to the pages of the product. */
  linkBase = '';

  /**
   * The note of a test as HTML, all entries, oldest first. With a text an entry is added before: a test execution
   * when a result is given, else a note.
   */
  note(
    tid: number,
    text?: string,
    result?: string,
    clocktime?: number,
    stafftime?: number,
    imported?: boolean,
  ): string {
    if (text !== undefined) {
      this.addNote(tid, { text, result, clocktime, stafftime, ...(imported ? { isImported: true } : {}) });
    }
    return this.noteEntries(tid)
      .map((entry) => noteFragment(entry, this.linkBase))
      .join('');
  }

  /** Adds an entry to a test's note and brings everything that depends on it up to date. */
  addNote(tid: number, note: NewNote): NoteEntry {
    this.mustBeWritable();
    const run = this.runAt(tid);
    if (!run) throw errors.noTestInSession({ argument: 'tid', value: String(tid) });
    const when = note.when ?? this.suite.now;
    const user = note.user ?? this.suite.user;
    const entry = newEntry(run, { ...note, when, user });
    this.store.putEntry(entry);
    this.store.putRun(runAfter(run, entry));
    const { result } = note;
    this.change(
      result === undefined
        ? {}
        : headAfterResult(
            this.head,
            run,
            { tid, code: result, when, user },
            this.suite.definition.untestedCode,
          ),
    );
    return entry;
  }

  /** Sets execution fields of a test; those that are not named keep their values (documented). */
  setRunData(tid: number, values: Readonly<Record<string, FieldValue>>): void {
    this.testCase(tid, values);
  }

  /** The entries of a test's note, oldest first. */
  noteEntries(tid: number): NoteEntry[] {
    const run = this.runAt(tid);
    if (!run) return [];
    return Array.from({ length: run.entries }, (_, at) => this.store.entry(run.uuid, at + 1)).filter(
      (entry) => entry !== undefined,
    );
  }

  /** The words of the latest entry, as HTML or as flat text. */
  noteText(tid: number, asFlatText = false): string {
    const entry = this.noteEntries(tid).at(-1);
    if (!entry) return '';
    return asFlatText ? entry.text : noteBody(entry, this.linkBase);
  }

  /** The words of all entries. The manual describes it as it does noteText; the name says all (inferred). */
  notesText(tid: number, asFlatText = false): string {
    return this.noteEntries(tid)
      .map((entry) => (asFlatText ? entry.text : noteBody(entry, this.linkBase)))
      .join(asFlatText ? '\n' : '<br>');
  }

  /** The result code of a test; undefined without such a test. Setting it here is deprecated, `note` does it. */
  result(tid: number, code?: string): string | undefined {
    if (code !== undefined) this.testCase(tid, { results: code });
    return this.runAt(tid)?.result;
  }

  /** The result codes in use in the session. */
  resList(): string[] {
    return Object.keys(this.head.results);
  }

  /** The result definitions of the suite, best first. */
  results(): readonly ResultDefinition[] {
    return this.suite.definition.results;
  }

  /** Number of tests by code: every code the suite defines, in its order, then any other that occurs. */
  resultCounts(): [string, number][] {
    const { results } = this.head;
    const defined = this.suite.definition.results.map(({ code }): [string, number] => [
      code,
      own(results, code) ?? 0,
    ]);
    if (Object.keys(results).every((code) => defined.some(([known]) => known === code))) return defined;
    return [...new Map([...defined, ...Object.entries(results)])];
  }

  /**
   * The free run text of a test as HTML, line ends as breaks. With a text it is stored before; with `dryRun` it is
   * only put into its form and neither stored nor broken into lines.
   */
  runData(tid: number, text?: string, dryRun = false): string {
    if (text !== undefined && dryRun) return new Field(runDataField).asHtml(text);
    if (text !== undefined) this.testCase(tid, { runData: text });
    const value = asText(own(this.runAt(tid)?.data ?? {}, 'runData'));
    return new Field({ ...runDataField, type: 'textarea' }).asHtml(value);
  }

  /** Result of the test being run; with a code it is recorded first, stamped with now. */
  currTestStatus(code?: string): string | undefined {
    const { currentTest } = this.head;
    if (currentTest === undefined) return undefined;
    if (code !== undefined) this.addNote(currentTest, { result: code });
    return this.result(currentTest);
  }

  /** Starting values of the execution fields (the manual names the method and says no more; inferred). */
  runDataDefaults(): Readonly<Record<string, FieldValue>> {
    return Object.fromEntries(
      this.suite.definition.executionFields.flatMap((field): [string, string][] =>
        field.default === undefined ? [] : [[field.name, field.default]],
      ),
    );
  }

  /** One execution field, or all of them by name; undefined when there is no such field. */
  field(): ReadonlyMap<string, Field>;
  field(name: string): Field | undefined;
  field(name?: string): Field | ReadonlyMap<string, Field> | undefined {
    if (name === undefined) {
      return new Map(this.suite.definition.executionFields.map((each) => [each.name, new Field(each)]));
    }
    const definition = executionField(this.suite.definition, name);
    return definition && new Field(definition);
  }

  /** Names of all execution fields. */
  flist(): string[] {
    return this.suite.definition.executionFields.map(({ name }) => name);
  }

  /** The same by label, without regard to case. */
  sortedFlist(): string[] {
    const labelled = this.suite.definition.executionFields.map((each) => new Field(each));
    return labelled
      .map((field) => ({ name: field.name, key: field.label().toLowerCase() }))
      .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
      .map(({ name }) => name);
  }

  /** Names in the order they are shown in. */
  fieldOrder(): string[] {
    return this.flist();
  }

  /** Names of the fields that show; with synonyms when asked. */
  visibleList(withSynonyms = false): string[] {
    return this.suite.definition.executionFields
      .filter(({ flags }) => !flags.includes('hidden'))
      .flatMap(({ name, synonym }) => (withSynonyms && synonym !== undefined ? [name, synonym] : [name]));
  }

  /** Names of the fields a user may set (the manual names the method and says no more; inferred). */
  settableList(): string[] {
    return this.suite.definition.executionFields.filter(isSettable).map(({ name }) => name);
  }

  /** Names of the lists that take several values. */
  multiLists(): string[] {
    return this.suite.definition.executionFields.filter(isMultiple).map(({ name }) => name);
  }

  typeOf(field: string): string {
    return this.field(field)?.type() ?? '';
  }

  sizeOf(field: string): number | readonly [number, number] | '' {
    return this.field(field)?.size() ?? '';
  }
}

const runDataField: FieldDefinition = { name: 'runData', type: 'text', flags: [] };

function newEntry(run: TestRun, note: NewNote & { when: Seconds; user: string }): NoteEntry {
  return {
    owner: run.owner,
    uuid: run.uuid,
    number: run.entries + 1,
    when: note.when,
    user: note.user,
    text: note.text ?? '',
    ...(note.result === undefined ? {} : { result: note.result }),
    ...(note.clocktime === undefined ? {} : { clocktime: note.clocktime }),
    ...(note.stafftime === undefined ? {} : { stafftime: note.stafftime }),
    ...(note.isImported ? { isImported: true } : {}),
    ...(note.attachment ? { attachment: note.attachment } : {}),
  };
}

/** A test after an entry: only an execution moves its result, time and author. */
function runAfter(run: TestRun, entry: NoteEntry): TestRun {
  let { data } = run;
  if (entry.clocktime !== undefined) data = withOwn(data, 'exectimeclock', String(entry.clocktime));
  if (entry.stafftime !== undefined) data = withOwn(data, 'exectimestaff', String(entry.stafftime));
  if (entry.result === undefined) return { ...run, data, entries: entry.number };
  const { owner, uuid, assignedto } = run;
  const { result, when, user, number } = entry;
  return { owner, uuid, result, when, user, assignedto, data, entries: number };
}
