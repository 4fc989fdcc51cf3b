import { describe, expect, test } from 'vitest';
import { Pending } from '../../../src/answers/pending.ts';
import { SoapFault } from '../../../src/soap/soap-fault.ts';
import { testTrackProblems } from '../../../src/testtrack/invariants.ts';
import type { OperationName } from '../../../src/testtrack/model/operation-types.generated.ts';
import { serverScope, sessionUses } from '../../../src/testtrack/model/tables.ts';
import { ProductFault } from '../../../src/world/product-fault.ts';
import type { World } from '../../../src/world/world.ts';
import { type BadValue, badValues } from '../../support/bad-parts.ts';
import {
  everyKind,
  everyKindGlobals,
  type SessionOperationName,
  sessionCalls,
} from '../../support/session-calls.ts';
import { writeCall, wsdlModel } from '../../support/soap-message.ts';
import { codec } from '../../support/soap-requests.ts';
import { testTrack } from '../../support/testtrack.ts';

const { tt, runner } = testTrack({
  globalUsers: everyKindGlobals,
  projects: [{ name: 'Project', ...everyKind }],
});
const logOn = (username: string, password: string) =>
  tt.DatabaseLogon({ dbname: 'Project', username, password });
const cookie = logOn('admin', 'secret');
const powerless = logOn('nobody', 'nobody');
const loggedOn = runner.world;

const names = Object.keys(sessionCalls) as SessionOperationName[];

/** Which operations change the state, by what their names say. */
const isWrite = (name: string): boolean => !/^(?:get|Get|create(?!Snapshot))/.test(name);

/** What every user may do without a command. */
const free: readonly string[] = ['DatabaseLogoff', 'formattedTextSupport'];

/** The state as it is before the call of an operation, and the good parts of that call. */
function prepared(name: SessionOperationName) {
  runner.restore(loggedOn);
  const parts: Record<string, unknown> = { ...sessionCalls[name](tt, cookie), cookie };
  return { parts, before: runner.world };
}

type Ending = { readonly done: unknown } | { readonly refused: ProductFault | SoapFault };

/** Sends a call as text through decoder, operation and encoder; anything but a fault comes through as an error. */
function send(name: OperationName, xml: string): Ending {
  try {
    const { input } = codec.readRequest(xml);
    const result = tt[name](input as never);
    if (!((result as unknown) instanceof Pending)) codec.writeAnswer(name, result);
    return { done: result };
  } catch (error) {
    if (error instanceof ProductFault || error instanceof SoapFault) return { refused: error };
    throw error;
  }
}

/** What of the state is another value than before; when sessions were last used is no part of it. */
function changed(before: World): string[] {
  const after = runner.world;
  const paths = new Set([...before.collections.keys(), ...after.collections.keys()]);
  paths.delete(`${serverScope}/${sessionUses.name}`);
  const collections = [...paths].filter(
    (path) => before.collections.get(path) !== after.collections.get(path),
  );
  return before.counters === after.counters ? collections : [...collections, 'counters'];
}

/** How a call with one bad value went wrong in our eyes; undefined when it was taken as it should be. */
function mistakeIn(
  name: OperationName,
  good: { readonly parts: object; readonly before: World },
  bad: BadPart,
): string | undefined {
  runner.restore(good.before);
  const ending = send(name, writeCall(name, { ...good.parts, [bad.part]: bad.value }));
  if ('refused' in ending) {
    const touched = changed(good.before);
    if (touched.length > 0) return `${bad.label}: the refused call changed ${touched.join(', ')}`;
    return ending.refused.hint === '' ? `${bad.label}: the fault has no hint` : undefined;
  }
  if (bad.wrong === 'wrong type' || bad.wrong === 'out of range') return `${bad.label}: was taken`;
  const [problem] = runner.world === good.before ? [] : testTrackProblems(runner.world);
  return problem === undefined ? undefined : `${bad.label}: broke the state: ${problem}`;
}

interface BadPart extends BadValue {
  readonly part: string;
}

function* badParts(name: OperationName, parts: Readonly<Record<string, unknown>>): Generator<BadPart> {
  for (const { name: part, type } of wsdlModel.operations.get(name)?.input ?? []) {
    for (const bad of badValues(part, type, parts[part])) yield { ...bad, part };
  }
}

/** The operations that need no session, those without parts left out. */
const serverCalls = {
  getProjectList: { username: 'admin', password: 'secret' },
  DatabaseLogon: { dbname: 'Project', username: 'admin', password: 'secret' },
  ProjectLogon: {
    pProj: { database: { name: 'Project' }, options: [{ name: 'TestTrack Pro' }], servernumber: 0 },
    username: 'admin',
    password: 'secret',
  },
};

test.each(Object.keys(serverCalls) as (keyof typeof serverCalls)[])(
  '%s with parts that are missing, null, of a wrong type or out of range is refused or done, all or nothing',
  (name) => {
    const good = { parts: serverCalls[name], before: loggedOn };
    runner.restore(loggedOn);
    expect(send(name, writeCall(name, good.parts))).toHaveProperty('done');
    const mistakes = [...badParts(name, good.parts)].flatMap((bad) => mistakeIn(name, good, bad) ?? []);
    expect(mistakes).toEqual([]);
  },
);

test('there is a call of every operation of a session', () => {
  const declared = [...wsdlModel.operations.values()].filter(({ input }) => input[0]?.name === 'cookie');
  expect([...names].sort()).toEqual(declared.map(({ name }) => name).sort());
});

describe.each(names)('%s', (name) => {
  test(`does what it is for, and ${isWrite(name) ? 'changes' : 'does not change'} the state`, () => {
    const { parts, before } = prepared(name);
    expect(send(name, writeCall(name, parts))).toHaveProperty('done');
    expect(changed(before).length > 0).toBe(isWrite(name));
  });

  test('takes parts it does not know as if they were not there', () => {
    const { parts } = prepared(name);
    const unknown = '<bogus xsi:type="xsd:string">1</bogus><__proto__><x>1</x></__proto__>';
    const xml = writeCall(name, parts).replace(`</ns:${name}>`, `${unknown}</ns:${name}>`);
    expect(send(name, xml)).toHaveProperty('done');
  });

  test('refuses every cookie that is not one with 17, and leaves the state as it was', () => {
    const { parts, before } = prepared(name);
    for (const other of [undefined, null, 0, -1, 12345, '9223372036854775807']) {
      const ending = send(name, writeCall(name, { ...parts, cookie: other }));
      expect(ending).toMatchObject({ refused: { code: 17 } });
    }
    expect(changed(before)).toEqual([]);
  });

  test('with parts that are missing, null, of a wrong type or out of range is refused or done, all or nothing', () => {
    const good = prepared(name);
    const mistakes = [...badParts(name, good.parts)].flatMap((bad) => mistakeIn(name, good, bad) ?? []);
    expect(mistakes).toEqual([]);
  });

  if (isWrite(name) && !free.includes(name)) {
    test('is refused with 5 for a user whose groups allow nothing, and leaves the state as it was', () => {
      const { parts, before } = prepared(name);
      const ending = send(name, writeCall(name, { ...parts, cookie: powerless }));
      expect(ending).toMatchObject({ refused: { code: expect.toBeOneOf([5, 135]) } });
      expect(changed(before)).toEqual([]);
    });
  }
});
