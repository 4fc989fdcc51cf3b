import { faults } from '../faults.ts';
import type { ExportKind, ExportTemplateRecord } from '../model/export-template-record.ts';
import type { Long } from '../model/operation-types.generated.ts';
import { exportTemplates } from '../model/tables.ts';
import type { ProjectView } from '../project-view.ts';

/** How a call names a template. */
export interface TemplateParts {
  readonly templateID: Long;
  readonly templateName: string;
}

/**
 * The template that a call names: by record ID, or by name when that is 0. [documented that either works; that the
 * name counts with 0 only is inferred from the look-up by number or summary]
 *
 * @param kind what the operation makes documents of
 * @throws fault 6 when there is none, 11 when it is made for something else
 */
export function requireTemplate(
  project: ProjectView,
  { templateID, templateName }: TemplateParts,
  kind: ExportKind,
): ExportTemplateRecord {
  const templates = project.table(exportTemplates);
  const byId = Number(templateID) !== 0;
  const template = byId ? templates.get(templateID) : templates.findBy('name', templateName)[0];
  if (!template) {
    const wanted = byId ? `with record ID ${templateID}` : `"${templateName}" (templateID was 0)`;
    const names = templates.sorted().map(({ name }) => name);
    throw faults.recordNotFound(`export template ${wanted}; this project has ${names.join(', ') || 'none'}`);
  }
  if (template.kind === kind) return template;
  throw faults.invalidParameter(
    `the export template "${template.name}" is of another kind`,
    `It is made for ${madeFor[template.kind]}, this operation for ${madeFor[kind]}.`,
  );
}

const madeFor: Readonly<Record<ExportKind, string>> = {
  records: 'records (getDocForExportTemplate)',
  document: 'a requirement document (getDocForExportTemplateReqDoc)',
  folder: 'a folder (getDocForExportTemplateFolder)',
};

/** @throws fault 11 when a template shows records of another table */
export function requireTableOf({ name, table }: ExportTemplateRecord, asked: string): void {
  if (table === asked) return;
  throw faults.invalidParameter(
    `the export template "${name}" is made for another table`,
    `It shows records of "${table}", and tablename was "${asked}".`,
  );
}
