import type { FieldDefinition, Suite } from '../model/definitions.ts';

/**
 * The execution field a name stands for: its own name, its name without `atm_` (`prid` for `atm_prid`), or its
 * synonym (`timeclock` for `exectimeclock`). All three are documented.
 */
export function executionField(suite: Suite, name: string): FieldDefinition | undefined {
  const { executionFields } = suite;
  return (
    executionFields.find((field) => field.name === name) ??
    executionFields.find((field) => field.name === `atm_${name}`) ??
    executionFields.find((field) => field.synonym === name)
  );
}

/** Whether callers may set a field; the reserved ones are set by recording a result or a note. */
export function isSettable(field: FieldDefinition): boolean {
  return !field.flags.includes('reserved');
}

/** Several values, by definition. */
export function isMultiple(field: FieldDefinition): boolean {
  return field.style === 'multiple' || field.style === 'checkbox';
}
