import { escapeHtml } from '../../text/ascii-html.ts';
import type { FieldDefinition, ListedValue } from '../model/definitions.ts';
import { asList, asText, type FieldValue } from '../model/value.ts';
import { isMultiple } from './execution-fields.ts';

/** What an input is made from, besides the field it is for. */
export interface HtmlInput {
  readonly name: string;
  readonly value: FieldValue | undefined;
  /** Name of a script function; anything but a plain name is left out. */
  readonly onChange?: string;
}

/** One choice of a list. */
type Choice = Pick<ListedValue, 'value'> & { readonly description?: string | undefined };

/** The attributes `id`, `name` and, when asked for, `onchange`. */
function attributesOf({ name, onChange = '' }: HtmlInput): string {
  const handler = /^[A-Za-z_]\w{0,63}$/.test(onChange) ? ` onchange="${onChange}(this)"` : '';
  return `id="${escapeHtml(name)}" name="${escapeHtml(name)}"${handler}`;
}

/** A list to choose one or several values from. A value that is not listed is shown too, so that it is not lost. */
export function htmlSelect(
  input: HtmlInput,
  choices: readonly Choice[],
  { isMultiple: takesSeveral = false, size = 1 }: { isMultiple?: boolean; size?: number } = {},
): string {
  const chosen = asList(input.value);
  const strangers = chosen.filter((value) => !choices.some((choice) => choice.value === value));
  const options = [...choices, ...strangers.map((value) => ({ value }))].map(
    ({ value, description }: Choice) => {
      const mark = chosen.includes(value) ? ' selected' : '';
      return `<option value="${escapeHtml(value)}"${mark}>${escapeHtml(description ?? value)}</option>`;
    },
  );
  const several = takesSeveral ? ` multiple size="${Math.max(2, size)}"` : '';
  return `<select ${attributesOf(input)}${several}>${options.join('')}</select>`;
}

/** The input that fits a field. @param users the accounts to choose from where the field names a user */
export function htmlInput(field: FieldDefinition, input: HtmlInput, users: readonly string[] = []): string {
  switch (field.type) {
    case 'list': {
      const empty = isMultiple(field) ? [] : [{ value: '', description: '' }];
      return htmlSelect(input, [...empty, ...(field.values ?? [])], {
        isMultiple: isMultiple(field),
        size: field.size ?? 4,
      });
    }
    case 'user':
      return htmlSelect(input, [{ value: '', description: '' }, ...users.map((value) => ({ value }))]);
    case 'textarea':
    case 'table': {
      const size = `rows="${field.rows ?? 4}" cols="${field.cols ?? 60}"`;
      return `<textarea ${attributesOf(input)} ${size}>${escapeHtml(asText(input.value))}</textarea>`;
    }
    default:
      return `<input type="text" ${attributesOf(input)} size="${field.size ?? 40}" value="${escapeHtml(asText(input.value))}">`;
  }
}
