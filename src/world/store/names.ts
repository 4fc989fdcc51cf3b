/** What the files of a data folder are called. Those of later generations have higher numbers. */
const padded = (generation: number): string => String(generation).padStart(6, '0');

export const manifestName = (generation: number): string => `manifest-${padded(generation)}.json`;
export const walName = (generation: number): string => `wal-${padded(generation)}.jsonl`;
export const seedFolder = (generation: number): string => `seed-${padded(generation)}`;
export const stateFolder = (generation: number): string => `state-${padded(generation)}`;
export const partName = (number: number): string => `${String(number).padStart(4, '0')}.json`;
export const contentsFolder = 'files';
export const lockName = 'lock';
/** Below it each world that was made while running has a folder of its own. */
export const worldsFolder = 'worlds';
/** In the folder of such a world: what it is called. */
export const noteName = 'world.json';
/** What it is called until the world is there: the process that takes the folder removes it, and then the world never is. */
export const noteDraftName = 'world-draft.json';

/**
 * The number tells worlds apart; the name is for people, in small letters because some disks know no others, and without
 * the dots at its end that Windows leaves out of a name.
 */
export const worldFolder = (number: number, name: string): string =>
  `${padded(number)}-${name.toLowerCase().replace(/\.+$/, '')}`;

/** The number of such a folder; undefined for what is not ours. */
export function worldNumber(folder: string): number | undefined {
  const [, digits] = /^(\d{6,})-/.exec(folder) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

/** What such a folder is called from the moment it is dropped until it is gone. */
export const droppedName = (folder: string): string => `.${folder}.dropped`;
export const isDropped = (name: string): boolean => /^\.\d{6,}-.*\.dropped$/.test(name);

export type Kind = 'manifest' | 'wal' | 'seed' | 'state';

// Format 1 called its write-ahead logs journals.
const pattern = /^(?:(manifest)-(\d{6,})\.json|(wal|journal)-(\d{6,})\.jsonl|(seed|state)-(\d{6,}))$/;

export interface FolderEntry {
  readonly kind: Kind;
  readonly generation: number;
}

/** What a name in the folder stands for; undefined for what is not ours, or was set aside. */
export function kindOf(name: string): FolderEntry | undefined {
  const [kind, digits] = (pattern.exec(name) ?? []).slice(1).filter((group) => group !== undefined);
  if (kind === undefined) return undefined;
  return { kind: kind === 'journal' ? 'wal' : (kind as Kind), generation: Number(digits) };
}

/**
 * Drafts of files that were being written when their process ended. One of the note of a world is never among them: it is
 * written at any time, also while the folder of its world is tidied.
 */
export const isDraft = (name: string): boolean => /^\..*\.tmp$/.test(name) && !name.includes(noteName);
