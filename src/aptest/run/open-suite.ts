import { seededBytes } from '../../world/chance.ts';
import type { Draft } from '../../world/draft.ts';
import type { Instant } from '../../world/instant.ts';
import { errors } from '../errors.ts';
import { accounts } from '../model/account.ts';
import type { Suite } from '../model/definitions.ts';
import { suites } from '../model/definitions.ts';
import {
  type ApTestSettings,
  defaultSettings,
  installationScope,
  installations,
  suiteScope,
} from '../model/installation.ts';
import { groups, sessions, sets } from '../model/run-head.ts';
import { type Requirement, requirements, type TestCase, testCases } from '../model/test-case.ts';
import { noteEntries, testLists, testRuns } from '../model/test-run.ts';
import type { Seconds } from '../model/value.ts';
import { type Catalogue, catalogueOf } from '../rules/catalogue.ts';
import type { PatternEngine } from '../rules/pattern.ts';
import { re2Patterns } from '../rules/re2-patterns.ts';

/** In whose name and when something is done in a suite. */
export interface Occasion {
  readonly now: Instant;
  readonly user: string;
  /** For selectors with regular expressions. */
  readonly patterns?: PatternEngine;
}

/** One suite, open in one draft: its definitions and its tables. All sessions and sets are reached through it. */
export class OpenSuite {
  readonly user: string;
  /** Seconds since the epoch, whole. */
  readonly now: Seconds;
  readonly patterns: PatternEngine;
  private readonly scope: string;
  private isEnded = false;

  constructor(
    readonly draft: Draft,
    readonly definition: Suite,
    occasion: Occasion,
  ) {
    this.user = occasion.user;
    this.now = Math.floor(occasion.now / 1000);
    this.patterns = occasion.patterns ?? re2Patterns;
    this.scope = suiteScope(definition.name);
  }

  /** Opens a suite by name; undefined when there is none. */
  static named(draft: Draft, name: string, occasion: Occasion): OpenSuite | undefined {
    const definition = draft.table(suites, installationScope).get(name);
    return definition && new OpenSuite(draft, definition, occasion);
  }

  /** Nothing can be written from now on: the call that the suite was open for is over. */
  end(): void {
    this.isEnded = true;
  }

  /** @throws ProductFault when the call that the suite was open for is over */
  mustBeOpen(): void {
    if (this.isEnded) throw errors.workEnded(this.name);
  }

  /** The name of the suite. */
  get name(): string {
    return this.definition.name;
  }

  /** The settings of the installation; every suite has the same. */
  get settings(): ApTestSettings {
    return (
      this.draft.table(installations, installationScope).get('installation')?.settings ?? defaultSettings
    );
  }

  /** The test cases. */
  get tests(): Catalogue<TestCase> {
    return catalogueOf(this.draft.table(testCases, this.scope).collection);
  }

  /** The requirements. */
  get requirements(): Catalogue<Requirement> {
    return catalogueOf(this.draft.table(requirements, this.scope).collection);
  }

  /** The sessions, by their numbers. */
  get sessions() {
    return this.draft.table(sessions, this.scope);
  }

  /** The sets, by their paths. */
  get sets() {
    return this.draft.table(sets, this.scope);
  }

  /** The groups of sets. */
  get groups() {
    return this.draft.table(groups, this.scope);
  }

  /** Which tests each session and set has. */
  get testLists() {
    return this.draft.table(testLists, this.scope);
  }

  /** What stands recorded for each test of each session. */
  get testRuns() {
    return this.draft.table(testRuns, this.scope);
  }

  /** The entries of the notes of tests. */
  get noteEntries() {
    return this.draft.table(noteEntries, this.scope);
  }

  /** The users of the installation. */
  get accounts() {
    return this.draft.table(accounts, installationScope);
  }

  /** Bytes that look like chance, and are the same for the same world and purpose. */
  chance(purpose: string): Buffer {
    return seededBytes(this.draft.seed, purpose);
  }

  /** The next free session number. Numbers are never given twice. */
  nextSessionNumber(): number {
    return this.draft.next(`${this.scope}/sessions`);
  }

  /** Keeps `nextSessionNumber` above a number that is taken. */
  takeSessionNumber(number: number): void {
    this.draft.raise(`${this.scope}/sessions`, number);
  }
}
