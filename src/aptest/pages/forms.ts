import { escapeHtml } from '../../text/ascii-html.ts';
import type { VariableDefinition } from '../model/definitions.ts';
import { windowSeconds } from '../model/run-head.ts';
import { asText, type FieldValue } from '../model/value.ts';
import { htmlInput, htmlSelect } from '../rules/html-input.ts';
import { writtenTime } from '../rules/note-fragment.ts';
import { variableDefault } from '../rules/variables.ts';
import type { PageArguments } from './perform.ts';

// What forms are made of. An input's id is its name, so a label finds it by that.

/** An input under its label. @param input HTML of an input whose id is `name` */
export function labelled(label: string, name: string, input: string): string {
  return `<div class="field"><label for="${escapeHtml(name)}">${escapeHtml(label)}</label><div>${input}</div></div>`;
}

/** Choices of which each may be taken or not, under one label. */
export function checkboxes(label: string, name: string, choices: readonly string[]): string {
  const boxes = choices.map(
    (value) =>
      `<label><input type="checkbox" name="${escapeHtml(name)}" value="${escapeHtml(value)}"> ${escapeHtml(value)}</label>`,
  );
  return `<fieldset class="choices"><legend>${escapeHtml(label)}</legend>${boxes.join(' ')}</fieldset>`;
}

/** A line of text to enter. */
export function textField(label: string, name: string, value = ''): string {
  return labelled(label, name, htmlInput({ name, flags: [] }, { name, value }));
}

/** Several lines of text to enter. */
export function linesField(label: string, name: string, value = ''): string {
  return labelled(label, name, htmlInput({ name, type: 'textarea', flags: [] }, { name, value }));
}

/** One of several values, or none of them. @param none what no choice is called */
export function choiceField(
  label: string,
  { name, value, none = '' }: { readonly name: string; readonly value: FieldValue; readonly none?: string },
  choices: readonly { readonly value: string; readonly description?: string | undefined }[],
): string {
  return labelled(label, name, htmlSelect({ name, value }, [{ value: '', description: none }, ...choices]));
}

/** Planned dates and on-time windows, by the names that createSet and createSession have for them. */
export function scheduleFields(value: (name: string) => string): string {
  const moment = (label: string, name: string): string => {
    const written = /^\d+$/.test(value(name)) ? writtenTime(Number(value(name))).slice(0, 16) : value(name);
    const input = `<input type="datetime-local" id="${name}" name="${name}" value="${escapeHtml(written.replace(' ', 'T'))}">`;
    return labelled(label, name, input);
  };
  const tolerance = (label: string, name: string): string =>
    choiceField(label, { name, value: value(name) }, windowChoices);
  const fields = [
    moment('Planned start (UTC)', 'startdateplanned'),
    tolerance('Start is on time within', 'startdatewindow'),
    moment('Planned end (UTC)', 'enddateplanned'),
    tolerance('End is on time within', 'enddatewindow'),
  ];
  return `<div class="fields pairs">${fields.join('')}</div>`;
}

const windowChoices = windowSeconds.map((seconds) => {
  const hours = seconds / 3600;
  return { value: String(seconds), description: hours > 24 ? `${hours / 24} days` : `${hours} hours` };
});

/** Dates as browsers send them, as the seconds that commands take; whatever else came is left as it is. */
export function withSeconds(given: PageArguments): PageArguments {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      const [first = ''] = [value].flat();
      const isMoment = name.endsWith('dateplanned') && /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?$/.test(first);
      const time = isMoment ? Date.parse(`${first}Z`) : Number.NaN;
      return [name, Number.isNaN(time) ? value : String(time / 1000)];
    }),
  );
}

/** An input for a session variable. @param value what it holds; its default when absent */
export function variableField(variable: VariableDefinition, value?: FieldValue): string {
  const name = `VAR_${variable.name}`;
  const label = variable.prompt ?? variable.name;
  const current = value ?? variableDefault(variable) ?? '';
  switch (variable.type) {
    case 'separator':
      return `<h3>${escapeHtml(label)}</h3>`;
    case 'derived':
      return `<p class="field">${escapeHtml(label)}: computed</p>`;
    case 'single':
      return choiceField(label, { name, value: current }, variable.values);
    case 'multiple':
      return labelled(
        label,
        name,
        htmlSelect({ name, value: current }, variable.values, { isMultiple: true, size: 4 }),
      );
    case 'text':
      return textField(label, name, asText(current));
    case 'textbox':
      return linesField(label, name, asText(current));
  }
}
