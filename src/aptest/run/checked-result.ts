import { errors, type Sent } from '../errors.ts';
import type { OpenSuite } from './open-suite.ts';

/** A result code that the suite defines; any other is refused unless the scenario is lenient. @throws ProductFault */
export function checkedResult({ definition, settings }: OpenSuite, sent: Sent): string {
  const code = sent.value.trim();
  if (definition.results.some((each) => each.code === code) || settings.lenientResultCodes) return code;
  throw errors.noResultCode(
    sent,
    definition.results.map((each) => each.code),
  );
}
