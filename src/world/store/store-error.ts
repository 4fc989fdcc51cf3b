import type { TwinErrorCode } from '../../errors/own-errors.ts';

/** Why a data folder cannot be used, for the person who named it. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: TwinErrorCode = 'TWIN_STORE_UNUSABLE';
}

/** The folder is not what it was, or another process's: what is written to it now would not be found again. */
export class FolderLostError extends Error {
  override readonly name = 'FolderLostError';
  readonly code: TwinErrorCode = 'TWIN_STORE_LOST';

  constructor(
    message: string,
    /** Whether records that were acknowledged went with it. */
    readonly leavesGap = false,
  ) {
    super(message);
  }
}

/** Something in a file is not what was written there. */
export class CorruptDataError extends Error {
  override readonly name = 'CorruptDataError';
  readonly code: TwinErrorCode = 'TWIN_STORE_CORRUPT';

  /**
   * @param file its path
   * @param offset the byte where what is whole ends
   */
  constructor(
    readonly file: string,
    readonly offset: number,
    readonly reason: string,
  ) {
    super(`${file} is damaged at byte ${offset}: ${reason}`);
  }
}

/** The words for a fault of the file system; anything else is given back as it is. */
export function problemOf(error: unknown, folder: string): unknown {
  if (error instanceof FolderLostError)
    return new StoreError(`${error.message}. End that twin first, or start again.`);
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  switch (code) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new StoreError(
        `The data folder ${folder} cannot be written to (${code}). Give it to the user that runs the twin, or choose another one with --data.`,
      );
    case 'ENOSPC':
    case 'EDQUOT':
      return new StoreError(
        `There is no room left for the data folder ${folder} (${code}). Make some, or choose another one with --data.`,
      );
    case 'ENOTDIR':
    case 'EEXIST':
      return new StoreError(
        `${folder} is not a folder. Choose one with --data; it is made when it is not there.`,
      );
    case 'ENOENT':
    case 'ENAMETOOLONG':
    case 'ELOOP':
    case 'EIO':
    case 'EMFILE':
    case 'ENFILE':
    case 'EISDIR':
      return new StoreError(`The data folder ${folder} cannot be used (${(error as Error).message}).`);
    default:
      return error;
  }
}
