import type { AnyCField, CFieldValue } from '../../testtrack/model/operation-types.generated.ts';
import { itemTables } from '../../testtrack/rules/table-names.ts';
import type { Notes } from '../clone/notes.ts';
import type { PartFile } from '../clone/part-file.ts';

type Members = Readonly<Record<string, unknown>>;

/** Puts into a part file what records show of what was not asked for: custom fields, and test configurations. */
export function putImplied(part: PartFile, notes: Notes): void {
  for (const table of itemTables) putFields(part, table, notes);
  for (const [, defect] of part.all('Defect')) {
    for (const report of listIn(defect, 'reportedbylist')) putConfig(part, report);
  }
}

/** The custom fields of a table as its records have them, where nobody asked for their definitions. */
function putFields(part: PartFile, table: string, notes: Notes): void {
  const setting = `custom:${table}`;
  if (part.has('settings', setting)) return;
  const fields = new Map<string, AnyCField>();
  for (const [, wire] of part.all(table)) {
    for (const field of listIn(wire, 'customFieldList') as readonly AnyCField[]) {
      const { name = '' } = field;
      const known = fields.get(name);
      fields.set(name, withValues(known ?? field, [...valuesOf(known), ...valuesOf(field)]));
    }
  }
  if (fields.size === 0) return;
  part.put('settings', setting, [...fields.values()]);
  notes.add(
    `${table}: the definitions of custom fields`,
    'as records have them, with the values that were seen',
  );
}

/** A field whose list has all values that were seen. */
function withValues(field: AnyCField, values: readonly string[]): AnyCField {
  if (field.$type !== 'CDropdownField' && field.$type !== 'CMultiSelectDropdownField') return field;
  const dropdownValues = [...new Set(values)].filter((value) => value !== '').map((value) => ({ value }));
  return { ...field, dropdownValues };
}

function valuesOf(field: AnyCField | undefined): string[] {
  if (field?.$type === 'CDropdownField') return [...textsOf(field.dropdownValues), field.value ?? ''];
  if (field?.$type === 'CMultiSelectDropdownField')
    return [...textsOf(field.dropdownValues), ...textsOf(field.values)];
  return [];
}

const textsOf = (values: readonly CFieldValue[] | undefined) => (values ?? []).map(({ value = '' }) => value);

/** Where something was found names its configuration with all that is in it. */
function putConfig(part: PartFile, report: unknown): void {
  const config = (report as Members).standardtestconfig as Members | undefined;
  const id = Number(config?.recordid ?? 0);
  if (id > 0 && !part.has('Test Config', id)) part.put('Test Config', id, config);
}

function listIn(value: unknown, name: string): readonly unknown[] {
  return ((value as Members)[name] ?? []) as readonly unknown[];
}
