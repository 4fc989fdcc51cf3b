import { memoryBeside } from '../../memo/memory.ts';
import { plainName, uuidKey } from '../model/names.ts';
import type { TestList } from '../model/test-run.ts';

interface Places {
  readonly byUuid: ReadonlyMap<string, number>;
  readonly byId: ReadonlyMap<string, number>;
}

/** Lists are values: the places of a list are worked out once and kept while the list lives. */
const kept = memoryBeside<readonly string[], Places>('places in lists of tests');

/** The index of a test by UUID; undefined when it is not in the list. */
export function placeOfUuid(list: TestList, uuid: string): number | undefined {
  return placesOf(list).byUuid.get(uuidKey(uuid));
}

/** The index of a test by the id it has in the list; the endings `.dir` and `.bts` do not matter. */
export function placeOfId(list: TestList, id: string): number | undefined {
  return placesOf(list).byId.get(plainName(id.trim()));
}

function placesOf(list: TestList): Places {
  let places = kept.get(list.uuids);
  if (!places) {
    places = {
      byUuid: new Map(list.uuids.map((uuid, tid) => [uuidKey(uuid), tid])),
      byId: new Map(list.ids.map((id, tid) => [plainName(id), tid])),
    };
    kept.set(list.uuids, places);
  }
  return places;
}

/** Numbers by value, texts by code unit. */
export function compareNaturally(a: string, b: string): number {
  const [left, right] = [Number(a), Number(b)];
  if (a !== '' && b !== '' && !Number.isNaN(left) && !Number.isNaN(right)) return left - right;
  return a < b ? -1 : a > b ? 1 : 0;
}
