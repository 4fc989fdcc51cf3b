import { type Disk, localDisk, type OpenFile } from '../../src/world/store/disk.ts';

/**
 * The disk of this machine, telling a test before it does anything. What a folder holds at such a moment is what a
 * process leaves that is killed then: nothing of the next step is done, and everything before it is.
 */
export function watchedDisk(before: () => void): Disk {
  const watched = <T extends object>(target: T): T =>
    new Proxy(target, {
      get: (object, name) => {
        const member: unknown = Reflect.get(object, name, object);
        if (typeof member !== 'function') return member;
        return (...args: unknown[]) => {
          before();
          return (member as (...given: unknown[]) => unknown).apply(object, args);
        };
      },
    });
  return {
    ...watchedMembers(watched(localDisk)),
    open: async (file, flags) => {
      before();
      return watched<OpenFile>(await localDisk.open(file, flags));
    },
  };
}

/** The members of a disk as a plain object, so that one of them can be another. */
function watchedMembers(disk: Disk): Disk {
  const { open, readFile, readFileSync, readdir, mkdir, rename, link, stat, unlink, rm, database } = disk;
  return { open, readFile, readFileSync, readdir, mkdir, rename, link, stat, unlink, rm, database };
}
