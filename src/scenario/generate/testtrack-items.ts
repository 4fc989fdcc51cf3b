import { z } from 'zod';
import type { Workflow } from '../../testtrack/model/project-record.ts';
import { users } from '../../testtrack/model/tables.ts';
import { initialState } from '../../testtrack/rules/workflow.ts';
import type { Instant } from '../../world/instant.ts';
import { ScenarioProblem } from '../problem.ts';
import type { DefectSection } from '../testtrack/defects.ts';
import type { EventSection } from '../testtrack/parts.ts';
import type { ProjectSeed } from '../testtrack/project-seed.ts';
import type { RequirementSection } from '../testtrack/requirements.ts';
import type { TestCaseSection } from '../testtrack/test-cases.ts';
import { Chance } from './chance.ts';
import { countSchema, generateSeedSchema } from './counts.ts';
import { capital, Texts } from './texts.ts';
import { type Vocabulary, vocabulary } from './vocabulary.ts';

/** How many items a project gets besides those that are written out. */
export const generateSchema = z.strictObject({
  seed: generateSeedSchema.optional(),
  defects: countSchema.optional(),
  testCases: countSchema.optional(),
  requirements: countSchema.optional(),
});

export type GenerateSection = z.output<typeof generateSchema>;

/** The lists of a project that generated items join. */
interface Items {
  readonly defects?: Iterable<DefectSection> | undefined;
  readonly testCases?: Iterable<TestCaseSection> | undefined;
  readonly requirements?: Iterable<RequirementSection> | undefined;
}

const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** Generated items were entered on the days before the scenario starts, the first one first. */
const HISTORY_DAYS = 730;
/** From and for so long in UTC: working hours that are the same day nearly everywhere. */
const dayBegins = 8 * hourMs;
const dayLasts = 7 * hourMs;
const MOST_EVENTS = 5;

/**
 * The items of a project, and behind those that are written out the ones that it asks to be generated. They are made
 * while somebody reads them, as a person would write them into the file, with the lists, users and workflows of the
 * project; so the same rules look at them.
 *
 * @throws ScenarioProblem while reading: requirements are wanted, but there is no type for them
 */
export function withGenerated(
  seed: ProjectSeed,
  section: Items & { readonly generate?: GenerateSection | undefined },
): Items {
  const { generate } = section;
  if (!generate) return section;
  const { project } = seed;
  const from = generate.seed ?? `${project.draft.seed}/${project.record.name}`;
  const words = vocabulary(from);
  function* listed<S>(
    kind: keyof Items,
    written: Iterable<S> = [],
    make: (maker: ItemMaker) => S,
  ): Generator<S> {
    yield* written;
    const count = generate?.[kind] ?? 0;
    const maker = new ItemMaker(seed, new Chance(from, `generate/${kind}`), { words, count });
    for (let made = 0; made < count; made++) yield make(maker);
  }
  return {
    defects: listed('defects', section.defects, (maker) => maker.defect()),
    testCases: listed('testCases', section.testCases, (maker) => maker.testCase()),
    requirements: listed('requirements', section.requirements, (maker) => maker.requirement()),
  };
}

/** Makes the items of one list, one after another. */
class ItemMaker {
  private readonly texts: Texts;
  private readonly people: readonly string[];
  private readonly lists = new Map<string, readonly string[]>();
  private readonly workflows = new Map<string, Workflow | undefined>();
  private made = 0;
  private lastDay = { midnight: Number.NaN, text: '' };

  constructor(
    private readonly seed: ProjectSeed,
    private readonly chance: Chance,
    private readonly from: { readonly words: Vocabulary; readonly count: number },
  ) {
    this.texts = new Texts(chance, from.words);
    this.people = seed.project
      .table(users)
      .sorted()
      .filter(({ isCustomer, isActive, login }) => !isCustomer && isActive && login !== '')
      .map(({ login }) => login);
  }

  defect(): DefectSection {
    const { chance, texts } = this;
    const entered = this.entered();
    const pick = (field: string) => this.listed('Defect', field);
    return {
      summary: texts.problem(),
      type: pick('Type'),
      priority: pick('Priority'),
      product: pick('Product'),
      component: pick('Component'),
      severity: pick('Severity'),
      disposition: pick('Disposition'),
      ...entered,
      enteredBy: entered.createdBy,
      reportedBy: [
        {
          foundBy: this.person(),
          foundInVersion: pick('Version Found'),
          reproduced: pick('Reproduced'),
          description: texts.report(),
          stepsToReproduce: chance.happens(0.6) ? texts.instructions() : '',
        },
      ],
      events: this.events('Defect', entered.createdAt),
    };
  }

