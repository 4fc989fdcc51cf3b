import type { ColumnCatalogue } from '../columns/catalogue.ts';
import type { Column } from '../columns/column.ts';
import { possibleNames } from '../columns/name-lists.ts';
import { faults } from '../faults.ts';
import type { View } from '../rules/view.ts';
import { type Condition, maxLevels, maxRestrictions, type Query } from './ast.ts';
import { isObject, QuerySyntaxError, readQueryText, type TextEntry, type TextValue } from './query-text.ts';
import { FieldProblem, keyed, readTerm } from './terms.ts';

/** What a query is read against: the fields of its table, and what their values can be. */
export interface QueryScope {
  readonly catalogue: ColumnCatalogue;
  readonly view: View;
}

const operators = ['<and>', '<or>', '<not>'] as const;
type Operator = (typeof operators)[number];

/**
 * Reads a query.
 *
 * @returns the query with the fields by their labels in the project
 * @throws fault 11 for text that is no query, or naming every faulty field, sorted [documented for the order]
 */
export function parseQuery(text: string, scope: QueryScope): Query {
  return new QueryReader(scope).read(textValue(text));
}

function textValue(text: string): TextValue {
  try {
    return readQueryText(text);
  } catch (error) {
    if (!(error instanceof QuerySyntaxError)) throw error;
    throw faults.invalidParameter(
      `query: expected ${error.expected} at character ${error.at + 1}`,
      "A query looks like {'Priority': 'High', 'Date Entered': {'<from>': '2018-01-01'}}.",
    );
  }
}

/** A whole query that cannot be taken, whatever its fields are. */
function refused(what: string, hint: string) {
  return faults.invalidParameter(`query: ${what}`, hint);
}

class QueryReader {
  private readonly seen = new Set<Column>();
  private readonly problems = new Map<string, FieldProblem>();
  private restrictions = 0;

  constructor(private readonly scope: QueryScope) {}

  read(value: TextValue): Query {
    const query = this.group(value, 0);
    if (this.restrictions > maxRestrictions) {
      throw refused(
        `more than ${maxRestrictions} restrictions`,
        `This one has ${this.restrictions}. Ask for less, or put some into a filter and give both.`,
      );
    }
    if (this.problems.size === 0) return query;
    const sorted = [...this.problems].sort(([a], [b]) => compareNames(a, b));
    throw refused(
      sorted.map(([field, { text }]) => `"${field}" ${text}`).join('; '),
      sorted.map(([field, { hint }]) => `${field}: ${hint}`).join(' '),
    );
  }

  /** An object of fields and operators: all of them hold. */
  private group(value: TextValue, level: number): Query {
    if (!isObject(value)) throw refused('fields in braces are missing', "Write {'Field': value}.");
    const parts = value.entries.map((entry) => this.part(entry, level));
    const [only] = parts;
    return parts.length === 1 && only ? only : { op: 'and', parts };
  }

  private part([key, value]: TextEntry, level: number): Query {
    const operator = operatorNamed(key);
    if (!operator) return this.field(key, value, level);
    requireLevel(level + 1);
    if (operator === '<not>') return { op: 'not', part: this.group(value, level + 1) };
    if (!Array.isArray(value))
      throw refused(`${operator} takes a list`, `Write {'${operator}': [{…}, {…}]}.`);
    const parts = (value as readonly TextValue[]).map((each) => this.group(each, level + 1));
    return { op: operator === '<and>' ? 'and' : 'or', parts };
  }

  private field(name: string, value: TextValue, level: number): Query {
    this.restrictions += 1;
    if (this.restrictions > maxRestrictions) return { op: 'and', parts: [] };
    const column = this.scope.catalogue.field(name);
    if (!column) {
      this.problems.set(name, this.unknown(name));
      return { op: 'and', parts: [] };
    }
    const { label } = column;
    if (this.seen.has(column)) {
      this.problems.set(label, new FieldProblem('is there twice', 'A field can be used once in a query.'));
    }
    this.seen.add(column);
    try {
      return { op: 'field', field: label, condition: this.condition(column, value, level) };
    } catch (error) {
      if (!(error instanceof FieldProblem)) throw error;
      if (!this.problems.has(label)) this.problems.set(label, error);
      return { op: 'and', parts: [] };
    }
  }

  /** What a field has to fulfil: one test, a list of which one is enough, or tests under an operator. */
  private condition(column: Column, value: TextValue, level: number): Condition {
    if (Array.isArray(value))
      return this.conditions(column, { values: value as readonly TextValue[], op: 'or', level });
    const operation = isObject(value) ? operationOf(value) : undefined;
    if (!operation) return { op: 'test', ...readTerm(column, value, this.scope.view) };
    requireLevel(level + 1);
    const { operator, operand, isAlone } = operation;
    if (!isAlone) throw new FieldProblem(`has ${operator} and other keys`, `Let ${operator} stand alone.`);
    if (operator === '<not>') return { op: 'not', part: this.condition(column, operand, level + 1) };
    if (!Array.isArray(operand))
      throw new FieldProblem(`needs a list for ${operator}`, 'Write it in brackets.');
    return this.conditions(column, {
      values: operand as readonly TextValue[],
      op: operator === '<and>' ? 'and' : 'or',
      level: level + 1,
    });
  }

  private conditions(
    column: Column,
    {
      values,
      op,
      level,
    }: { readonly values: readonly TextValue[]; readonly op: 'and' | 'or'; readonly level: number },
  ): Condition {
    if (values.length === 0) throw new FieldProblem('has an empty list', 'Give at least one value.');
    const parts = values.map((value) => {
      if (Array.isArray(value)) throw new FieldProblem('has a list within a list', 'Write one list.');
      return this.condition(column, value, level);
    });
    return { op, parts };
  }

  private unknown(name: string): FieldProblem {
    const { catalogue } = this.scope;
    const renamed = catalogue.renamedFrom(name);
    if (renamed)
      return new FieldProblem('is no field here', `It is called "${renamed.label}" in this project.`);
    const labels = catalogue.columns.map(({ label }) => label);
    return new FieldProblem(
      'is no field here',
      `Fields: ${possibleNames(name, labels, 'getColumnsForTable lists all')}`,
    );
  }
}

function operatorNamed(key: string): Operator | undefined {
  const name = key.toLowerCase();
  return operators.find((known) => known === name);
}

/** What an object asks for under an operator; undefined when it has none. */
function operationOf({ entries }: { readonly entries: readonly TextEntry[] }) {
  const keys = keyed(entries);
  const operator = operators.find((known) => keys.has(known));
  const operand = operator && keys.get(operator);
  return operator && operand !== undefined ? { operator, operand, isAlone: keys.size === 1 } : undefined;
}

function requireLevel(level: number): void {
  if (level <= maxLevels) return;
  throw refused(
    `more than ${maxLevels} levels of <and>, <or> and <not>`,
    'Write it flatter: fields in one pair of braces are joined by AND anyway.',
  );
}

function compareNames(a: string, b: string): number {
  const [one, two] = [a.toLowerCase(), b.toLowerCase()];
  return one < two ? -1 : one > two ? 1 : 0;
}
