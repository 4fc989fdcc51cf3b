import type { EventDefinition, Workflow } from '../../testtrack/model/project-record.ts';
import { users } from '../../testtrack/model/tables.ts';
import { taskStatuses } from '../../testtrack/model/task-record.ts';
import type { TableName } from '../../testtrack/rules/table-names.ts';
import { initialState } from '../../testtrack/rules/workflow.ts';
import { DAY_MS, HOUR_MS, type Instant } from '../../world/instant.ts';
import type { Chance } from '../generate/chance.ts';
import { capital, Texts } from '../generate/texts.ts';
import type { Vocabulary } from '../generate/vocabulary.ts';
import { ScenarioProblem } from '../reading/problem.ts';
import type { DefectSection } from './defects.ts';
import type { EventSection } from './parts.ts';
import type { ProjectSeed } from './project-seed.ts';
import type { RequirementSection } from './requirements.ts';
import type { TaskSection } from './tasks.ts';
import type { TestCaseSection } from './test-cases.ts';
import type { TestRunSection } from './test-runs.ts';

/** Generated items were entered on the days before the scenario starts, the first one first. */
const HISTORY_DAYS = 730;
/** From and for so long in UTC: working hours that are the same day nearly everywhere. */
const dayBegins = 8 * HOUR_MS;
const dayLasts = 7 * HOUR_MS;
const MOST_EVENTS = 5;

/** The ways through a workflow. */
interface Ways {
  readonly state: string;
  from(state: string): readonly EventDefinition[];
}

/** Makes the items of one list, one after another. */
export class ItemMaker {
  readonly texts: Texts;
  private readonly people: readonly string[];
  private readonly ways = new Map<TableName, Ways | undefined>();
  private made = 0;
  private lastDay = { midnight: Number.NaN, text: '' };

  constructor(
    private readonly seed: ProjectSeed,
    readonly chance: Chance,
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
    const { createdAt, dateEntered, createdBy } = this.entered();
    const pick = (field: string) => this.listed('Defect', field);
    return {
      summary: texts.problem(),
      type: pick('Type'),
      priority: pick('Priority'),
      product: pick('Product'),
      component: pick('Component'),
      severity: pick('Severity'),
      disposition: pick('Disposition'),
      createdAt,
      dateEntered,
      createdBy,
      enteredBy: createdBy,
      reportedBy: [
        {
          foundBy: this.person(),
          foundInVersion: pick('Version Found'),
          reproduced: pick('Reproduced'),
          description: texts.report(),
          stepsToReproduce: chance.happens(0.6) ? texts.instructions() : '',
        },
      ],
      events: this.events('Defect', createdAt),
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
    const { createdAt, dateEntered, createdBy } = this.entered();
    return {
      type: this.chance.of(types),
      summary: this.texts.wish(),
      importance: this.listed('Requirement', 'Importance'),
      description: `${this.texts.expectation()}. ${capital(this.texts.note())}`,
      createdAt,
      dateEntered,
      createdBy,
      enteredBy: createdBy,
      events: this.events('Requirement', createdAt),
    };
  }

  /** @param cases the numbers that a run can name, or the record IDs in a project without numbers */
  testRun(cases: {
    readonly by: 'testCase' | 'testCaseRecordId';
    readonly ids: readonly number[];
  }): TestRunSection {
    const { createdAt, createdBy } = this.entered();
    const [testCase, set] = [this.chance.of(cases.ids), this.listed('Test Run', 'Test Run Set')];
    return {
      [cases.by]: testCase,
      ...(set === '' ? {} : { set }),
      createdAt,
      createdBy,
      events: this.events('Test Run', createdAt),
    };
  }

  /** @param about the numbers of defects that a task can be about */
  task(about: readonly number[]): TaskSection {
    const { chance, texts } = this;
    const { dateEntered, createdBy } = this.entered();
    return {
      summary: texts.check(),
      description: texts.note(),
      status: chance.of(taskStatuses),
      priority: this.listed('Task', 'Priority'),
      dateAssigned: dateEntered,
      assignedBy: createdBy,
      assignedTo: this.person(),
      ...(about.length > 0 && chance.happens(0.6) ? { defect: chance.of(about) } : {}),
    };
  }

  /** When and by whom; one after another, so that higher numbers are younger. */
  entered(): { createdAt: Instant; dateEntered: string; createdBy: string | undefined } {
    const place = ((this.made++ + this.chance.below(100) / 100) / this.from.count) * HISTORY_DAYS;
    const day = Math.floor(place);
    const midnight = (Math.floor(this.seed.now / DAY_MS) - HISTORY_DAYS + day) * DAY_MS;
    const createdAt = Math.floor(midnight + dayBegins + (place - day) * dayLasts);
    return { createdAt, dateEntered: this.dayText(midnight), createdBy: this.person() };
  }

  private dayText(midnight: Instant): string {
    if (midnight !== this.lastDay.midnight) {
      this.lastDay = { midnight, text: new Date(midnight).toISOString().slice(0, 10) };
    }
    return this.lastDay.text;
  }

  person(): string | undefined {
    return this.people.length === 0 ? undefined : this.chance.of(this.people);
  }

  /** A value that the project offers for a field; empty when it offers none. */
  private listed(table: string, field: string): string {
    const values = this.seed.valuesOf(table, field);
    return values.length === 0 ? '' : this.chance.of(values);
  }

  /** A way through the workflow as far as chance and the time since then allow. */
  events(table: TableName, createdAt: Instant): EventSection[] {
    const ways = this.waysOf(table);
    if (!ways) return [];
    const { chance } = this;
    const events: EventSection[] = [];
    let { state } = ways;
    let at = createdAt;
    for (let more = chance.below(MOST_EVENTS); more > 0; more--) {
      const possible = ways.from(state);
      at += HOUR_MS * (1 + chance.below(24 * 14));
      if (possible.length === 0 || at > this.seed.now) break;
      const { name, to, assigns, hours } = chance.of(possible);
      const next = to.length === 0 ? undefined : chance.of(to);
      events.push({
        name,
        at,
        user: this.person(),
        notes: chance.happens(0.5) ? this.texts.note() : '',
        assignTo: assigns ? chance.of(this.people) : undefined,
        resultingState: next,
        hours: hours === 'none' ? undefined : 1 + chance.below(16),
      });
      state = next ?? state;
    }
    return events;
  }

  /** Where items of a table start, and which events can be made up in a state. */
  private waysOf(table: TableName): Ways | undefined {
    if (this.ways.has(table)) return this.ways.get(table);
    const workflow = this.seed.project.workflowOf(table);
    const ways = workflow && this.waysThrough(workflow);
    this.ways.set(table, ways);
    return ways;
  }

  private waysThrough(workflow: Workflow): Ways {
    const known = new Map<string, readonly EventDefinition[]>();
    const from = (state: string) => {
      let possible = known.get(state);
      if (!possible) {
        possible = workflow.events.filter(
          (event) => (event.from.length === 0 || event.from.includes(state)) && this.canMakeUp(event),
        );
        known.set(state, possible);
      }
      return possible;
    };
    return { state: initialState(workflow), from };
  }

  private canMakeUp({ assigns, hasReleaseNotes, isReviewNote, fields }: EventDefinition): boolean {
    if (hasReleaseNotes || isReviewNote || (assigns && this.people.length === 0)) return false;
    return !fields.some(({ isRequired }) => isRequired);
  }
}
