import fs, { type Stats } from 'node:fs';
import path from 'node:path';
import { wayBelow } from '../input/below.ts';

/** What one file holds besides code: the package, by the names of its files with `/`, such as `dist/cli/program.cjs`. */
export interface Packed {
  readonly names: readonly string[];
  /** @param name one of `names` @returns its bytes, which nobody may change */
  bytes(name: string): Buffer;
}

type FileSystem = typeof fs;

/**
 * The platform's files, and below `root` those that are packed. `root` is the executable itself: below a file there can
 * be no other files, so nothing of the user's is hidden.
 *
 * @param kind the paths of the platform; another one in tests
 * @returns what may stand in for `node:fs`: existsSync, readFileSync, statSync, realpathSync, readdirSync and
 *   promises.readFile know the packed files, everything else only the platform's
 */
export function packedFileSystem(packed: Packed, root: string, kind: path.PlatformPath = path): FileSystem {
  const names = new Set(packed.names);
  const folders = foldersOf(packed.names);
  const nameOf = (file: unknown) => (typeof file === 'string' ? wayBelow(root, file, kind) : undefined);
  const found = (name: string, call: string) => {
    if (names.has(name) || folders.has(name)) return name;
    const message = `ENOENT: no such file or directory, ${call} '${kind.join(root, name)}'`;
    throw Object.assign(new Error(message), { code: 'ENOENT', syscall: call });
  };
  const read = (name: string, options: unknown) => {
    const bytes = packed.bytes(found(name, 'open'));
    const encoding = encodingOf(options);
    return encoding === undefined ? bytes : bytes.toString(encoding);
  };

  /** A function of the platform, which is asked where the first argument is no packed path. */
  const over = <F>(real: F, ours: (name: string, options: unknown) => unknown): F =>
    ((file: unknown, ...rest: unknown[]) => {
      const name = nameOf(file);
      if (name !== undefined) return ours(name, rest[0]);
      return (real as (...args: unknown[]) => unknown)(file, ...rest);
    }) as F;

  return {
    ...fs,
    existsSync: over(fs.existsSync, (name) => names.has(name) || folders.has(name)),
    readFileSync: over(fs.readFileSync, read),
    statSync: over(fs.statSync, (name, options) => {
      const size = names.has(found(name, 'stat')) ? packed.bytes(name).length : undefined;
      return statOf(root, size, options);
    }),
    realpathSync: over(fs.realpathSync, (name) => kind.join(root, found(name, 'realpath'))),
    readdirSync: over(fs.readdirSync, (name) => inFolder(packed.names, found(name, 'scandir'))),
    promises: {
      ...fs.promises,
      readFile: over(fs.promises.readFile, async (name, options) => read(name, options)),
    },
  };
}

function foldersOf(names: readonly string[]): ReadonlySet<string> {
  const steps = names.map((name) => name.split('/').slice(0, -1));
  return new Set(steps.flatMap((each) => each.map((_, at) => each.slice(0, at + 1).join('/'))));
}

function inFolder(names: readonly string[], folder: string): string[] {
  const below = names.filter((name) => name.startsWith(`${folder}/`));
  return [...new Set(below.map((name) => name.slice(folder.length + 1).split('/')[0] ?? ''))].sort();
}

function encodingOf(options: unknown): BufferEncoding | undefined {
  if (typeof options === 'string') return options as BufferEncoding;
  return (options as { readonly encoding?: BufferEncoding } | undefined)?.encoding ?? undefined;
}

/** What is said of the executable is said of what it holds: owner, times. @param size undefined for a folder */
function statOf(root: string, size: number | undefined, options: unknown): Stats {
  const stats = fs.statSync(root, options as undefined);
  const number = (value: number) => (typeof stats.size === 'bigint' ? BigInt(value) : value);
  const mode = number((size === undefined ? fs.constants.S_IFDIR : fs.constants.S_IFREG) + 0o444);
  return Object.assign(stats, { size: number(size ?? 0), mode });
}
