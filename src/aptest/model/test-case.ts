import { table } from '../../world/table.ts';
import { uuidKey } from './names.ts';
import type { FieldValues } from './value.ts';

/** A test case of a suite. */
export interface TestCase {
  /** As the scenario writes it; compared without case. */
  readonly uuid: string;
  /** Full path: `A.dir/B.bts`. */
  readonly id: string;
  /** Place in the suite's order, from 0. */
  readonly position: number;
  /** `1.2.1`; used as the name when the suite is in auto-outline mode. */
  readonly outline?: string;
  readonly fields: FieldValues;
}

/** A requirement. Its id has no ending: `top/sub/name`. */
export interface Requirement {
  readonly uuid: string;
  readonly id: string;
  readonly position: number;
  readonly outline?: string;
  readonly fields: FieldValues;
}

export const testCases = table<TestCase>('testCases', { key: ({ uuid }) => uuidKey(uuid) });

export const requirements = table<Requirement>('requirements', { key: ({ uuid }) => uuidKey(uuid) });
