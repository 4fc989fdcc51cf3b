import { z } from 'zod';
import { defects, requirementRecords, testCaseRecords } from '../../testtrack/model/tables.ts';
import { Chance } from '../generate/chance.ts';
import { generatedCount, generateSeedSchema } from '../generate/counts.ts';
import { type Vocabulary, vocabulary } from '../generate/vocabulary.ts';
import { ScenarioProblem } from '../reading/problem.ts';
import type { DefectSection } from './defects.ts';
import type { FolderSection } from './folders.ts';
import { folderTree, requirementDocument } from './generated-collections.ts';
import { ItemMaker } from './item-maker.ts';
import { PeopleMaker } from './people-maker.ts';
import type { ProjectSeed } from './project-seed.ts';
import type { RequirementDocumentSection } from './requirement-documents.ts';
import type { RequirementSection } from './requirements.ts';
import type { TaskSection } from './tasks.ts';
import type { TestCaseSection } from './test-cases.ts';
import type { TestRunSection } from './test-runs.ts';
import type { CustomerSection, UserSection } from './users.ts';

/** How many records a project gets besides those that are written out. */
export const generateSchema = z.strictObject({
  seed: generateSeedSchema.optional(),
  users: generatedCount.optional(),
  customers: generatedCount.optional(),
  defects: generatedCount.optional(),
  tasks: generatedCount.optional(),
  testCases: generatedCount.optional(),
  testRuns: generatedCount.optional(),
  requirements: generatedCount.optional(),
  requirementDocuments: generatedCount.optional(),
  folders: generatedCount.optional(),
});

export type GenerateSection = z.output<typeof generateSchema>;

/** The lists of a project that generated records join. */
interface Lists {
  readonly users?: Iterable<UserSection> | undefined;
  readonly customers?: Iterable<CustomerSection> | undefined;
  readonly defects?: Iterable<DefectSection> | undefined;
  readonly tasks?: Iterable<TaskSection> | undefined;
  readonly testCases?: Iterable<TestCaseSection> | undefined;
  readonly testRuns?: Iterable<TestRunSection> | undefined;
  readonly requirements?: Iterable<RequirementSection> | undefined;
  readonly requirementDocuments?: Iterable<RequirementDocumentSection> | undefined;
  readonly folders?: Iterable<FolderSection> | undefined;
}

/**
 * The records of a project, and behind those that are written out the ones that it asks to be generated. They are made
 * while they are read, as a person would write them into the file, with the lists, users and workflows of the
 * project; so the same rules look at them, and a list may name what the lists before it made.
 *
 * @throws ScenarioProblem while reading: what records of a list need is not there
 */
export function withGenerated(
  seed: ProjectSeed,
  section: Lists & { readonly generate?: GenerateSection | undefined },
): Lists {
  const { generate } = section;
  if (!generate) return section;
  const from = generate.seed ?? `${seed.project.draft.seed}/${seed.project.record.name}`;
  const lists = new GeneratedLists(seed, section, { wanted: generate, from, words: vocabulary(from) });
  return {
    users: lists.people('users', section.users, (maker) => maker.user()),
    customers: lists.people('customers', section.customers, (maker) => maker.customer()),
    defects: lists.of('defects', section.defects, (maker) => maker.defect()),
    tasks: lists.tasks(section.tasks),
    testCases: lists.of('testCases', section.testCases, (maker) => maker.testCase()),
    testRuns: lists.testRuns(section.testRuns),
    requirements: lists.of('requirements', section.requirements, (maker) => maker.requirement()),
    requirementDocuments: lists.requirementDocuments(section.requirementDocuments),
    folders: lists.folders(section.folders),
  };
}

type Kind = keyof Lists;

/** Each list has choices of its own, so that more of one kind change nothing of another. */
class GeneratedLists {
  constructor(
    private readonly seed: ProjectSeed,
    private readonly section: Lists,
    private readonly source: {
      readonly wanted: GenerateSection;
      readonly from: string;
      readonly words: Vocabulary;
    },
  ) {}

  *of<S>(kind: Kind, written: Iterable<S> | undefined, make: (maker: ItemMaker) => S): Generator<S> {
    yield* written ?? [];
    const count = this.source.wanted[kind] ?? 0;
    const maker = new ItemMaker(this.seed, this.chance(kind), { words: this.source.words, count });
    for (let made = 0; made < count; made++) yield make(maker);
  }

  *people<S extends CustomerSection>(
    kind: 'users' | 'customers',
    written: Iterable<S> | undefined,
    make: (maker: PeopleMaker) => S,
  ): Generator<S> {
    yield* written ?? [];
    const taken = [...(this.section.users ?? []), ...(this.section.customers ?? [])];
    const maker = new PeopleMaker(this.seed.project, taken, {
      chance: this.chance(kind),
      words: this.source.words,
    });
    for (let made = this.source.wanted[kind] ?? 0; made > 0; made--) yield make(maker);
  }

  *tasks(written: Iterable<TaskSection> | undefined): Generator<TaskSection> {
    const about = this.numbers(this.source.wanted.tasks, () => this.seed.project.table(defects).sorted());
    yield* this.of('tasks', written, (maker) => maker.task(about()));
  }

  *testRuns(written: Iterable<TestRunSection> | undefined): Generator<TestRunSection> {
    const { project, at } = this.seed;
    if (!this.source.wanted.testRuns) return yield* written ?? [];
    const by = project.record.autoNumbers ? 'testCase' : 'testCaseRecordId';
    const ids = project
      .table(testCaseRecords)
      .sorted()
      .map(({ number, recordId }) => (by === 'testCase' ? number : recordId));
    if (ids.length === 0) {
      throw new ScenarioProblem([...at, 'generate', 'testRuns'], 'this project has no test cases to run');
    }
    yield* this.of('testRuns', written, (maker) => maker.testRun({ by, ids }));
  }

  *requirementDocuments(
    written: Iterable<RequirementDocumentSection> | undefined,
  ): Generator<RequirementDocumentSection> {
    const numbers = this.numbers(this.source.wanted.requirementDocuments, () =>
      this.seed.project.table(requirementRecords).sorted(),
    );
    yield* this.of('requirementDocuments', written, (maker) => requirementDocument(maker, numbers()));
  }

  *folders(written: Iterable<FolderSection> | undefined): Generator<FolderSection> {
    yield* written ?? [];
    const { folders: count = 0 } = this.source.wanted;
    const maker = new ItemMaker(this.seed, this.chance('folders'), { words: this.source.words, count });
    yield* folderTree(maker, this.seed.project, count);
  }

  /** The numbers of the items that are there, looked up once and only when they are needed. */
  private numbers(
    wanted: number | undefined,
    items: () => readonly { readonly number: number }[],
  ): () => readonly number[] {
    let known: readonly number[] | undefined;
    return () => {
      known ??= wanted ? items().flatMap(({ number }) => (number === 0 ? [] : [number])) : [];
      return known;
    };
  }

  private chance(kind: Kind): Chance {
    return new Chance(this.source.from, `generate/${kind}`);
  }
}
