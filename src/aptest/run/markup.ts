import { escapeHtml, htmlLines } from '../../text/ascii-html.ts';
import { escapeUnits } from '../../text/escapes.ts';
import type { FieldDefinition } from '../model/definitions.ts';
import { plainName } from '../model/names.ts';
import type { Selector, Selectors } from '../model/run-head.ts';
import type { Requirement, TestCase } from '../model/test-case.ts';
import { asList, asText, commaList, type FieldValue, own } from '../model/value.ts';
import { executionField } from '../rules/execution-fields.ts';
import { type HtmlInput, htmlInput, htmlSelect } from '../rules/html-input.ts';
import { selectorInputs } from '../rules/html-selectors.ts';
import { fieldOf, isSelector } from '../rules/selection.ts';
import { interpolated } from '../rules/variables.ts';
import { attributesAt } from './attributes.ts';
import { Field } from './field.ts';
import { userList } from './people.ts';
import { note, notesText } from './results.ts';
import type { RunState } from './run-state.ts';
import { defaultVariable } from './variables.ts';

// HTML for pages and reports. Everything that comes from outside is escaped; there is no inline script.

/** Options of `buildSelectorTable` and `fieldSelection`, by the names of the manual. */
export interface SelectorTableOptions {
  /** Fields that are not selectable too, for reports and edits. */
  readonly allowNonSelectable?: boolean;
  /** The switches for case and regular expressions. */
  readonly showSpecials?: boolean;
  readonly skipResults?: boolean;
  readonly skipAssigned?: boolean;
  /** Choices such as `me` that are read anew each time. */
  readonly showDynamic?: boolean;
  readonly showLabels?: boolean;
}

/** What `generateMarkup` may be told besides test and template. */
export interface MarkupOptions {
  /** Put the values of session variables into the texts. */
  readonly showValues?: boolean;
  readonly showLabels?: boolean;
  readonly test?: TestCase;
  readonly requirement?: Requirement;
}

/** What is appended to the names of inputs when several tests share a form. */
export function suffix(state: RunState, text?: string): string {
  if (text !== undefined) state.memory.formSuffix = text;
  return state.memory.formSuffix;
}

/**
 * The formatted value of an execution field of a test, as HTML or as flat text.
 *
 * @returns undefined when there is no such field or test
 */
export function fieldEntry(
  state: RunState,
  tid: number,
  field: string,
  asFlatText = false,
): string | undefined {
  const definition = executionField(state.suite.definition, field);
  const attributes = attributesAt(state, tid);
  if (!definition || !attributes) return undefined;
  if (definition.name === 'note') return asFlatText ? notesText(state, tid, true) : note(state, tid);
  const value = attributes[definition.name];
  if (asFlatText) return new Field(definition).asFlatText(value);
  if (definition.name === 'results') return escapeHtml(describedResult(state, asText(value)));
  return new Field(definition).asHtml(value);
}

/**
 * An input for an execution field of a test, with the names of the product's own form: `results_<tid>` and
 * `RUNDATA_<field>_<tid>` (observed in clients).
 *
 * @param onChange name of a script function to call on change; left out unless it is a plain name
 */
export function fieldEntryVar(
  state: RunState,
  tid: number,
  field: string,
  suffix = state.memory.formSuffix,
  onChange = '',
): string | undefined {
  const definition = executionField(state.suite.definition, field);
  const attributes = attributesAt(state, tid);
  if (!definition || !attributes) return undefined;
  const name = definition.name === 'results' ? `results_${tid}` : `RUNDATA_${definition.name}_${tid}`;
  const input: HtmlInput = {
    name: name + suffix,
    value: definition.name === 'note' ? '' : attributes[definition.name],
    onChange,
  };
  if (definition.name === 'results') {
    const choices = state.suite.definition.results.map(({ code, description }) => ({
      value: code,
      description,
    }));
    return htmlSelect(input, choices);
  }
  return htmlInput(definition, input, userChoices(state, definition));
}

/** A value as HTML, each part of it wrapped by a callback that gets the field's name and the escaped part, if there is one. */
export function fieldEntryWrap(
  state: RunState,
  tid: number,
  field: string,
  value: FieldValue,
  suffix = '',
  wrap = (_field: string, value: string): string => value,
): string | undefined {
  const definition = executionField(state.suite.definition, field);
  if (!definition) return undefined;
  const parts = asList(value).map((each) => wrap(definition.name, new Field(definition).asHtml(each)));
  const id = `${definition.name}_${tid}${suffix}`;
  return `<span id="${escapeHtml(id)}">${parts.join(', ')}</span>`;
}

/**
 * All selectors as a table of inputs, what is chosen in them marked: the fields of the test schema, and of execution the
 * result and the assignee, unless they are skipped.
 */
export function buildSelectorTable(
  state: RunState,
  selectors: Selectors = state.head.selectors,
  options: SelectorTableOptions = {},
): string {
  const ofExecution = [
    ...(options.skipResults ? [] : ['results']),
    ...(options.skipAssigned ? [] : ['assignedto']),
  ];
  const names = [...state.suite.definition.fields.map(({ name }) => name), ...ofExecution];
  const chosen = { ...state.head.runSelectors, ...selectors };
  const rows = names
    .map((name) => fieldSelection(state, name, own(chosen, name), { ...options, showLabels: true }))
    .filter((row) => row !== undefined && row !== '');
  return `<table class="selectors">${rows.map((row) => `<tr>${row}</tr>`).join('')}</table>`;
}

/**
 * The input to select by a field.
 *
 * @returns an empty text when the field is not selectable, undefined when there is no such field
 */
