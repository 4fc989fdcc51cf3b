import { z } from 'zod';
import { type ExportTemplateRecord, exportLayouts } from '../../testtrack/model/export-template-record.ts';
import { exportTemplates } from '../../testtrack/model/tables.ts';
import { itemTableSchema } from './items.ts';
import { idSchema, nameSchema, namesSchema } from './parts.ts';
import { claimNumber, type ProjectSeed, requireNew } from './project-seed.ts';
import { everyColumn, requireColumn } from './reports.ts';

const common = {
  recordId: idSchema.optional(),
  name: nameSchema,
  /** The title of its documents; the name without it. */
  heading: nameSchema.optional(),
  /** The columns of the table that are shown of each record. */
  fields: namesSchema.min(1),
};
const ofTable = {
  ...common,
  table: itemTableSchema,
  layout: z.enum(exportLayouts).optional(),
  groupBy: nameSchema.optional(),
};

/** An export template in a scenario: made for records, for requirement documents or for folders. */
export const exportTemplateSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...ofTable, kind: z.literal('records') }),
  z.strictObject({ ...ofTable, kind: z.literal('folder') }),
  z.strictObject({ ...common, kind: z.literal('document') }),
]);

type ExportTemplateSection = z.output<typeof exportTemplateSchema>;

/** All export templates of a project. */
export function seedExportTemplates(
  seed: ProjectSeed,
  { exportTemplates: sections = [] }: { exportTemplates?: readonly ExportTemplateSection[] | undefined },
): void {
  const ids = new Set<string>();
  const known = new Set<string>();
  for (const [index, section] of sections.entries()) {
    const at = [...seed.at, 'exportTemplates', index];
    const template = templateFrom(seed, section);
    const { recordId, table, fields, groupBy } = template;
    requireNew(ids, String(recordId), {
      at: [...at, 'recordId'],
      what: `export template with record ID ${recordId}`,
    });
    requireNew(known, template.name, { at: [...at, 'name'], what: `export template "${template.name}"` });
    const catalogue = everyColumn(seed, section.kind === 'document' ? 'Requirement' : section.table);
    for (const [place, label] of fields.entries())
      requireColumn(catalogue, { table, label, at: [...at, 'fields', place] });
    if (groupBy !== '') requireColumn(catalogue, { table, label: groupBy, at: [...at, 'groupBy'] });
    seed.project.table(exportTemplates).put(template);
  }
}

function templateFrom({ project }: ProjectSeed, section: ExportTemplateSection): ExportTemplateRecord {
  const { kind, fields, heading = section.name } = section;
  const own = {
    recordId: claimNumber(project, 'export-template', section.recordId),
    name: section.name,
    heading,
    fields,
  };
  if (kind === 'document') return { ...own, kind, table: 'Requirement', layout: 'sections', groupBy: '' };
  const { table, layout = 'sections', groupBy = '' } = section;
  return { ...own, kind, table, layout, groupBy };
}
