import { z } from 'zod';
import type { Steps } from '../../answers/steps.ts';
import { momentSchema } from '../../input/clock-schema.ts';
import type { PathStep } from '../../input/path.ts';
import type { DefectRecord, ReportedBy } from '../../testtrack/model/defect-record.ts';
import type { UserRef } from '../../testtrack/model/item-record.ts';
import { defects } from '../../testtrack/model/tables.ts';
import type { Instant } from '../../world/instant.ts';
import { attachmentsFrom } from './events.ts';
import { type ItemPlace, itemFrom, itemsFrom } from './item-seed.ts';
import { customValuesSchema, daySchema, eventSchema, fileSchema, idSchema, nameSchema } from './parts.ts';
import type { ProjectSeed } from './project-seed.ts';
import { richTextFrom, richTextSchema } from './rich-text.ts';

const reportedBySchema = z.strictObject({
  foundBy: nameSchema.optional(),
  dateFound: daySchema.optional(),
  contactInfo: z.string().optional(),
  foundInVersion: z.string().optional(),
  description: richTextSchema.optional(),
  reproduced: z.string().optional(),
  stepsToReproduce: richTextSchema.optional(),
  testConfig: nameSchema.optional(),
  otherEnvironment: richTextSchema.optional(),
  attachments: z.array(fileSchema).optional(),
});

/** A defect in a scenario. */
export const defectSchema = z.strictObject({
  recordId: idSchema.optional(),
  number: idSchema.optional(),
  summary: nameSchema,
  type: z.string().optional(),
  priority: z.string().optional(),
  disposition: z.string().optional(),
  product: z.string().optional(),
  component: z.string().optional(),
  severity: z.string().optional(),
  reference: z.string().optional(),
  workaround: richTextSchema.optional(),
  enteredBy: nameSchema.optional(),
  dateEntered: daySchema.optional(),
  createdBy: nameSchema.optional(),
  createdAt: momentSchema.optional(),
  storyPoints: z.int().optional(),
  /** Short for the description of the first report. */
  description: richTextSchema.optional(),
  reportedBy: z.array(reportedBySchema).optional(),
  events: z.array(eventSchema).optional(),
  customFields: customValuesSchema.optional(),
  /** Short for the files of the first report. */
  attachments: z.array(fileSchema).optional(),
});

export type DefectSection = z.output<typeof defectSchema>;
type ReportSection = z.output<typeof reportedBySchema>;

const table = 'Defect';
const listedFields = [
  { table, field: 'Type', member: 'type' },
  { table, field: 'Priority', member: 'priority' },
  { table, field: 'Disposition', member: 'disposition' },
  { table, field: 'Product', member: 'product' },
  { table, field: 'Component', member: 'component' },
  { table, field: 'Severity', member: 'severity' },
] as const;

type Path = readonly PathStep[];

/**
 * A defect as the scenario describes it, by the same rules that a client's defect goes through.
 *
 * @throws ProductFault or ScenarioProblem for what the rules refuse
 */
function defectFrom(seed: ProjectSeed, section: DefectSection, place: ItemPlace): DefectRecord {
  const { at } = place;
  for (const listed of listedFields) seed.requireListed(listed, section[listed.member] ?? '', at);
  const login = section.enteredBy ?? section.createdBy;
  const enteredBy = seed.userOrFirst(login, () => [...at, 'enteredBy']);
  const item = itemFrom(seed, section, { table, summary: section.summary, enteredBy, ...place });
  const createdAt = item.created.at;
  return {
    // Member by member: of a spread of so many members V8 makes six times as much garbage.
    recordId: item.recordId,
    number: item.number,
    summary: item.summary,
    state: item.state,
    assignedTo: item.assignedTo,
    events: item.events,
    customValues: item.customValues,
    sourceFiles: item.sourceFiles,
    created: item.created,
    modified: item.modified,
    addedFrom: item.addedFrom,
    storyPoints: item.storyPoints,
    percentDone: item.percentDone,
    type: section.type ?? '',
    priority: section.priority ?? '',
    disposition: section.disposition ?? '',
    product: section.product ?? '',
    component: section.component ?? '',
    severity: section.severity ?? '',
    reference: section.reference ?? '',
    enteredBy,
    dateEntered: section.dateEntered ?? seed.dayOf(createdAt),
    workaround: richTextFrom(seed, section.workaround, { createdAt, at: () => [...at, 'workaround'] }),
    reportedBy: reportsFrom(seed, section, { createdAt, enteredBy, at }),
  };
}

/** What the members of a report that a scenario leaves out come from. */
interface Reported {
  readonly createdAt: Instant;
  readonly enteredBy: UserRef;
  readonly at: Path;
}

/** A defect without reports has one: the short members say what is in it. */
function reportsFrom(seed: ProjectSeed, section: DefectSection, reported: Reported): ReportedBy[] {
  const { reportedBy = [] } = section;
  if (reportedBy.length === 0) return [reportFrom(seed, {}, { section, index: 0, ...reported })];
  return reportedBy.map((report, index) => reportFrom(seed, report, { section, index, ...reported }));
}

function reportFrom(
  seed: ProjectSeed,
  report: ReportSection,
  { createdAt, enteredBy, at, section, index }: Reported & { section: DefectSection; index: number },
): ReportedBy {
  const path = (part: string) => [...at, 'reportedBy', index, part];
  const short = index === 0 ? section : undefined;
  const { foundBy, description = short?.description } = report;
  const own = attachmentsFrom(seed, report.attachments, { createdAt, at: () => path('attachments') });
  const files = attachmentsFrom(seed, short?.attachments, { createdAt, at: () => [...at, 'attachments'] });
  return {
    recordId: seed.project.next('reported-by'),
    foundBy: foundBy === undefined ? enteredBy : seed.userOf(foundBy, () => path('foundBy')),
    dateFound: report.dateFound ?? section.dateEntered ?? seed.dayOf(createdAt),
    contactInfo: report.contactInfo ?? '',
    foundInVersion: report.foundInVersion ?? '',
    description: richTextFrom(seed, description, { createdAt, at: () => path('description') }),
    reproduced: report.reproduced ?? '',
    stepsToReproduce: richTextFrom(seed, report.stepsToReproduce, {
      createdAt,
      at: () => path('stepsToReproduce'),
    }),
    testConfigId: seed.testConfigOf(report.testConfig, () => path('testConfig')),
    otherEnvironment: richTextFrom(seed, report.otherEnvironment, {
      createdAt,
      at: () => path('otherEnvironment'),
    }),
    testConfigType: 0,
    attachments: files.length === 0 ? own : [...own, ...files],
    showOrder: index + 1,
  };
}

/** All defects of a project. */
export function* seedDefects(
  seed: ProjectSeed,
  section: { defects?: Iterable<DefectSection> | undefined },
): Steps<void> {
  const records = yield* itemsFrom(seed, section.defects, {
    key: 'defects',
    table,
    make: (defect, place) => defectFrom(seed, defect, place),
  });
  yield* seed.project.table(defects).filling(records);
}
