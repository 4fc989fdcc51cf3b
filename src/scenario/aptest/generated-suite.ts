import type { Steps } from '../../answers/steps.ts';
import { accounts } from '../../aptest/model/account.ts';
import type { FieldDefinition, Suite } from '../../aptest/model/definitions.ts';
import { installationScope } from '../../aptest/model/installation.ts';
import { trimmedPath } from '../../aptest/model/names.ts';
import type { Draft } from '../../world/draft.ts';
import { DAY_SECONDS } from '../../world/instant.ts';
import { Chance } from '../generate/chance.ts';
import type { GenerateSuiteSection } from '../generate/counts.ts';
import { capital, Texts } from '../generate/texts.ts';
import { type Vocabulary, vocabulary } from '../generate/vocabulary.ts';
import { ScenarioProblem } from '../reading/problem.ts';
import type { SeedContext } from '../reading/section.ts';
import type { EntrySection, SessionSection, SetSection, SuiteSection, TestSection } from './schema.ts';

/** The lists of a suite that generated records join. */
export interface SuiteLists {
  readonly tests: readonly TestSection[];
  readonly requirements: readonly TestSection[];
  readonly sets: readonly SetSection[];
  readonly sessions: readonly SessionSection[];
}

/** Sessions were made on the days before the scenario starts, the first one first. */
const HISTORY_DAYS = 365;
const TESTS_PER_FOLDER = 25;
const FOLDERS_PER_AREA = 8;
const MOST_IN_SET = 150;
const setKinds = ['Nightly', 'Release', 'Smoke', 'Regression', 'Acceptance'] as const;

/**
 * The tests, requirements, sets and sessions of a suite, and behind those that are written out the ones that it asks to be
 * generated. They go
 * through the rules that all go through.
 *
 * @throws ScenarioProblem: sets are wanted but there are no tests, or sessions but no sets
 */
export function* withGeneratedSuite(
  draft: Draft,
  suite: Suite,
  { data, context }: { readonly data: SuiteSection; readonly context: SeedContext },
): Steps<SuiteLists> {
  const { tests = [], requirements = [], sets = [], sessions = [], generate } = data;
  if (!generate) return { tests, requirements, sets, sessions };
  return yield* new SuiteMaker({ draft, suite, data, context, generate }).lists();
}

interface Making {
  readonly draft: Draft;
  readonly suite: Suite;
  readonly data: SuiteSection;
  readonly context: SeedContext;
  readonly generate: GenerateSuiteSection;
}

class SuiteMaker {
  private readonly from: string;
  private readonly words: Vocabulary;
  private readonly people: readonly string[];

  constructor(private readonly making: Making) {
    const { draft, suite, generate } = making;
    this.from = generate.seed ?? `${draft.seed}/aptest/${suite.name}`;
    this.words = vocabulary(this.from);
    this.people = draft
      .table(accounts, installationScope)
      .sorted()
      .filter(({ isDisabled }) => !isDisabled)
      .map(({ name }) => name);
  }

  *lists(): Steps<SuiteLists> {
    const { suite, data, generate } = this.making;
    const made = yield* listed(this.named('tests', suite.fields, (texts) => texts.check()));
    const tests = [...(data.tests ?? []), ...made];
    const requirements = yield* listed(
      this.named('requirements', suite.requirementFields, (texts) => texts.wish()),
    );
    const ids = tests.map((test) => (typeof test === 'string' ? test : test.id));
    this.require('sets', generate.sets, { of: 'tests', count: ids.length });
    const sets = [...(data.sets ?? []), ...(yield* listed(this.sets(ids)))];
    this.require('sessions', generate.sessions, { of: 'sets', count: sets.length });
    return {
      tests,
      requirements: [...(data.requirements ?? []), ...requirements],
      sets,
      sessions: [...(data.sessions ?? []), ...(yield* listed(this.sessions(sets, ids)))],
    };
  }

  /** @throws ScenarioProblem */
  private require(
    kind: string,
    wanted: number | undefined,
    { of, count }: { of: string; count: number },
  ): void {
    if (!wanted || count > 0) return;
    const at = [...this.making.context.at, 'generate', kind];
    throw new ScenarioProblem(at, `this suite has no ${of} to make ${kind} of`);
  }

