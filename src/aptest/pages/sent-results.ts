import { asText, type FieldValue } from '../model/value.ts';
import { isMultiple, isSettable } from '../rules/execution-fields.ts';
import type { TestSession } from '../run/test-session.ts';
import { type PageRequest, param } from './page.ts';

/** Entries as the command `result` takes several of them, each under the name of the input it comes from. */
type Entries = Readonly<Record<string, readonly Readonly<Record<string, FieldValue>>[]>>;

/** What a form says of tests that differs from what is there: a form sends all its inputs, and only these were entered. */
export function changedEntries(request: PageRequest, session: TestSession): Entries {
  const entries = [...sentTids(request)].flatMap((tid): [string, Record<string, FieldValue>[]][] => {
    const changed = changedFor(request, session, tid);
    return Object.keys(changed).length === 0 ? [] : [[`results_${tid}`, [{ tid: String(tid), ...changed }]]];
  });
  return Object.fromEntries(entries);
}

function sentTids(request: PageRequest): Set<number> {
  const tids = new Set<number>();
  for (const name of request.params.keys()) {
    const tid = /^(?:results|RUNDATA_\w+)_(\d{1,9})$/.exec(name)?.[1];
    if (tid !== undefined) tids.add(Number(tid));
  }
  return tids;
}

function changedFor(request: PageRequest, session: TestSession, tid: number): Record<string, FieldValue> {
  const now = session.testCase(tid) ?? {};
  const changed: Record<string, FieldValue> = {};
  const result = param(request, `results_${tid}`);
  if (result !== '' && result !== now.results) changed.result = result;
  const note = param(request, `RUNDATA_note_${tid}`).trim();
  if (note !== '') changed.note = note;
  for (const field of session.suite.definition.executionFields.filter(isSettable)) {
    const sent = request.params.get(`RUNDATA_${field.name}_${tid}`);
    if (!sent) continue;
    const entered = isMultiple(field) ? sent.filter((each) => each !== '') : (sent[0] ?? '');
    if (asText(entered) !== asText(now[field.name])) changed[`EXECDATA_${field.name}`] = entered;
  }
  return changed;
}
