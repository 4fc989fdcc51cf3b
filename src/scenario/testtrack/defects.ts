import { z } from 'zod';
import type { DefectRecord, ReportedBy } from '../../testtrack/model/defect-record.ts';
import type { Workflow } from '../../testtrack/model/project-record.ts';
import { defects, testConfigs } from '../../testtrack/model/tables.ts';
import { requireDropdownValue } from '../../testtrack/rules/dropdowns.ts';
import { dayOf } from '../../testtrack/rules/zone.ts';
import type { Instant } from '../../world/instant.ts';
import { momentSchema } from '../clock-schema.ts';
import { type PathStep, ScenarioProblem } from '../problem.ts';
import { attachmentFrom } from './events.ts';
import { type ItemPlace, itemFrom, itemsFrom } from './item-seed.ts';
import { customValuesSchema, day, eventSchema, fileSchema, id, name } from './parts.ts';
import type { ProjectSeed } from './project-seed.ts';
import { type RichTextSection, richTextFrom, richTextSchema } from './rich-text.ts';

const reportedBySchema = z.strictObject({
  foundBy: name.optional(),
  dateFound: day.optional(),
  contactInfo: z.string().optional(),
  foundInVersion: z.string().optional(),
  description: richTextSchema.optional(),
  reproduced: z.string().optional(),
  stepsToReproduce: richTextSchema.optional(),
  testConfig: name.optional(),
  otherEnvironment: richTextSchema.optional(),
  attachments: z.array(fileSchema).optional(),
});

/** A defect in a scenario. */
export const defectSchema = z.strictObject({
  recordId: id.optional(),
  number: id.optional(),
  summary: name,
  type: z.string().optional(),
  priority: z.string().optional(),
  disposition: z.string().optional(),
  product: z.string().optional(),
  component: z.string().optional(),
  severity: z.string().optional(),
  reference: z.string().optional(),
  workaround: richTextSchema.optional(),
  enteredBy: name.optional(),
  dateEntered: day.optional(),
  createdBy: name.optional(),
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

const table = 'Defect';
const _noWorkflow: Workflow = { states: [], events: [] };
const dropdownMembers = {
  type: 'Type',
  priority: 'Priority',
  disposition: 'Disposition',
  product: 'Product',
  component: 'Component',
  severity: 'Severity',
} as const;

type Path = readonly PathStep[];

/**
 * A defect as the scenario describes it, by the same rules that a client's defect goes through.
 *
 * @throws ProductFault or ScenarioProblem for what the rules refuse
 */
export function defectFrom(seed: ProjectSeed, section: DefectSection, place: ItemPlace): DefectRecord {
  const { project } = seed;
  const { at } = place;
  const person = (login: string | undefined, part: string) =>
    login === undefined ? seed.firstUser() : seed.userOf(login, [...at, part]);
  for (const [member, field] of Object.entries(dropdownMembers)) {
    const value = section[member as keyof typeof dropdownMembers] ?? '';
    requireDropdownValue(project, { table, field }, { value, before: undefined });
  }
  const enteredBy = person(section.enteredBy ?? section.createdBy, 'enteredBy');
  const item = itemFrom(seed, table, section, { ...place, summary: section.summary, enteredBy });
  const createdAt = item.created.at;
  return {
    ...item,
    type: section.type ?? '',
    priority: section.priority ?? '',
    disposition: section.disposition ?? '',
    product: section.product ?? '',
    component: section.component ?? '',
    severity: section.severity ?? '',
    reference: section.reference ?? '',
    enteredBy,
    dateEntered: section.dateEntered ?? dayOf(createdAt, project.server.timeZone),
    workaround: richTextFrom(seed, section.workaround, { createdAt, at: [...at, 'workaround'] }),
    reportedBy: reportsFrom(seed, section, { createdAt, enteredBy, at }),
  };
}

function reportsFrom(
  seed: ProjectSeed,
  section: DefectSection,
  { createdAt, enteredBy, at }: { createdAt: Instant; enteredBy: number; at: Path },
): ReportedBy[] {
  const { project } = seed;
  const { description, attachments } = section;
  const reports = section.reportedBy ?? [];
  const withShort = reports.length > 0 ? reports : [{}];
  return withShort.map((report, index) => {
    const path = [...at, 'reportedBy', index];
    const isFirst = index === 0;
    const text = (value: RichTextSection | undefined, part: string) =>
      richTextFrom(seed, value, { createdAt, at: [...path, part] });
    const files = [...(report.attachments ?? []), ...(isFirst ? (attachments ?? []) : [])];
    const config =
      report.testConfig === undefined
        ? undefined
        : project.table(testConfigs).findBy('name', report.testConfig)[0];
    if (report.testConfig !== undefined && !config) {
      throw new ScenarioProblem(
        [...path, 'testConfig'],
        `there is no test configuration "${report.testConfig}"`,
      );
    }
    return {
      recordId: project.next('reported-by'),
      foundBy: report.foundBy === undefined ? enteredBy : seed.userOf(report.foundBy, [...path, 'foundBy']),
      dateFound: report.dateFound ?? section.dateEntered ?? dayOf(createdAt, project.server.timeZone),
      contactInfo: report.contactInfo ?? '',
      foundInVersion: report.foundInVersion ?? '',
      description: text(report.description ?? (isFirst ? description : undefined), 'description'),
      reproduced: report.reproduced ?? '',
      stepsToReproduce: text(report.stepsToReproduce, 'stepsToReproduce'),
      testConfigId: config?.recordId ?? 0,
      otherEnvironment: text(report.otherEnvironment, 'otherEnvironment'),
      testConfigType: 0,
      attachments: files.map((file, place) =>
        attachmentFrom(seed, file, createdAt, [...at, 'attachments', place]),
      ),
      showOrder: index + 1,
    };
  });
}

/** All defects of a project. */
export function seedDefects(
  seed: ProjectSeed,
  section: { defects?: Iterable<DefectSection> | undefined },
): void {
  const named = { key: 'defects', counter: 'defect', noun: 'defect' };
  const records = itemsFrom(seed, section.defects, named, (defect, place) => defectFrom(seed, defect, place));
  seed.project.table(defects).fill(records);
}