  /** Names in folders of folders, such as `Billing/Import/Parse_the_wireless_matrix_12`. */
  private *named(
    kind: 'tests' | 'requirements',
    fields: readonly FieldDefinition[],
    title: (texts: Texts) => string,
  ): Generator<TestSection> {
    const chance = this.chance(kind);
    const texts = new Texts(chance, this.words);
    const withValues = fields.filter(({ values }) => (values?.length ?? 0) > 0);
    let area = '';
    let folder = '';
    for (let at = 0; at < (this.making.generate[kind] ?? 0); at++) {
      const folderNumber = Math.floor(at / TESTS_PER_FOLDER);
      if (at % TESTS_PER_FOLDER === 0) {
        if (folderNumber % FOLDERS_PER_AREA === 0) area = capital(chance.of(this.words.nouns));
        folder = capital(chance.of(this.words.doings));
      }
      const path = [
        `${area}_${1 + Math.floor(folderNumber / FOLDERS_PER_AREA)}`,
        `${folder}_${folderNumber + 1}`,
      ];
      yield {
        id: [...path, `${title(texts)} ${at + 1}`].map(fileName).join('/'),
        fields: valuesOf(withValues, chance),
      };
    }
  }

  /** Some tests that stand together, as a tester would pick a folder or two. */
  private *sets(tests: readonly string[]): Generator<SetSection> {
    const chance = this.chance('sets');
    const texts = new Texts(chance, this.words);
    for (let at = 0; at < (this.making.generate.sets ?? 0); at++) {
      const count = Math.min(tests.length, 1 + chance.below(MOST_IN_SET));
      const first = chance.below(tests.length - count + 1);
      const name = fileName(`${chance.of(this.words.adjectives)} ${chance.of(this.words.nouns)} ${at + 1}`);
      yield {
        path: `${chance.of(setKinds)}/${name}`,
        description: capital(texts.note()),
        tests: tests.slice(first, first + count),
      };
    }
  }

  private *sessions(sets: readonly SetSection[], tests: readonly string[]): Generator<SessionSection> {
    const chance = this.chance('sessions');
    const texts = new Texts(chance, this.words);
    const { suite, context, generate } = this.making;
    const { sessions: count = 0 } = generate;
    const now = Math.floor(context.now / 1000);
    for (let at = 0; at < count; at++) {
      const set = chance.of(sets);
      const created = now - Math.floor(((count - at) / count) * HISTORY_DAYS * DAY_SECONDS);
      const user = this.person(chance);
      // What an open set will select is not known yet, so such a session brings its own tests.
      const own = set.tests ?? tests.slice(0, MOST_IN_SET);
      yield {
        set: trimmedPath(set.path),
        name: `${capital(chance.of(this.words.adjectives))} build ${chance.of(this.words.versions)} ${at + 1}`,
        description: capital(texts.note()),
        user,
        created,
        variables: valuesOf(
          suite.variables.filter(({ values }) => values.length > 0),
          chance,
        ),
        ...(set.tests ? {} : { tests: [...own] }),
        results: this.results(own, { chance, texts, created, now }),
      };
    }
  }

  /** The first tests of a session have results; how far its testers came differs. Mostly they pass. */
  private results(
    tests: readonly string[],
    { chance, texts, created, now }: { chance: Chance; texts: Texts; created: number; now: number },
  ): EntrySection[] {
    const { suite } = this.making;
    const [usual = suite.untestedCode, ...others] = suite.results
      .map(({ code }) => code)
      .filter((code) => code !== suite.untestedCode);
    const executed = chance.happens(0.6) ? tests.length : chance.below(tests.length + 1);
    let when = created;
    return tests.slice(0, executed).map((test) => {
      const isUsual = others.length === 0 || chance.happens(0.85);
      const clocktime = 30 + chance.below(900);
      when = Math.min(when + clocktime, now);
      return {
        test,
        result: isUsual ? usual : chance.of(others),
        note: isUsual && chance.happens(0.8) ? '' : texts.report(),
        user: this.person(chance),
        when,
        clocktime,
      };
    });
  }

  private person(chance: Chance): string | undefined {
    return this.people.length === 0 ? undefined : chance.of(this.people);
  }

  private chance(kind: string): Chance {
    return new Chance(this.from, `generate/${kind}`);
  }
}

/** What is made, one in a step. */
function* listed<T>(made: Iterable<T>): Steps<T[]> {
  const list: T[] = [];
  for (const each of made) {
    yield;
    list.push(each);
  }
  return list;
}

/** One value for each list. */
function valuesOf(
  lists: readonly { readonly name: string; readonly values?: readonly { readonly value: string }[] }[],
  chance: Chance,
): Record<string, string> {
  return Object.fromEntries(lists.map(({ name, values = [] }) => [name, chance.of(values).value]));
}

function fileName(text: string): string {
  return capital(text.replace(/[^\w-]+/g, '_'));
}
