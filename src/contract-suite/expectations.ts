import { isDeepStrictEqual } from 'node:util';
import { ApTestApiError, TestTrackApiError } from '../client/index.ts';
import { DifferenceError } from './check.ts';

/** @throws DifferenceError when the two are not the same through and through */
export function expectEqual(what: string, got: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(got, expected)) throw new DifferenceError(what, shown(expected), shown(got));
}

/** @throws DifferenceError when it does not hold */
export function expectThat(
  what: string,
  { holds, expected, got }: { readonly holds: boolean; readonly expected: string; readonly got: unknown },
): void {
  if (!holds) throw new DifferenceError(what, expected, shown(got));
}

/** @throws DifferenceError when one of the entries is not in the list */
export function expectContains(what: string, list: readonly unknown[], ...entries: readonly unknown[]): void {
  const missing = entries.filter((entry) => !list.some((each) => isDeepStrictEqual(each, entry)));
  if (missing.length > 0)
    throw new DifferenceError(what, `with ${missing.map(shown).join(', ')}`, shown(list));
}

/** How a fault is expected. */
export interface ExpectedFault {
  readonly number?: number;
  readonly text?: string;
  readonly code?: string;
}

/**
 * Awaits a call that has to be answered with a fault.
 *
 * @throws DifferenceError when it is not, or the fault is another one; any error that is no fault
 */
export async function expectFault(
  what: string,
  call: Promise<unknown>,
  fault: ExpectedFault = {},
): Promise<void> {
  const expected = faultText(fault);
  const error = await refusalOf(what, call, expected);
  if (!(error instanceof TestTrackApiError)) throw error;
  const { number, text, code } = error;
  const isSame =
    (fault.number === undefined || number === fault.number) &&
    (fault.text === undefined || text === fault.text) &&
    (fault.code === undefined || code.endsWith(fault.code));
  if (!isSame) throw new DifferenceError(what, expected, faultText(error));
}

/** The same for a command of rpc.mpl, which has one code and no documented texts. */
export async function expectRefusal(what: string, call: Promise<unknown>): Promise<ApTestApiError> {
  const error = await refusalOf(what, call, 'a refusal with code 1');
  if (!(error instanceof ApTestApiError)) throw error;
  expectEqual(`${what}: the code`, error.code, 1);
  expectThat(`${what}: the message`, {
    holds: error.text.trim() !== '',
    expected: 'a text that explains it',
    got: error.text,
  });
  return error;
}

async function refusalOf(what: string, call: Promise<unknown>, expected: string): Promise<unknown> {
  let value: unknown;
  try {
    value = await call;
  } catch (error) {
    return error;
  }
  throw new DifferenceError(what, expected, `the answer ${shown(value)}`);
}

/** A fault in words. */
export function faultText({
  number,
  text,
  code,
}: {
  number?: number | undefined;
  text?: string;
  code?: string;
}): string {
  const words = [
    'a fault',
    ...(number === undefined ? [] : [String(number)]),
    ...(code ? [`(${code})`] : []),
  ];
  return words.join(' ') + (text === undefined ? '' : ` "${text}"`);
}

const longest = 300;

/** A value for a person: short, on one line. */
function shown(value: unknown): string {
  const text =
    value === undefined ? 'nothing' : value instanceof Uint8Array ? `${value.length} bytes` : jsonOf(value);
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}

function jsonOf(value: unknown): string {
  return JSON.stringify(value, (_, each) => (typeof each === 'bigint' ? String(each) : each));
}
