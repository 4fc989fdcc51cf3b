import { escapeHtml } from '../../text/ascii-html.ts';
import type { FieldDefinition } from '../model/definitions.ts';
import type { Selector } from '../model/run-head.ts';
import { dynamicWords } from './dynamic-values.ts';
import { htmlSelect } from './html-input.ts';

/** How the inputs of a selector are made. */
export interface SelectorInputOptions {
  /** Before the field's name in the names of inputs: `SCHEMA_` or `REQ_`. */
  readonly prefix: string;
  readonly showSpecials: boolean;
  readonly showDynamic: boolean;
  /** The accounts to choose from where the field names a user. */
  readonly users: readonly string[];
}

/** The inputs to select by a field: the names are those that `createSet` takes. */
export function selectorInputs(
  field: FieldDefinition,
  selector: Selector,
  options: SelectorInputOptions,
): string {
  const name = options.prefix + field.name;
  const main = mainInput(field, selector, { ...options, name });
  if (!options.showSpecials || !isSearchedAsText(field)) return main;
  const special = (flag: 'isCS' | 'isRE', label: string): string => {
    const mark = selector[flag] ? ' checked' : '';
    return ` <label><input type="checkbox" name="${escapeHtml(`${name}_${flag}`)}" value="1"${mark}> ${label}</label>`;
  };
  return main + special('isCS', 'case-sensitive') + special('isRE', 'regular expression');
}

/** Only texts are searched by case and by pattern; lists, ids and ranges have ways of their own. */
function isSearchedAsText({ type = 'text' }: FieldDefinition): boolean {
  return type === 'text' || type === 'textarea' || type === 'table' || type === 'requirements';
}

function mainInput(
  field: FieldDefinition,
  selector: Selector,
  { name, showDynamic, users }: SelectorInputOptions & { readonly name: string },
): string {
  const dynamic = showDynamic ? dynamicChoices(field) : [];
  const value = selector.values.length === 0 ? ['any'] : selector.values;
  const any = { value: 'any', description: 'any' };
  switch (field.type) {
    case 'list':
      return htmlSelect({ name, value }, [any, ...dynamic, ...(field.values ?? [])], {
        isMultiple: true,
        size: field.size ?? 4,
      });
    case 'user': {
      const choices = [any, ...dynamic, ...users.map((user) => ({ value: user }))];
      return htmlSelect({ name, value }, choices, { isMultiple: true, size: field.size ?? 4 });
    }
    default: {
      const text = escapeHtml(selector.values.join(','));
      return `<input type="text" id="${escapeHtml(name)}" name="${escapeHtml(name)}" size="${field.size ?? 40}" value="${text}">`;
    }
  }
}

/** Words that are read anew each time, with what they mean where that is not plain. */
function dynamicChoices({ type }: FieldDefinition): { value: string; description: string }[] {
  const meanings: Readonly<Record<string, string>> = { me: 'me (the user who selects)' };
  return dynamicWords(type).map((value) => ({ value, description: meanings[value] ?? value }));
}
