import type { TestRun } from '../model/test-run.ts';
import { asList, asText, commaList, type FieldValue, patched, withOwn, withoutOwn } from '../model/value.ts';

/** The attributes of one test of a session, as `testCase` gives and takes them. */
export type TestAttributes = Readonly<Record<string, FieldValue | undefined>>;

/** The attributes of a test by name; the words of its note are a method of their own. */
export function attributesOf(run: TestRun, id: string): TestAttributes {
  return {
    ...run.data,
    id,
    uuid: run.uuid,
    results: run.result,
    ...(run.when !== undefined && { when: String(run.when) }),
    ...(run.user !== undefined && { user: run.user }),
    ...(run.assignedto.length > 0 && { assignedto: run.assignedto.join(',') }),
  };
}

/** A run with one attribute set; id and uuid never change this way. */
export function withAttribute(
  run: TestRun,
  {
    name,
    value,
    untestedCode,
  }: { readonly name: string; readonly value: FieldValue | undefined; readonly untestedCode: string },
): TestRun {
  switch (name) {
    case 'id':
    case 'uuid':
    case 'note':
      return run;
    case 'results':
      return { ...run, result: value === undefined ? untestedCode : asText(value) };
    case 'when':
      return patched(run, { when: value === undefined ? undefined : Number(value) });
    case 'user':
      return patched(run, { user: value === undefined ? undefined : asText(value) });
    case 'assignedto':
      return { ...run, assignedto: asList(value).flatMap(commaList) };
    default:
      return {
        ...run,
        data: value === undefined ? withoutOwn(run.data, name) : withOwn(run.data, name, value),
      };
  }
}
