import type { EntryOfNote, TestOfSession } from '../../client/aptest-types.ts';
import { loadScenario } from '../../scenario/load.ts';
import { ScenarioError } from '../../scenario/reading/problem.ts';
import { productSections } from '../../scenario/sections.ts';
import { exportedScenario } from '../../scenario/state/exported.ts';
import type { Instant } from '../../world/instant.ts';
import { RealServerError } from '../real-error.ts';
import type { KnownSuite } from './known-suite.ts';
import type { Notes } from './notes.ts';
import type { ReadSession } from './suite-reader.ts';
import type { StatePart } from './testtrack-state.ts';

/** The token of the twin of a suite; that of the server is never written anywhere. */
const twinToken = 'token';

/** What every test of a session has, whatever execution fields the suite defines. */
const builtIn = new Set([
  ...['tid', 'id', 'uuid', 'name', 'results', 'when', 'user', 'assignedto', 'note', 'notes', 'lastUpdate'],
  ...['exectimeclock', 'exectimestaff', 'atm_prid', 'atm_prlink', 'runData', 'testFields'],
]);

type Values = Readonly<Record<string, unknown>>;

/** Makes the state of suites again from what is known of them. */
export function suiteState(
  suites: readonly KnownSuite[],
  { notes, now }: { readonly notes: Notes; readonly now: Instant },
): StatePart {
  const users = new Set<string>();
  const sections = suites.map((suite) => new SuiteSection(suite, users, notes).section());
  const width = suites.flatMap(({ sessions }) => sessions)[0]?.[0].length;
  const section = {
    token: twinToken,
    ...(width === undefined ? {} : { settings: { sessionNumberWidth: width } }),
    users: [...users].sort(),
    suites: sections,
  };
  try {
    const { world } = loadScenario({ twintrack: 1, aptest: section }, { now, sections: productSections });
    const { state } = exportedScenario(world, { mode: 'real' });
    const own = Object.entries(state.tables).filter(([path]) => /^aptest[:/]/.test(path));
    const counters = Object.entries(state.counters).filter(([name]) => /^aptest[:/]/.test(name));
    return { tables: Object.fromEntries(own), counters: Object.fromEntries(counters), files: state.files };
  } catch (cause) {
    if (!(cause instanceof ScenarioError)) throw cause;
    throw new RealServerError(
      'TWIN_REAL_FILE',
      `What was read of the suite makes no sense as a whole: ${cause.message.slice(0, 500)}`,
      { cause },
    );
  }
}

/** A suite as a scenario would declare it. */
class SuiteSection {
  readonly #suite: KnownSuite;
  /** Gathers everybody whom it names. */
  readonly #users: Set<string>;
  readonly #notes: Notes;

  constructor(suite: KnownSuite, users: Set<string>, notes: Notes) {
    this.#suite = suite;
    this.#users = users;
    this.#notes = notes;
    for (const user of suite.users ?? []) this.#user(user);
    if (suite.sessions.some(([, { tests }]) => tests.some(({ notes: entries }) => entries === undefined))) {
      notes.add('ApTest: notes of tests one by one', 'the last result of each test alone');
    }
  }

  section(): object {
    const { name, sessions, groups, requirements, hasOutline } = this.#suite;
    return defined({
      name,
      ...this.#results(),
      outline: hasOutline === true ? { tests: true } : undefined,
      fields: this.#testFields(),
      executionFields: this.#executionFields(),
      variables: this.#variables(),
      tests: this.#tests(),
      requirements,
      groups,
      sets: this.#sets(),
      sessions: sessions.map(([number, read]) => this.#session(number, read)),
    });
  }

  /** The sets that are listed, and those that only sessions name: they were deleted since. */
  #sets(): object[] {
    const { sets, sessions } = this.#suite;
    const listed = new Map(sets.map(({ path, tests }) => [path, tests]));
    const named = sessions.flatMap(([, { details }]) => String(details.testset ?? '') || []);
    return [...new Set([...listed.keys(), ...named])].map((path) => ({
      path,
      isStatic: true,
      tests: listed.get(path) ?? [],
    }));
  }

