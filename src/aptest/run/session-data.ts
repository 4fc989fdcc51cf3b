import { seededBytes } from '../../world/chance.ts';
import type { FieldDefinition, VariableDefinition } from '../model/definitions.ts';
import { asText, type FieldValue, type FieldValues, own, tallied, withOwn } from '../model/value.ts';
import { isMultiple, isSettable } from '../rules/execution-fields.ts';
import { headAfterAssignment } from '../rules/recording.ts';
import { fieldOf } from '../rules/selection.ts';
import { withDerived } from '../rules/variables.ts';
import { copyTests } from './run-store.ts';
import { SessionMarkup } from './session-markup.ts';

/** Whole-session work: emptying, copying, filling with samples, printing; and what is Perl's own storage there. */
export abstract class SessionData extends SessionMarkup {
  private cache: unknown;
  private dataRoot = '';
  private definitionsPath = '';

  /** The free key and value store of the session: all of it, or one value, set first when one is given. */
  dbdata(): FieldValues;
  dbdata(name: string, value?: FieldValue): FieldValue | undefined;
  dbdata(name?: string, value?: FieldValue): FieldValues | FieldValue | undefined {
    if (name === undefined) return this.head.dbdata;
    if (value !== undefined) this.change({ dbdata: withOwn(this.head.dbdata, name, value) });
    return own(this.head.dbdata, name);
  }

  /** Drops the keys of the free store that match a regular expression. @returns how many */
  dbdelete(pattern: string): number {
    const matches = this.suite.patterns(pattern, true) ?? (() => false);
    const entries = Object.entries(this.head.dbdata);
    const kept = entries.filter(([name]) => !matches(name));
    if (kept.length < entries.length) this.change({ dbdata: Object.fromEntries(kept) });
    return entries.length - kept.length;
  }

  /**
   * Empties the execution fields of all tests, or of one. The id stays always; without a list of exclusions the
   * fields flagged `noclear` stay (the documented default depends on the suite).
   *
   * @returns how many tests were cleared
   */
  clear(excluded?: readonly string[], tid?: number): number {
    const { executionFields } = this.suite.definition;
    const kept = new Set(
      excluded ?? executionFields.filter(({ flags }) => flags.includes('noclear')).map(({ name }) => name),
    );
    const tids = tid === undefined ? [...this.store.list().uuids.keys()] : [tid];
    const cleared = tids.filter((each) => this.clearTest(each, kept));
    if (tid === undefined && !kept.has('results')) {
      this.change({
        startdateactual: undefined,
        enddateactual: undefined,
        lastTest: undefined,
        notified: false,
      });
    }
    return cleared.length;
  }

  /**
   * Takes over everything of another session but its number: tests, results, notes, selectors, variables, schedule.
   *
   * @param testset the parent set to have instead of the other session's
   */
  copy(other: SessionData, testset?: string): void {
    this.mustBeWritable();
    for (const uuid of this.store.list().uuids) {
      const run = this.store.run(uuid);
      if (run) this.store.dropRun(run);
    }
    this.store.putHead({ ...other.head, testset: testset ?? other.head.testset });
    copyTests(other.store, this.store);
    this.change({});
  }

  /**
   * Fills with sample data: all settable fields of a test, or without a test the session variables. The same world
   * gives the same samples.
   */
  populate(tid?: number): void {
    if (tid === undefined) {
      const { definition } = this.suite;
      const samples = definition.variables
        .filter(({ type }) => type !== 'derived' && type !== 'separator')
        .map((variable): [string, FieldValue] => [variable.name, this.sampleVariable(variable)]);
      this.change({ variables: withDerived(definition, Object.fromEntries(samples)) });
      return;
    }
    const fields = this.suite.definition.executionFields.filter(isSettable);
    this.testCase(
      tid,
      Object.fromEntries(
        fields.map((field) => [field.name, this.sampleValue(field, `${tid}/${field.name}`)]),
      ),
    );
  }

  /** The session, or one test of it, as text for people. */
  print(tid?: number): string {
    if (tid !== undefined) {
      const attributes = this.testCase(tid);
      return attributes ? printed({ ...attributes, note: this.notesText(tid, true) }) : '';
    }
    const { selectors, variables, results, ...rest } = this.head;
    const tests = this.testList().map((_id, at) => `test ${at}\n${indented(this.print(at))}`);
    return [printed({ ...rest, variables, selectors, results }), ...tests].join('\n');
  }

  /** Planned effort of all tests: staff seconds and clock seconds; 0 where the schema lacks the field (documented). */
  plannedtimes(): readonly [number, number] {
    const total = (name: string): number => {
      if (!this.suite.definition.fields.some((field) => field.name === name)) return 0;
      const tests = this.testUUIDList().map((uuid) => this.suite.tests.withUuid(uuid));
      return tests.reduce((sum, test) => sum + (test ? Number(asText(fieldOf(test, name))) || 0 : 0), 0);
    };
    return [total('atm_timestaff'), total('atm_timeclock')];
  }

