import type { AnyCTreeNodeSoap, Long } from '../../client/index.ts';

export type Shape = readonly [Long | undefined, ...Shape[]];

/** A tree as lists: the record ID first, then what is below it. */
export function treeShape({ entityRecordID, childList = [] }: AnyCTreeNodeSoap): Shape {
  return [entityRecordID, ...childList.map(treeShape)];
}
