import { inferred } from '../../evidence/evidence.ts';
import type { CallContext } from '../call-context.ts';
import { catalogueFor } from '../columns/catalogue.ts';
import type { ValueList } from '../columns/column.ts';
import { possibleNames } from '../columns/name-lists.ts';
import { dropdownList } from '../columns/value-lists.ts';
import { faults } from '../faults.ts';
import type { CFieldValue } from '../model/operation-types.generated.ts';
import { dropdowns, filters } from '../model/tables.ts';
import { documented, type Operations, operation } from '../operation.ts';
import { listView } from '../query/record-selection.ts';
import { requireNoAdminLock } from '../rules/admin-lock.ts';
import { fieldValues } from '../rules/custom-fields.ts';
import { requireCommand } from '../rules/permissions.ts';
import { isTableName, type TableName } from '../rules/table-names.ts';
import { hiddenFields } from '../rules/view.ts';
import { opensTable, requireReadableTable, requireTable } from './table-access.ts';

/** The command that changing a list needs. [documented] */
const configureLists = 'Configure List Values';

/** What the tables of a project are made of: columns, filters, drop-down fields and their values. */
export const tableOperations = {
  getColumnsForTable: operation({
    evidence: [
      documented('lists the columns of a table by the labels of the project; 77 for an unknown table'),
      inferred('5 for a table that getTableList hides'),
    ],
    run: (context, { tablename }) => {
      const table = requireReadableTable(context, tablename);
      return catalogueFor(listView(context), table).columns.map(({ label }) => ({ name: label }));
    },
  }),

  getFilterList: operation({
    evidence: documented('lists the filters of all tables that the user may see, each name once (inferred)'),
    run: (context) => {
      const seen = [...context.project.table(filters).values()]
        .filter(({ table }) => isTableName(table) && opensTable(context, table))
        .sort((a, b) => a.recordId - b.recordId);
      return [...new Set(seen.map(({ name }) => name))].map((name) => ({ name }));
    },
  }),

  getFilterListForTable: operation({
    evidence: documented('lists the filters of a table in the order they were made (order inferred)'),
    run: (context, { tablename }) => {
      const found = context.project.table(filters).findBy('table', requireTable(context, tablename));
      return found.sort((a, b) => a.recordId - b.recordId).map(({ name }) => ({ name }));
    },
  }),

  getDropdownFieldForTable: operation({
    evidence: documented(
      'lists the columns whose values come from a list, user fields among them (inferred)',
    ),
    run: (context, { tablename }) =>
      dropdownFields(context, requireTable(context, tablename)).map(({ label }) => ({ name: label })),
  }),

  getDropdownFieldValuesForTable: operation({
    evidence: documented(
      'lists the values of a field in list order; of user fields the active users by name',
    ),
    run: (context, { tablename, fieldname }) => {
      const { list } = requireDropdown(context, tablename, fieldname);
      return fieldValues(list.values(listView(context)));
    },
  }),

  addDropdownFieldValuesForTable: operation({
    evidence: documented(
      'puts values at the end of a list; 75 while a user holds the administration lock, and values that are there already are passed over (both inferred)',
    ),
    run: (context, { tablename, fieldname, pValueList }) => {
      requireTable(context, tablename);
      requireCommand(context.project, context.user, configureLists);
      const { label, list } = requireDropdown(context, tablename, fieldname);
      if (!list.append) {
        throw faults.invalidParameter(
          `the list of "${label}" cannot be added to`,
          'Its values are records of the project: add a user, or declare a group in the scenario.',
        );
      }
      requireNoAdminLock(context);
      const added = newValues(pValueList, list.values(listView(context)));
      if (added.length > 0) list.append(context, added);
      return 0;
    },
  }),
} satisfies Partial<Operations>;

interface DropdownField {
  readonly label: string;
  readonly aliases?: readonly string[];
  readonly list: ValueList;
}

/** The columns with a list, and the lists that no column shows: the values of test variants. [inferred] */
function dropdownFields(context: CallContext, table: TableName): readonly DropdownField[] {
  const view = listView(context);
  const { columns } = catalogueFor(view, table);
  const ofColumns = columns.flatMap(({ label, list, aliases = [] }) =>
    list?.isField ? [{ label, list, aliases }] : [],
  );
  const known = new Set(columns.map(({ label, formerly }) => formerly ?? label));
  const hidden = hiddenFields(view, table);
  const others = context.project
    .table(dropdowns)
    .sorted()
    .filter((list) => list.table === table && !known.has(list.field) && !hidden?.has(list.field));
  return [...ofColumns, ...others.map(({ field }) => ({ label: field, list: dropdownList(table, field) }))];
}

/** @throws fault 11 for a field that has no list, or that nothing is called */
function requireDropdown(context: CallContext, tableName: string, fieldName: string): DropdownField {
  const table = requireTable(context, tableName);
  const fields = dropdownFields(context, table);
  const wanted = fieldName.toLowerCase();
  const field = fields.find(({ label, aliases = [] }) =>
    [label, ...aliases].some((name) => name.toLowerCase() === wanted),
  );
  if (field) return field;
  const renamed = catalogueFor(listView(context), table).renamedFrom(fieldName);
  const known = fields.map(({ label }) => label);
  throw faults.invalidParameter(
    `no drop-down field "${fieldName}" in ${table}`,
    renamed
      ? `It is called "${renamed.label}" in this project.`
      : `Drop-down fields of ${table}: ${possibleNames(fieldName, known, 'getDropdownFieldForTable lists all')}`,
  );
}

/** The values that are not in the list yet, each once, in their order. */
function newValues(sent: readonly CFieldValue[] | undefined, known: readonly string[]): readonly string[] {
  if (!sent)
    throw faults.missingParameter('pValueList', 'Send the values to add as items with a value each.');
  const values = sent.map(({ value = '' }) => value);
  if (values.some((value) => value.trim() === '')) {
    throw faults.invalidParameter('a value is empty', 'Every value of a list needs at least one character.');
  }
  const present = new Set(known);
  return [...new Set(values)].filter((value) => !present.has(value));
}
