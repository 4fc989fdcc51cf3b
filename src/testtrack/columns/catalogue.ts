import { memo } from '../../memo/memory.ts';
import type { ProjectRecord } from '../model/project-record.ts';
import type { ProjectView } from '../project-view.ts';
import type { TableName } from '../rules/table-names.ts';
import { hiddenFields, type View } from '../rules/view.ts';
import type { Column } from './column.ts';
import { ordered } from './column-order.ts';
import { customFieldColumns } from './custom-field-columns.ts';
import { eventColumns, systemCommentColumns } from './event-columns.ts';
import { fieldCode } from './field-codes.ts';
import { folderColumns } from './folder-columns.ts';
import { itemColumns } from './item-columns.ts';
import { linkColumns, linkDefinitionColumns } from './link-columns.ts';
import { listedTables } from './listed-tables.ts';
import { memberColumns, recordIdColumn, recordIdLabel } from './member-columns.ts';
import { planningColumns } from './planning-columns.ts';
import type { ColumnProvider } from './provider.ts';
import { reportedByColumns } from './reported-by-columns.ts';
import { requirementColumns } from './requirement-columns.ts';

/** Everything that brings fields of the product. Of two columns of one name the first counts. */
const fieldProviders: readonly ColumnProvider[] = [
  recordIdColumn,
  memberColumns,
  reportedByColumns,
  itemColumns,
  requirementColumns,
  planningColumns,
  folderColumns,
  linkColumns,
];

/** Everything that brings columns of the project's own configuration, in their order. */
const configuredProviders: readonly ColumnProvider[] = [
  systemCommentColumns,
  customFieldColumns,
  eventColumns,
  linkDefinitionColumns,
];

/** The columns of one table of a project, and how each is found. */
export class ColumnCatalogue {
  /** In the order in which getColumnsForTable gives them. */
  readonly columns: readonly Column[];
  /** Those that are not listed besides. */
  readonly all: readonly Column[];
  private readonly byName = new Map<string, Column>();
  private readonly byAlias = new Map<string, Column>();
  private readonly byCode = new Map<string, Column>();
  private readonly renamed = new Map<string, Column>();

  constructor(columns: Iterable<Column>) {
    for (const column of columns) {
      const key = column.label.toLowerCase();
      if (this.byName.has(key)) continue;
      this.byName.set(key, column);
      if (column.code !== undefined) this.byCode.set(column.code.toLowerCase(), column);
      for (const alias of column.aliases ?? []) this.byAlias.set(alias.toLowerCase(), column);
      if (column.formerly !== undefined) this.renamed.set(column.formerly.toLowerCase(), column);
    }
    this.all = [...this.byName.values()];
    this.columns = this.all.filter(({ isUnlisted }) => !isUnlisted);
  }

  /** A column by its label. `Record ID` is case-sensitive [documented]; the others are not. [inferred] */
  column(label: string): Column | undefined {
    const found = this.named(label);
    return found?.label === recordIdLabel && label !== recordIdLabel ? undefined : found;
  }

  /** A field of a query: by its label, or by its code between percent signs, in any case. [documented] */
  field(name: string): Column | undefined {
    const code =
      name.length > 2 && name.startsWith('%') && name.endsWith('%') ? name.slice(1, -1) : undefined;
    return this.named(name) ?? (code === undefined ? undefined : this.byCode.get(code.toLowerCase()));
  }

  private named(label: string): Column | undefined {
    const key = label.toLowerCase();
    return this.byName.get(key) ?? this.byAlias.get(key);
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
      whole.all.filter(({ label, formerly }) => !hidden.has(formerly ?? label)),
    );
    byRights.set(hidden, catalogue);
  }
  return catalogue;
}

const made = memo('columns of tables', (_: ProjectRecord) => new Map<string, ColumnCatalogue>());

/** The columns of a table, made once for each state of the project's settings. */
function catalogueOf(project: ProjectView, table: TableName): ColumnCatalogue {
  const ofProject = made(project.record);
  const key = `${project.server.sdk} ${table}`;
  let catalogue = ofProject.get(key);
  if (!catalogue) {
    catalogue = catalogueFrom(project, table);
    ofProject.set(key, catalogue);
  }
  return catalogue;
}

function catalogueFrom(project: ProjectView, table: TableName): ColumnCatalogue {
  const settings = project.settingsOf(table);
  const { linkDefinitions } = project.record;
  const source = { table, listed: listedTables.get(table), settings, linkDefinitions };
  const groups = {
    fields: fieldProviders.flatMap((provide) => provide(source)),
    configured: configuredProviders.flatMap((provide) => provide(source)),
  };
  const columns = ordered(groups, table, { settings, sdk: project.server.sdk });
  return new ColumnCatalogue(columns.map((column) => withCode(column, table)));
}

function withCode(column: Column, table: TableName): Column {
  const code = column.code ?? fieldCode(table, column.formerly ?? column.label);
  return code === undefined ? column : { ...column, code };
}
