import { escapeHtml, htmlLines } from '../../text/ascii-html.ts';
import type { FieldDefinition, FieldFlag } from '../model/definitions.ts';
import { asList, asText, type FieldValue } from '../model/value.ts';
import { isMultiple } from '../rules/execution-fields.ts';
import { writtenTime } from '../rules/note-fragment.ts';
import { isRangeType } from '../rules/selection.ts';

/** An execution field: `TestSession::Field` of the manual, with the methods and defaults it documents. */
export class Field {
  readonly definition: FieldDefinition;

  /** @param field a definition, or only a name for a plain text field */
  constructor(field: FieldDefinition | string) {
    this.definition = typeof field === 'string' ? { name: field, flags: [] } : field;
  }

  /** The name, as results and notes have it. */
  get name(): string {
    return this.definition.name;
  }

  /** The label, else the name. */
  label(): string {
    return this.definition.label ?? this.name;
  }

  /** The prompt, else the label. */
  prompt(): string {
    return this.definition.prompt ?? this.label();
  }

  /** The type, else `text`. */
  type(): string {
    return this.definition.type ?? 'text';
  }

  /** The style, else `text`. */
  style(): string {
    return this.definition.style ?? 'text';
  }

  /** Rows and columns of a text area or table; of every other type one number. */
  size(): number | readonly [number, number] {
    const { type, rows = 4, cols = 60, size } = this.definition;
    if (type === 'textarea' || type === 'table') return [rows, cols];
    return size ?? (type === 'list' ? (isMultiple(this.definition) ? 4 : 1) : 40);
  }

  /** The size as attributes of an input element, none larger than the limit. */
  sizeAsHtml(limit = Number.POSITIVE_INFINITY): string {
    const size = this.size();
    if (typeof size === 'number') return `size="${Math.min(size, limit)}"`;
    return `rows="${Math.min(size[0], limit)}" cols="${Math.min(size[1], limit)}"`;
  }

  /** A value as HTML, by the field's style. Everything is escaped; a link is only made of http and https. */
  asHtml(value: FieldValue | undefined): string {
    if (this.isList())
      return asList(value)
        .map((each) => escapeHtml(this.wordsFor(each)))
        .join(', ');
    const text = this.asFlatText(value);
    if (this.definition.style === 'link' && /^https?:\/\//i.test(text)) {
      return `<a href="${escapeHtml(text)}" rel="noreferrer">${escapeHtml(text)}</a>`;
    }
    return this.type() === 'textarea' ? htmlLines(text) : escapeHtml(text);
  }

  /** A value as plain text; a point in time is written as date and time in UTC, or as the date (form inferred). */
  asFlatText(value: FieldValue | undefined): string {
    const text = asText(value);
    if (this.isDate() === 0 || !/^\d+$/.test(text)) return text;
    const time = writtenTime(Number(text));
    return this.isDate() === 1 ? time.slice(0, 10) : time;
  }

  /** The special variable name, else the name. */
  varName(): string {
    return this.definition.varName ?? this.name;
  }

  /** The legal values; undefined when the field is not a list. */
  valuesList(): string[] | undefined {
    return this.isList() ? (this.definition.values ?? []).map(({ value }) => value) : undefined;
  }

  /** Their descriptions, values standing in for missing ones; undefined when the field is not a list. */
  descs(): string[] | undefined {
    return this.isList()
      ? (this.definition.values ?? []).map(({ value, description }) => description ?? value)
      : undefined;
  }

  /** The FLAGS column of a SCHEMA2 file: the flags, parted by commas. */
  getFlags(): string {
    return this.definition.flags.join(',');
  }

  /** Whether the definition has this flag. */
  hasFlag(flag: FieldFlag): boolean {
    return this.definition.flags.includes(flag);
  }

  /** Whether values are chosen from a list. */
  isList(): boolean {
    return this.definition.type === 'list';
  }

  /** Whether the field can be searched by a range. */
  isRange(): boolean {
    return isRangeType(this.definition.type);
  }

  /** 1 for a date, 2 for date and time, 0 for neither. */
  isDate(): 0 | 1 | 2 {
    return this.definition.type === 'date' ? 1 : this.definition.type === 'datetime' ? 2 : 0;
  }

  private wordsFor(value: string): string {
    return this.definition.values?.find((listed) => listed.value === value)?.description ?? value;
  }
}