  #user(name: unknown): string | undefined {
    if (typeof name !== 'string' || name === '') return undefined;
    this.#users.add(name);
    return name;
  }

  /** The codes stand in the order of the suite; the one that counts what is untested is that without a result. */
  #results(): object {
    const { sessions, results } = this.#suite;
    if (results) return { results, ...(results.includes('untested') ? { untested: 'untested' } : {}) };
    const details = sessions[0]?.[1].details;
    if (!details) return {};
    const codes = Object.keys(details).flatMap((key) =>
      key.startsWith('results_') ? key.slice('results_'.length) : [],
    );
    if (codes.length === 0) return {};
    const isUntested = (code: string) =>
      sessions.every(([, { details: each }]) => each[`results_${code}`] === each.numUntested);
    const untested = codes.find((code) => code === 'untested' && isUntested(code)) ?? codes.find(isUntested);
    return { results: codes, ...(untested === undefined ? {} : { untested }) };
  }

  *#fieldsOfTests(): Generator<Values> {
    for (const { fields } of this.#suite.tests()) yield fields;
  }

  #tests(): object[] {
    return [...this.#suite.tests()].map(({ key: _key, fields, ...names }) => ({
      ...names,
      fields: present(fields),
    }));
  }

  #testFields(): object[] {
    const isOwn = (name: string) => !/^atm_(?:id|uuid|reqlink)$/.test(name);
    return fieldsIn(this.#fieldsOfTests(), isOwn, this.#suite.fields);
  }

  #executionFields(): object[] {
    const tests = this.#suite.sessions.flatMap(([, { tests: all }]) => all) as readonly Values[];
    const isOwn = (name: string) => !builtIn.has(name) && !name.startsWith('_');
    return fieldsIn(tests, isOwn, this.#suite.executionFields);
  }

  #variables(): object[] {
    const seen = this.#suite.sessions.map(([, { variables }]) => variables);
    return fieldsIn(seen, () => true, this.#suite.variables).map(({ name, style, values }) => ({
      name,
      type: style === 'multiple' ? 'multiple' : 'text',
      ...(values === undefined ? {} : { values }),
    }));
  }

  #session(number: string, { details, variables, tests }: ReadSession): object {
    const told = (key: string) => (details[key] === '' ? undefined : details[key]);
    return defined({
      number: Number(number),
      set: told('testset'),
      name: told('name'),
      description: told('description'),
      summary: told('summary'),
      user: this.#user(details.user),
      created: told('ctime'),
      changed: told('mtime'),
      locked: details.locked,
      isActive: details.isActive === 1,
      startdateplanned: told('startdateplanned'),
      enddateplanned: told('enddateplanned'),
      startdatewindow: told('startdatewindow'),
      enddatewindow: told('enddatewindow'),
      runmode: told('runmode'),
      variables: present(variables),
      tests: tests.map(({ uuid }) => uuid),
      results: tests.flatMap((test) => this.#entries(test)),
    });
  }

  /** What happened to a test: each entry of its note, and with the last one what its execution fields hold. */
  #entries(test: TestOfSession): object[] {
    const { uuid, notes = [] } = test;
    const data = present(
      Object.fromEntries(
        Object.entries(test).filter(([name]) => !builtIn.has(name) || /^(?:atm_pr|exectime)/.test(name)),
      ),
    );
    const assignees = String(test.assignedto ?? '')
      .split(',')
      .flatMap((name) => this.#user(name.trim()) ?? []);
    const rest = defined({
      data: Object.keys(data).length > 0 ? data : undefined,
      assignedto: assignees.length > 0 ? assignees : undefined,
    });
    if (notes.length === 0) {
      // Of some only the result is known.
      const isRun = typeof test.when === 'number' || (test.when === undefined && test.results !== undefined);
      const own = isRun ? { result: test.results, when: test.when, user: this.#user(test.user) } : {};
      return isRun || Object.keys(rest).length > 0 ? [defined({ test: uuid, ...own, ...rest })] : [];
    }
    return notes.map((entry, at) =>
      defined({ test: uuid, ...this.#entry(entry), ...(at === notes.length - 1 ? rest : {}) }),
    );
  }

  #entry({ when, user, result, text, clocktime, stafftime, attachment }: EntryOfNote): object {
    return {
      when,
      user: this.#user(user),
      result: result === '' ? undefined : result,
      note: text === '' ? undefined : text,
      clocktime,
      stafftime,
      attachment: attachment && { name: attachment.name, ...this.#contents(attachment) },
    };
  }

  #contents({ url, bytes: length }: NonNullable<EntryOfNote['attachment']>): object {
    const bytes = this.#suite.bytesOf(url);
    if (bytes) return { base64: bytes.toString('base64') };
    this.#notes.add('ApTest: the bytes of an attachment', 'as many others, which say so');
    return { text: 'The bytes were not cloned.\n'.repeat(Math.ceil(length / 27)).slice(0, length) };
  }
}

interface SeenField {
  readonly name: string;
  readonly style?: 'multiple';
  readonly type?: 'list' | 'number';
  readonly values?: readonly string[];
}

/**
 * The fields of records, in the order in which they were met: one that holds lists takes the values that were seen, and
 * one that holds numbers alone is of numbers.
 */
function fieldsIn(
  records: Iterable<Values>,
  isWanted: (name: string) => boolean,
  more: readonly string[] = [],
): SeenField[] {
  const seen = new Map<string, unknown[]>();
  for (const record of records) {
    for (const [name, value] of Object.entries(record)) {
      if (!isWanted(name)) continue;
      const values = seen.get(name) ?? [];
      seen.set(name, values);
      if (value !== '') values.push(value);
    }
  }
  for (const name of more) if (isWanted(name) && !seen.has(name)) seen.set(name, []);
  return [...seen].map(([name, values]): SeenField => {
    if (values.some(Array.isArray)) {
      return { name, type: 'list', style: 'multiple', values: [...new Set(values.flat().map(String))] };
    }
    const isOfNumbers = values.length > 0 && values.every((value) => typeof value === 'number');
    return isOfNumbers ? { name, type: 'number' } : { name };
  });
}

/** Values as a scenario takes them; empty ones are none. */
function present(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).filter(
      ([, value]) => value !== '' && value !== undefined && !(Array.isArray(value) && value.length === 0),
    ),
  );
}

function defined(values: Values): object {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
