import { memoryBeside } from '../../memo/memory.ts';
import { plainName, uuidKey } from '../model/names.ts';
import type { TestList } from '../model/test-run.ts';

interface TestIndexes {
  readonly byUuid: ReadonlyMap<string, number>;
  readonly byId: ReadonlyMap<string, number>;
}

/** Lists are values: the indexes of a list are worked out once and kept while the list lives. */
const kept = memoryBeside<readonly string[], TestIndexes>('places in lists of tests');

/** The index of a test by UUID; undefined when it is not in the list. */
export function indexOfUuid(list: TestList, uuid: string): number | undefined {
  return indexesOf(list).byUuid.get(uuidKey(uuid));
}

/** The index of a test by the id it has in the list; the endings `.dir` and `.bts` do not matter. */
export function indexOfId(list: TestList, id: string): number | undefined {
  return indexesOf(list).byId.get(plainName(id.trim()));
}

function indexesOf(list: TestList): TestIndexes {
  let indexes = kept.get(list.uuids);
  if (!indexes) {
    indexes = {
      byUuid: new Map(list.uuids.map((uuid, tid) => [uuidKey(uuid), tid])),
      byId: new Map(list.ids.map((id, tid) => [plainName(id), tid])),
    };
    kept.set(list.uuids, indexes);
  }
  return indexes;
}

/** Numbers by value, texts by code unit. */
export function compareNaturally(a: string, b: string): number {
  const [left, right] = [Number(a), Number(b)];
  if (a !== '' && b !== '' && !Number.isNaN(left) && !Number.isNaN(right)) return left - right;
  return a < b ? -1 : a > b ? 1 : 0;
}
