import { LazyList } from '../../answers/lazy-list.ts';
import type { ColumnCatalogue } from '../columns/catalogue.ts';
import { textWriter } from '../columns/cells.ts';
import type { Row } from '../columns/column.ts';
import { groupRecords } from '../columns/record-groups.ts';
import { recordTitles } from '../columns/record-titles.ts';
import type { ExportTemplateRecord } from '../model/export-template-record.ts';
import type { View } from '../rules/view.ts';
import { type Block, type FieldText, heading } from './word-document.ts';

/** How a document shows records: what the template says, and who looks. */
export interface Showing {
  readonly template: ExportTemplateRecord;
  readonly catalogue: ColumnCatalogue;
  readonly view: View;
}

/** Records as a template has them: in groups, and each as a section or a row. Nothing is made before it is asked for. */
export function* recordBlocks(records: readonly Row[], showing: Showing, level: number): Generator<Block> {
  const { template, catalogue, view } = showing;
  const column = catalogue.column(template.groupBy);
  if (!column) {
    yield* flatBlocks(records, showing, level);
    return;
  }
  for (const group of groupRecords(records, column, view)) {
    yield heading(level, `${column.label}: ${group.label}`);
    yield* flatBlocks(group.records, showing, level + 1);
  }
}

function* flatBlocks(records: readonly Row[], showing: Showing, level: number): Generator<Block> {
  if (showing.template.layout === 'table') {
    yield tableBlock(records, showing);
    return;
  }
  const title = recordTitles(showing.catalogue, showing.view);
  const fields = fieldsWriter(showing);
  for (const record of records) {
    yield heading(level, title(record));
    yield { kind: 'fields', fields: fields(record) };
  }
}

function tableBlock(records: readonly Row[], showing: Showing): Block {
  const columns = columnsOf(showing);
  const writers = columns.map((column) => textWriter(column, showing.view));
  return {
    kind: 'table',
    columns: columns.map(({ label }) => label),
    rows: LazyList.from(records, (record) => writers.map((write) => write(record))).entries,
  };
}

/** Writes the fields of a record that the template shows. */
export function fieldsWriter(showing: Showing): (record: Row) => readonly FieldText[] {
  const writers = columnsOf(showing).map(
    (column) => [column.label, textWriter(column, showing.view)] as const,
  );
  return (record) => writers.map(([label, write]) => ({ label, text: write(record) }));
}

/** Fields that the groups of the caller hide are left out. [inferred] */
function columnsOf({ template, catalogue }: Showing) {
  return template.fields.flatMap((label) => catalogue.column(label) ?? []);
}
