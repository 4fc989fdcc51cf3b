import type { CallContext } from '../call-context.ts';
import type { ItemRef } from '../model/link-record.ts';
import { leaveFolders } from './folder-items.ts';
import { type ItemChange, leaveLinks, markSuspects } from './link-upkeep.ts';

/** What happens elsewhere when a record of any table is stored, new or changed. */
export const onStored: readonly ((item: ItemRef, change: ItemChange, context: CallContext) => void)[] = [
  markSuspects,
];

/** What happens elsewhere when a record of any table is deleted; called before it is gone. */
export const onDeleted: readonly ((item: ItemRef, context: CallContext) => void)[] = [
  leaveLinks,
  leaveFolders,
];