  testCase(): TestCaseSection {
    const { chance, texts } = this;
    const { createdAt, createdBy } = this.entered();
    return {
      summary: texts.check(),
      type: this.listed('Test Case', 'Type'),
      isAutomated: chance.happens(0.2),
      steps: texts.steps().flatMap((step) => [`*${step}`, `+${texts.expectation()}`]),
      createdAt,
      createdBy,
      events: this.events('Test Case', createdAt),
    };
  }

  requirement(): RequirementSection {
    const { project, at } = this.seed;
    const types = project.record.requirementTypes.map(({ name }) => name);
    if (types.length === 0) {
      throw new ScenarioProblem([...at, 'generate', 'requirements'], 'this project has no requirement types');
    }
    const entered = this.entered();
    return {
      type: this.chance.of(types),
      summary: this.texts.wish(),
      importance: this.listed('Requirement', 'Importance'),
      description: `${this.texts.expectation()}. ${capital(this.texts.note())}`,
      ...entered,
      enteredBy: entered.createdBy,
      events: this.events('Requirement', entered.createdAt),
    };
  }

  /** When and by whom; one after another, so that higher numbers are younger. */
  private entered(): { createdAt: Instant; dateEntered: string; createdBy: string | undefined } {
    const place = ((this.made++ + this.chance.below(100) / 100) / this.from.count) * HISTORY_DAYS;
    const day = Math.floor(place);
    const midnight = (Math.floor(this.seed.now / dayMs) - HISTORY_DAYS + day) * dayMs;
    const createdAt = Math.floor(midnight + dayBegins + (place - day) * dayLasts);
    return { createdAt, dateEntered: this.dayText(midnight), createdBy: this.person() };
  }

  private dayText(midnight: Instant): string {
    if (midnight !== this.lastDay.midnight) {
      this.lastDay = { midnight, text: new Date(midnight).toISOString().slice(0, 10) };
    }
    return this.lastDay.text;
  }

  private person(): string | undefined {
    return this.people.length === 0 ? undefined : this.chance.of(this.people);
  }

  /** A value that the project offers for a field; empty when it offers none. */
  private listed(table: string, field: string): string {
    const key = `${table}/${field}`;
    let values = this.lists.get(key);
    if (!values) {
      values = this.seed.project.dropdownValues(table, field) ?? [];
      this.lists.set(key, values);
    }
    return values.length === 0 ? '' : this.chance.of(values);
  }

  /** A way through the workflow as far as chance and the time since then allow. */
  private events(table: 'Defect' | 'Test Case' | 'Requirement', createdAt: Instant): EventSection[] {
    if (!this.workflows.has(table)) this.workflows.set(table, this.seed.project.workflowOf(table));
    const workflow = this.workflows.get(table);
    if (!workflow) return [];
    const { chance } = this;
    const events: EventSection[] = [];
    let state = initialState(workflow);
    let at = createdAt;
    for (let more = chance.below(MOST_EVENTS); more > 0; more--) {
      const possible = workflow.events.filter(
        ({ from, assigns, hasReleaseNotes, isReviewNote, fields }) =>
          (from.length === 0 || from.includes(state)) &&
          !hasReleaseNotes &&
          !isReviewNote &&
          !(assigns && this.people.length === 0) &&
          !fields.some(({ isRequired }) => isRequired),
      );
      at += hourMs * (1 + chance.below(24 * 14));
      if (possible.length === 0 || at > this.seed.now) break;
      const { name, to, assigns, hours } = chance.of(possible);
      const next = to.length === 0 ? undefined : chance.of(to);
      events.push({
        name,
        at,
        user: this.person(),
        notes: chance.happens(0.5) ? this.texts.note() : '',
        ...(assigns ? { assignTo: chance.of(this.people) } : {}),
        ...(next === undefined ? {} : { resultingState: next }),
        ...(hours === 'none' ? {} : { hours: 1 + chance.below(16) }),
      });
      state = next ?? state;
    }
    return events;
  }
}
