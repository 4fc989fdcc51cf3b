import { faults } from '../faults.ts';
import type { ProjectView } from '../project-view.ts';

/** A field whose values come from a list: which table, and its label before any renaming. */
export interface DropdownField {
  readonly table: string;
  readonly field: string;
}

/**
 * Checks a value against the list of its field. An empty value clears the field; a value that was there before
 * may stay although it has left the list.
 *
 * @throws fault 23 for a value that is not in the list [documented that it must be; number inferred]
 */
export function requireDropdownValue(
  project: ProjectView,
  { table, field }: DropdownField,
  { value, before }: { value: string; before: string | undefined },
): void {
  if (value === '' || value === before) return;
  const values = project.dropdownValues(table, field) ?? [];
  if (values.includes(value)) return;
  const label = project.labelOf(table, field);
  throw faults.invalidData(
    `"${value}" is not a value of ${label}`,
    `${label} of ${table} takes ${values.map((known) => `"${known}"`).join(', ') || 'no values: its list is empty'}. Add the value with addDropdownFieldValuesForTable or in the scenario (lists).`,
  );
}
