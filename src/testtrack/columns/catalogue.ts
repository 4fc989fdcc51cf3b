import { memo } from '../../memo/memory.ts';
import type { ProjectRecord } from '../model/project-record.ts';
import type { ProjectView } from '../project-view.ts';
import type { TableName } from '../rules/table-names.ts';
import { hiddenFields, type View } from '../rules/view.ts';
import type { Column } from './column.ts';
import { customFieldColumns } from './custom-field-columns.ts';
import { eventColumns } from './event-columns.ts';
import { fieldCode } from './field-codes.ts';
import { folderColumns } from './folder-columns.ts';
import { itemColumns } from './item-columns.ts';
import { linkColumns } from './link-columns.ts';
import { listedTables } from './listed-tables.ts';
import { memberColumns, recordIdColumn, recordIdLabel } from './member-columns.ts';
import type { ColumnProvider } from './provider.ts';
import { reportedByColumns } from './reported-by-columns.ts';

/** Everything that brings columns. Of two columns of one name the first counts. */
const providers: readonly ColumnProvider[] = [
  recordIdColumn,
  memberColumns,
  reportedByColumns,
  itemColumns,
  customFieldColumns,
  eventColumns,
  folderColumns,
  linkColumns,
];

/** The columns of one table of a project, and how each is found. */
export class ColumnCatalogue {
  /** In the order in which getColumnsForTable gives them. */
  readonly columns: readonly Column[];
  private readonly byName = new Map<string, Column>();
  private readonly byCode = new Map<string, Column>();
  private readonly renamed = new Map<string, Column>();

  constructor(columns: Iterable<Column>) {
    for (const column of columns) {
      const key = column.label.toLowerCase();
      if (this.byName.has(key)) continue;
      this.byName.set(key, column);
      if (column.code !== undefined) this.byCode.set(column.code.toLowerCase(), column);
      if (column.formerly !== undefined) this.renamed.set(column.formerly.toLowerCase(), column);
    }
    this.columns = [...this.byName.values()];
  }

  /** A column by its label. `Record ID` is case-sensitive [documented]; the others are not. [inferred] */
  column(label: string): Column | undefined {
    const found = this.byName.get(label.toLowerCase());
    return found?.label === recordIdLabel && label !== recordIdLabel ? undefined : found;
  }

  /** A field of a query: by its label, or by its code between percent signs, in any case. [documented] */
  field(name: string): Column | undefined {
    const code =
      name.length > 2 && name.startsWith('%') && name.endsWith('%') ? name.slice(1, -1) : undefined;
    const byLabel = this.byName.get(name.toLowerCase());
    return byLabel ?? (code === undefined ? undefined : this.byCode.get(code.toLowerCase()));
  }

  /** The column that had this label before the project renamed it: for hints only. */
  renamedFrom(label: string): Column | undefined {
    return this.renamed.get(label.toLowerCase());
  }
}

const narrowed = memo(
  'columns without hidden fields',
  (_: ColumnCatalogue) => new WeakMap<ReadonlySet<string>, ColumnCatalogue>(),
);

/** The columns of a table that a viewer sees: fields that the groups of a user hide are not there. [inferred] */
export function catalogueFor(view: View, table: TableName): ColumnCatalogue {
  const whole = catalogueOf(view.project, table);
  const hidden = hiddenFields(view, table);
  if (hidden === undefined || hidden.size === 0) return whole;
  const byRights = narrowed(whole);
  let catalogue = byRights.get(hidden);
  if (!catalogue) {
    catalogue = new ColumnCatalogue(
      whole.columns.filter(({ label, formerly }) => !hidden.has(formerly ?? label)),
    );
    byRights.set(hidden, catalogue);
  }
  return catalogue;
}

const made = memo('columns of tables', (_: ProjectRecord) => new Map<TableName, ColumnCatalogue>());

/** The columns of a table, made once for each state of the project's settings. */
function catalogueOf(project: ProjectView, table: TableName): ColumnCatalogue {
  const ofProject = made(project.record);
  let catalogue = ofProject.get(table);
  if (!catalogue) {
    catalogue = catalogueFrom(project, table);
    ofProject.set(table, catalogue);
  }
  return catalogue;
}

function catalogueFrom(project: ProjectView, table: TableName): ColumnCatalogue {
  const columns = providers.flatMap((provide) =>
    provide({
      table,
      listed: listedTables.get(table),
      settings: project.settingsOf(table),
      linkDefinitions: project.record.linkDefinitions,
    }),
  );
  return new ColumnCatalogue(columns.map((column) => withCode(column, table)));
}

function withCode(column: Column, table: TableName): Column {
  const code = column.code ?? fieldCode(table, column.formerly ?? column.label);
  return code === undefined ? column : { ...column, code };
}
