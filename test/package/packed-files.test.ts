import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type Packed, packedFileSystem } from '../../src/package/packed-files.ts';
import { PackedModules } from '../../src/package/packed-modules.ts';

const here = mkdtempSync(path.join(tmpdir(), 'twintrack-packed-'));
afterAll(() => rmSync(here, { recursive: true, force: true }));
/** Stands for the executable. */
const root = path.join(here, 'program');
writeFileSync(root, 'binary');

function packedOf(files: Readonly<Record<string, string>>): Packed {
  return { names: Object.keys(files), bytes: (name) => Buffer.from(files[name] ?? '') };
}

describe('the files of the executable', () => {
  const packed = packedOf({ 'a/one.txt': 'ön', 'a/b/two.txt': '2', 'three.txt': '3' });
  const files = packedFileSystem(packed, root);
  const at = (...names: string[]) => path.join(root, ...names);

  test('are read as text and as bytes, at once and later', async () => {
    expect(files.readFileSync(at('a', 'one.txt'), 'utf8')).toBe('ön');
    expect(files.readFileSync(at('a', 'one.txt'), { encoding: 'utf8' })).toBe('ön');
    expect(files.readFileSync(at('a', 'b', 'two.txt'))).toEqual(Buffer.from('2'));
    expect(await files.promises.readFile(at('three.txt'), 'utf8')).toBe('3');
  });

  test('and their folders say what they are, and what is in them', () => {
    expect(files.existsSync(at('a'))).toBe(true);
    expect(files.statSync(at('a')).isDirectory()).toBe(true);
    expect(files.statSync(at('a', 'one.txt')).isFile()).toBe(true);
    expect(files.statSync(at('a', 'one.txt')).size).toBe(3);
    expect(files.statSync(at('a', 'one.txt'), { bigint: true }).size).toBe(3n);
    expect(files.readdirSync(at('a'))).toEqual(['b', 'one.txt']);
    expect(files.realpathSync(at('a', '..', 'a', 'one.txt'))).toBe(at('a', 'one.txt'));
  });

  test('that are not packed are not there, as the platform says it', async () => {
    const missing = { code: 'ENOENT' };
    expect(files.existsSync(at('a', 'none.txt'))).toBe(false);
    expect(() => files.readFileSync(at('none.txt'))).toThrow(expect.objectContaining(missing));
    expect(() => files.statSync(at('none.txt'))).toThrow(expect.objectContaining(missing));
    expect(() => files.realpathSync(at('none.txt'))).toThrow(expect.objectContaining(missing));
    await expect(files.promises.readFile(at('none.txt'))).rejects.toMatchObject(missing);
  });

  test('hide no file of the machine, not even the executable', () => {
    writeFileSync(path.join(here, 'beside.txt'), 'beside');
    expect(files.readFileSync(path.join(here, 'beside.txt'), 'utf8')).toBe('beside');
    expect(files.readFileSync(root, 'utf8')).toBe('binary');
    expect(files.statSync(here).isDirectory()).toBe(true);
    files.writeFileSync(path.join(here, 'written.txt'), 'w');
    expect(readFileSync(path.join(here, 'written.txt'), 'utf8')).toBe('w');
  });
});

describe('the modules of the executable', () => {
  const modules = new PackedModules(
    packedOf({
      'dist/cli/program.cjs':
        'const { createRequire } = require("node:module");' +
        'const load = createRequire(require("node:url").pathToFileURL(__filename).href);' +
        'exports.all = [load("wide").n, require("../beside.cjs").text, load("wide") === require("wide")];' +
        'exports.load = load;',
      'dist/beside.cjs':
        'exports.text = require("fs").readFileSync(require("path").join(__dirname, "note.txt"), "utf8");',
      'dist/note.txt': 'packed',
      'node_modules/wide.cjs': 'module.exports = { n: 1 };',
    }),
    root,
  );
  const program = modules.run('dist/cli/program.cjs') as {
    readonly all: unknown;
    readonly load: (name: string) => unknown;
  };

  test('find packages, files beside them and packed files by the names they have in the package', () => {
    expect(program.all).toEqual([1, 'packed', true]);
  });

  test('find nothing that lies beside the executable', () => {
    writeFileSync(path.join(here, 'stray.cjs'), 'module.exports = 1;');
    for (const name of ['vitest', path.join(here, 'stray.cjs'), '../../../stray.cjs'])
      expect(() => program.load(name)).toThrow(expect.objectContaining({ code: 'MODULE_NOT_FOUND' }));
    expect(program.load('node:os')).toBeTypeOf('object');
  });
});