export function fieldSelection(
  state: RunState,
  field: string,
  current: Selector | FieldValue | undefined,
  options: SelectorTableOptions = {},
): string | undefined {
  if (field === '') return '';
  const ofSchema = state.suite.definition.fields.find(({ name }) => name === field);
  const definition = ofSchema ?? withResultCodes(state, executionField(state.suite.definition, field));
  if (!definition) return undefined;
  const isSelectable = definition.flags.includes('selectable') && !definition.flags.includes('hidden');
  if (!isSelectable && !options.allowNonSelectable) return '';
  const selector = asSelector(current);
  const inputs = selectorInputs(definition, selector, {
    // The name for execution fields is that of the product's own run form; that it is the same here is inferred.
    prefix: ofSchema ? 'SCHEMA_' : 'RUNDATA_',
    showSpecials: options.showSpecials ?? false,
    showDynamic: options.showDynamic ?? false,
    users: userChoices(state, definition),
  });
  if (!options.showLabels) return inputs;
  return `<th>${escapeHtml(new Field(definition).prompt())}</th><td>${inputs}</td>`;
}

/** The session variables as one row of a table: their prompts, or this session's values. */
export function variableTable(state: RunState, isHeader = false): string {
  const shown = state.suite.definition.variables.filter(({ type }) => type !== 'separator');
  const cells = shown.map((variable) =>
    isHeader
      ? `<th>${escapeHtml(variable.prompt ?? variable.name)}</th>`
      : `<td>${htmlLines(asText(own(state.head.variables, variable.name)))}</td>`,
  );
  return `<table class="variables"><tr>${cells.join('')}</tr></table>`;
}

/**
 * Fills a template with `<% name %>` marks: fields of the test, `req.<field>` of its first requirement, execution
 * fields and session variables. Mark-up of the template stays, values are escaped (form of the marks inferred).
 *
 * @returns undefined when there is no such test
 */
export function generateMarkup(
  state: RunState,
  tid: number,
  template: string,
  { showValues = true, showLabels = true, test, requirement }: MarkupOptions = {},
): string | undefined {
  const attributes = attributesAt(state, tid);
  const testCase = test ?? state.suite.tests.withUuid(asText(attributes?.uuid));
  if (!attributes || !testCase) return undefined;
  const linked = requirement ?? firstRequirement(state, testCase);
  const { fields, requirementFields } = state.suite.definition;
  const shown = (definition: FieldDefinition, value: FieldValue | undefined): string => {
    const text = new Field(definition).asHtml(value);
    const filled = showValues ? withVariables(state, text) : text;
    return showLabels ? `${escapeHtml(new Field(definition).label())}: ${filled}` : filled;
  };
  return template.replace(/<%\s*([\w.-]{1,100})\s*%>/g, (mark, name: string) => {
    const required =
      name.startsWith('req.') && requirementFields.find((field) => field.name === name.slice(4));
    if (required) return shown(required, linked && fieldOf(linked, required.name));
    const field = fields.find((each) => each.name === name);
    if (field) return shown(field, fieldOf(testCase, name));
    const execution = executionField(state.suite.definition, name);
    if (execution) return shown(execution, attributes[execution.name]);
    const variable = defaultVariable(state, name);
    return variable === undefined ? escapeHtml(mark) : escapeHtml(showValues ? asText(variable) : mark);
  });
}

/** Declarations for a script that shows fields only while another field holds a value, and knows the mandatory. */
export function javaScriptDependencies(state: RunState, showMandatory = true): string {
  const { executionFields } = state.suite.definition;
  const dependencies = Object.fromEntries(
    executionFields.flatMap(({ name, dependsOn }) => (dependsOn ? [[name, dependsOn]] : [])),
  );
  const mandatory = executionFields
    .filter(({ flags }) => flags.includes('mandatory'))
    .map(({ name }) => name);
  const declarations = [`var fieldDependencies = ${scriptValue(dependencies)};`];
  if (showMandatory) declarations.push(`var mandatoryFields = ${scriptValue(mandatory)};`);
  return declarations.join('\n');
}

/** Puts session variables in for the marks of an escaped text. */
function withVariables(state: RunState, html: string): string {
  const marks = html.replace(/&lt;% ?([\w.-]{1,100}) ?%&gt;/g, '<% $1 %>');
  return interpolated(marks, (name) => escapeHtml(asText(defaultVariable(state, name))));
}

function describedResult(state: RunState, code: string): string {
  return state.suite.definition.results.find((each) => each.code === code)?.description ?? code;
}

/** The result has the codes of the suite for its choices. */
function withResultCodes(
  { suite }: RunState,
  field: FieldDefinition | undefined,
): FieldDefinition | undefined {
  if (field?.name !== 'results') return field;
  return {
    ...field,
    values: suite.definition.results.map(({ code, description }) => ({ value: code, description })),
  };
}

function userChoices(state: RunState, definition: FieldDefinition): readonly string[] {
  return definition.type === 'user' ? userList(state) : [];
}

function firstRequirement(state: RunState, test: TestCase): Requirement | undefined {
  const [link] = asList(fieldOf(test, 'atm_reqlink'));
  if (link === undefined) return undefined;
  return state.suite.requirements.withUuid(link) ?? state.suite.requirements.withPath(plainName(link));
}
function asSelector(current: Selector | FieldValue | undefined): Selector {
  if (current === undefined) return { values: [] };
  if (isSelector(current)) return current;
  return { values: typeof current === 'string' ? commaList(current) : current };
}

/** A value as a script literal that cannot end the script element it may stand in. */
function scriptValue(value: unknown): string {
  return escapeUnits(JSON.stringify(value), /[<>&\u2028\u2029]/g);
}
