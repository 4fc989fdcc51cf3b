/** What an export template is made for: records of a table, one requirement document, or what is in a folder. */
const exportKinds = ['records', 'document', 'folder'] as const;
export type ExportKind = (typeof exportKinds)[number];

/** How records look: each under a heading of its own, or each a row of one table. */
export const exportLayouts = ['sections', 'table'] as const;
export type ExportLayout = (typeof exportLayouts)[number];

/** A Microsoft Word template of a project: what its documents show, and in which form. */
export interface ExportTemplateRecord {
  readonly recordId: number;
  readonly name: string;
  readonly kind: ExportKind;
  /** The table whose records it shows; of a document template `Requirement`. */
  readonly table: string;
  /** The document's title. */
  readonly heading: string;
  /** Labels of the table's columns, in order. */
  readonly fields: readonly string[];
  readonly layout: ExportLayout;
  /** The label of the column by whose values the records are divided; empty for none. */
  readonly groupBy: string;
}
