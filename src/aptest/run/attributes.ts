import { errors } from '../errors.ts';
import type { TestRun } from '../model/test-run.ts';
import { asText, tallied } from '../model/value.ts';
import { executionField } from '../rules/execution-fields.ts';
import { headAfterAssignment } from '../rules/recording.ts';
import { attributesOf, type TestAttributes, withAttribute } from '../rules/test-attributes.ts';
import { epochKind, ofKind } from '../rules/value-kinds.ts';
import { checkedResult } from './checked-result.ts';
import type { RunState } from './run-state.ts';

/**
 * Reads the attributes of a test, or merges some in first. An undefined value takes the attribute away. Names have to
 * be execution fields of the suite.
 *
 * @returns undefined when there is no such test; without an index the attributes of all tests
 */
export function testCase(
  state: RunState,
  tid?: number,
  attributes?: TestAttributes,
): TestAttributes | readonly TestAttributes[] | undefined {
  if (tid === undefined) return Array.from(eachTest(state), ({ attributes: each }) => each);
  if (attributes) setRunData(state, tid, attributes);
  return attributesAt(state, tid);
}

/** One test of a session in a walk over all of them. */
export interface WalkedTest {
  readonly tid: number;
  readonly attributes: TestAttributes;
  /** What happened to it; undefined for a test that nothing happened to. */
  readonly run: TestRun | undefined;
}

/** All tests, one by one in order. */
export function* eachTest({ store, suite }: RunState): Iterable<WalkedTest> {
  const { uuids, ids } = store.list();
  const runs = store.runReader();
  const results = suite.definition.untestedCode;
  for (const [tid, uuid] of uuids.entries()) {
    const run = runs(uuid);
    const id = ids[tid] ?? '';
    const attributes = run ? attributesOf(run, id) : { id, uuid, results };
    yield { tid, attributes, run };
  }
}

/** The attributes of one test; undefined when there is none at that index. */
export function attributesAt(state: RunState, tid: number): TestAttributes | undefined {
  const run = state.runAt(tid);
  return run && attributesOf(run, state.store.list().ids[tid] ?? '');
}

/** Sets execution fields of a test, if there is one; those that are not named keep their values (documented). */
export function setRunData(state: RunState, tid: number, attributes: TestAttributes): void {
  const run = state.runAt(tid);
  if (!run) return;
  const { head, suite } = state;
  let next = run;
  for (const [name, value] of Object.entries(attributes)) {
    const field = executionField(suite.definition, name);
    if (!field) throw errors.noField({ argument: name, value: name });
    if (value !== undefined && field.name === 'results') {
      checkedResult(suite, { argument: name, value: asText(value) });
    }
    if (value !== undefined && field.name === 'when')
      ofKind(epochKind, { argument: name, value: asText(value) });
    next = withAttribute(next, { name: field.name, value, untestedCode: suite.definition.untestedCode });
  }
  const hasNewResult = next.result !== run.result;
  state.mustBeWritable();
  state.store.putRun(next);
  state.change({
    ...(hasNewResult
      ? { results: tallied(tallied(head.results, run.result, -1), next.result, 1), lastTest: tid }
      : {}),
    ...headAfterAssignment(head, run.assignedto, next.assignedto),
  });
}
