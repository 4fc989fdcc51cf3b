import type { PartFile } from './part-file.ts';
import type { ReadSession, ReadTest } from './suite-reader.ts';

/** A test case of a suite that is made again. */
export interface KnownTest {
  /** How sets and sessions name it. */
  readonly key: string;
  readonly id: string;
  /** One is made of the path where none is known. */
  readonly uuid?: string;
  readonly outline?: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** What is known of a suite: read by a clone, or seen in recordings. */
export interface KnownSuite {
  readonly name: string;
  /** In the order of the suite. There may be many, so that they are given anew each time. */
  readonly tests: () => Iterable<KnownTest>;
  /** Each with the keys of its tests. */
  readonly sets: readonly { readonly path: string; readonly tests: readonly string[] }[];
  /** By their number as the server writes it. */
  readonly sessions: readonly (readonly [string, ReadSession])[];
  /** Besides those that sessions name. */
  readonly users?: readonly string[];
  readonly groups?: readonly string[];
  readonly requirements?: readonly { readonly id: string; readonly uuid: string }[];
  /** The result codes in their order; those that sessions count where it is not given. */
  readonly results?: readonly string[] | undefined;
  /** Whether tests go by outline numbers. */
  readonly hasOutline?: boolean;
  /** Names of fields and variables besides those that have values. */
  readonly fields?: readonly string[];
  readonly executionFields?: readonly string[];
  readonly variables?: readonly string[];
  /** The bytes of an attachment by its address; undefined where they were not read. */
  readonly bytesOf: (url: string) => Buffer | undefined;
}

/** The suite that a clone has read. */
export function suiteOfClone(part: PartFile, name: string): KnownSuite {
  const listed = <T>(key: string) => (part.get('suite', key) ?? []) as readonly T[];
  return {
    name,
    *tests() {
      for (const uuid of listed<string>('order')) {
        const read = part.get('test', uuid) as ReadTest | undefined;
        if (!read) continue;
        const { atm_id: id, atm_uuid: _uuid, ...fields } = read.fields;
        const outline = typeof id === 'string' && /^\d+(?:\.\d+)*$/.test(id) ? { outline: id } : {};
        yield { key: uuid, id: read.id, uuid, ...outline, fields };
      }
    },
    sets: listed<string>('sets').map((path) => ({
      path,
      tests: (part.get('set', path) ?? []) as readonly string[],
    })),
    sessions: listed<string>('sessions').flatMap((number): [string, ReadSession][] => {
      const read = part.get('session', number) as ReadSession | undefined;
      return read ? [[number, read]] : [];
    }),
    bytesOf: (url) => part.get('attachment', url) as Buffer | undefined,
  };
}
