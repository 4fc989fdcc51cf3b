import type { FieldDefinition } from '../model/definitions.ts';
import type { Selector } from '../model/run-head.ts';

/** A selector in words: `Priority is high or low`, `Title matches "^A" (case-sensitive)`. */
export function describedSelector(field: FieldDefinition, selector: Selector): string {
  const label = field.label ?? field.name;
  if (selector.values.length === 0 || selector.values.includes('any')) return `${label} is anything`;
  const words = selector.values.map((value) => {
    const known = field.values?.find((listed) => listed.value === value);
    return known?.description ?? value;
  });
  const verb = selector.isRE
    ? 'matches'
    : field.type === 'text' || field.type === 'textarea'
      ? 'contains'
      : 'is';
  return `${label} ${verb} ${words.join(' or ')}${selector.isCS ? ' (case-sensitive)' : ''}`;
}
