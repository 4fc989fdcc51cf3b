import type { Day, RichText, Stamp, UserRef } from './item-record.ts';
import type { ItemRef } from './link-record.ts';
import type { Long } from './operation-types.generated.ts';

/** Dates and capacity of a folder that is used for planning. */
export interface FolderSchedule {
  readonly start: Day;
  readonly end: Day;
  readonly includesWeekends: boolean;
  readonly nonWorkingDays: Long;
  readonly hoursPerDay: number;
  readonly timeOffHours: number;
  readonly usersAvailable: number;
  readonly storyPoints: Long;
}

/** A folder. Its path is not stored: it follows from its name and its parents. */
export interface FolderRecord {
  /** Unique among the public folders, or among the private ones. */
  readonly recordId: number;
  /** Whose private folder it is; 0 for a public one. */
  readonly owner: UserRef;
  /** The folder it is in, of the same owner; 0 for the root. */
  readonly parentId: number;
  readonly name: string;
  readonly description: string;
  /** The name of its folder type. */
  readonly folderType: string;
  /** Its place among the folders of its parent, from 1. */
  readonly order: number;
  readonly webView: string;
  readonly notes: RichText;
  readonly schedule: FolderSchedule | undefined;
  readonly taskBoard: string;
  readonly created: Stamp;
  readonly modified: Stamp;
  readonly addedFrom: string;
}

/** That an item is in a folder. */
export interface FolderItemRecord {
  readonly recordId: number;
  /** The key of the folder. */
  readonly folder: string;
  readonly item: ItemRef;
  readonly rank: number;
}

/** Public and private folders count their record IDs apart. [inferred from the flag on every operation] */
export type FolderSpace = 'public' | 'private';

export const spaceOf = ({ owner }: Pick<FolderRecord, 'owner'>): FolderSpace =>
  owner === 0 ? 'public' : 'private';

/** One text for a folder of either space. */
export const folderKey = (folder: Pick<FolderRecord, 'owner' | 'recordId'>): string =>
  `${spaceOf(folder)}:${folder.recordId}`;

/** One text for all folders in a folder, or in a root. */
export const childrenKey = (owner: UserRef, parentId: number): string => `${owner}/${parentId}`;

/** One text for a name in a folder: no two folders have the same. */
export const placeKey = ({
  owner,
  parentId,
  name,
}: Pick<FolderRecord, 'owner' | 'parentId' | 'name'>): string => `${owner}/${parentId}/${name}`;