  /** Place of the session in the twin's state; the product had a file here. */
  path(): string {
    return `aptest:${this.suite.name}/sessions/${this.title}`;
  }

  /** Place of the definitions of the execution fields; a file of the product. May be set for tests (documented). */
  rundata(path?: string): string {
    if (path !== undefined) this.definitionsPath = path;
    return this.definitionsPath === ''
      ? `aptest/suites/${this.suite.name}/executionFields`
      : this.definitionsPath;
  }

  /** Root of the suite's data. */
  suiteDir(path?: string): string {
    if (path !== undefined) this.dataRoot = path;
    return this.dataRoot === '' ? `aptest:${this.suite.name}` : this.dataRoot;
  }

  /** Handle of a cache of test cases. The twin needs none and only keeps what it is given. */
  cacheDB(handle?: unknown): unknown {
    if (handle !== undefined) this.cache = handle;
    return this.cache;
  }

  /** Lets go of databases that were opened; the twin has none. @returns true, as the base class does */
  release(): boolean {
    this.cache = undefined;
    return true;
  }

  /**
   * Brings the quick-access data of the suite up to date. Here they are the session's own record, so there is
   * nothing to do. (The manual lost the method's name.)
   *
   * @returns undefined before the session is saved, else 1
   */
  updateSuiteDB(): 0 | 1 | undefined {
    return this.title === 'new' ? undefined : 1;
  }

  private clearTest(tid: number, kept: ReadonlySet<string>): boolean {
    const run = this.runAt(tid);
    if (!run) return false;
    this.mustBeWritable();
    const { untestedCode } = this.suite.definition;
    const data = Object.fromEntries(Object.entries(run.data).filter(([name]) => kept.has(name)));
    const assignedto = kept.has('assignedto') ? run.assignedto : [];
    const result = kept.has('results') ? run.result : untestedCode;
    if (!kept.has('note')) this.store.dropRun(run);
    this.store.putRun({
      owner: run.owner,
      uuid: run.uuid,
      result,
      assignedto,
      data,
      entries: kept.has('note') ? run.entries : 0,
      ...(kept.has('when') && run.when !== undefined ? { when: run.when } : {}),
      ...(kept.has('user') && run.user !== undefined ? { user: run.user } : {}),
    });
    this.change({
      results: tallied(tallied(this.head.results, run.result, -1), result, 1),
      ...headAfterAssignment(this.head, run.assignedto, assignedto),
    });
    return true;
  }

  /** A number that looks like chance, and is the same for the same world, session and purpose. */
  private chance(purpose: string, below: number): number {
    return (
      seededBytes(this.suite.draft.seed, `sample/${this.path()}/${purpose}`).readUInt32BE(0) %
      Math.max(1, below)
    );
  }

  private sampleValue(field: FieldDefinition, purpose: string): FieldValue {
    const pick = (among: readonly string[]): string => among[this.chance(purpose, among.length)] ?? '';
    switch (field.type) {
      case 'list': {
        const chosen = pick((field.values ?? []).map(({ value }) => value));
        return isMultiple(field) ? [chosen].filter((each) => each !== '') : chosen;
      }
      case 'user':
        return pick(this.userList());
      case 'number':
      case 'time':
        return String(this.chance(purpose, 1000));
      case 'date':
      case 'datetime':
        return String(this.suite.now - this.chance(purpose, 30) * 86_400);
      case 'textarea':
        return `${this.sampleWords(purpose, 12)}.\n${this.sampleWords(`${purpose}/2`, 9)}.`;
      case 'table':
        return [1, 2, 3].map((row) => this.sampleWords(`${purpose}/${row}`, 3)).join('\n');
      default:
        return this.sampleWords(purpose, 3);
    }
  }

  private sampleVariable(variable: VariableDefinition): FieldValue {
    const values = variable.values.map(({ value }) => value);
    const chosen = values[this.chance(variable.name, values.length)];
    if (variable.type === 'multiple') return chosen === undefined ? [] : [chosen];
    return chosen ?? this.sampleWords(variable.name, variable.type === 'textbox' ? 8 : 2);
  }

  private sampleWords(purpose: string, count: number): string {
    return Array.from(
      { length: count },
      (_, at) => sampleWordList[this.chance(`${purpose}/${at}`, sampleWordList.length)],
    ).join(' ');
  }
}

const sampleWordList = [
  'amber',
  'bridge',
  'candle',
  'delta',
  'ember',
  'forest',
  'granite',
  'harbour',
  'island',
  'juniper',
];

/** `name = value` lines; a value that is a structure shows as JSON. */
function printed(values: Readonly<Record<string, unknown>>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name} = ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
    .join('\n');
}

function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}
