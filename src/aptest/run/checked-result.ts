import { errors, type Sent } from '../errors.ts';
import type { OpenSuite } from './open-suite.ts';

/** Whether a result code may be recorded: the suite defines it, or the scenario is lenient. */
export function takesResult({ definition, settings }: OpenSuite, code: string): boolean {
  return settings.lenientResultCodes || definition.results.some((each) => each.code === code);
}

/** A result code that may be recorded. @throws ProductFault for any other */
export function checkedResult(suite: OpenSuite, sent: Sent): string {
  const { definition } = suite;
  const code = sent.value.trim();
  if (takesResult(suite, code)) return code;
  throw errors.noResultCode(
    sent,
    definition.results.map((each) => each.code),
  );
}
