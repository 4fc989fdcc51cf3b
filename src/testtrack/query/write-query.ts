import type { Condition, Query, Test } from './ast.ts';

/** Writes a query in the language that `parseQuery` reads, every restriction in its full form. */
export function writeQuery(query: Query): string {
  return JSON.stringify(queryValue(query));
}

type JsonObject = Readonly<Record<string, unknown>>;

function queryValue(query: Query): JsonObject {
  switch (query.op) {
    case 'and':
      return { '<and>': query.parts.map(queryValue) };
    case 'or':
      return { '<or>': query.parts.map(queryValue) };
    case 'not':
      return { '<not>': queryValue(query.part) };
    case 'field':
      return { [query.field]: conditionValue(query.condition) };
  }
}

function conditionValue(condition: Condition): JsonObject {
  switch (condition.op) {
    case 'and':
      return { '<and>': condition.parts.map(conditionValue) };
    case 'or':
      return { '<or>': condition.parts.map(conditionValue) };
    case 'not':
      return { '<not>': conditionValue(condition.part) };
    case 'test': {
      const { test, matches, event } = condition;
      return {
        ...testValue(test),
        ...(matches ? {} : { '<matches>': false }),
        ...(event === undefined ? {} : { '<event>': event }),
      };
    }
  }
}

function testValue(test: Test): JsonObject {
  switch (test.is) {
    case 'condition':
      return { '<bool>': test.value };
    case 'empty':
      return { '<empty>': true };
    case 'dates':
    case 'range':
    case 'versions':
      return {
        ...(test.from === undefined ? {} : { '<from>': test.from }),
        ...(test.through === undefined ? {} : { '<through>': test.through }),
      };
    case 'period':
      return { '<named>': test.name };
    case 'numbers':
      return { '<numbers>': test.numbers };
    case 'terms':
      return { [`<${test.mode}>`]: test.terms };
    case 'below':
      return { '<below>': test.paths };
  }
}
