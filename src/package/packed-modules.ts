import nodeModule from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';
import { wayBelow } from '../input/below.ts';
import { moduleText } from './module-text.ts';
import { type Packed, packedFileSystem } from './packed-files.ts';

type Load = (name: string) => unknown;

/**
 * The modules of a program whose package is packed into one file, each loaded once. To them `require` gives Node's own
 * modules, with the packed files seen by `node:fs`; packages from `node_modules/NAME.cjs`; and files by their paths.
 * Each is one bundle of CommonJS.
 */
export class PackedModules {
  private readonly loaded = new Map<string, { exports: unknown }>();
  private readonly own: ReadonlyMap<string, unknown>;
  private readonly builtin: Load;

  /** @param root what the packed files lie below: the executable */
  constructor(
    private readonly packed: Packed,
    private readonly root: string,
  ) {
    this.builtin = nodeModule.createRequire(root);
    const files = packedFileSystem(packed, root);
    const createRequire = (from: string | URL) => this.requireOf(from);
    this.own = new Map<string, unknown>([
      ['fs', files],
      ['fs/promises', files.promises],
      ['module', { ...nodeModule, createRequire }],
    ]);
  }

  /**
   * Runs a packed module.
   *
   * @param name such as `dist/cli/program.cjs`
   * @param script the module compiled, as a function of CommonJS's five variables; it is compiled here without it
   * @returns its exports
   */
  run(name: string, script?: vm.Script): unknown {
    const known = this.loaded.get(name);
    if (known) return known.exports;
    const module = { exports: {} };
    this.loaded.set(name, module);
    const filename = path.join(this.root, ...name.split('/'));
    const compiled =
      script ?? new vm.Script(moduleText(this.packed.bytes(name).toString('utf8')), { filename });
    const run = compiled.runInThisContext() as (...variables: unknown[]) => void;
    run.call(
      module.exports,
      module.exports,
      this.requireOf(filename),
      module,
      filename,
      path.dirname(filename),
    );
    return module.exports;
  }

  private requireOf(from: string | URL): Load {
    const isAddress = from instanceof URL || from.startsWith('file:');
    const folder = path.dirname(isAddress ? fileURLToPath(from) : from);
    return (name) => this.load(name, folder);
  }

  /** What is not packed is not there: code that lies beside the executable is none of its own. */
  private load(name: string, folder: string): unknown {
    if (nodeModule.isBuiltin(name)) return this.own.get(name.replace(/^node:/, '')) ?? this.builtin(name);
    const isPath = name.startsWith('.') || path.isAbsolute(name);
    const packed = isPath ? wayBelow(this.root, path.resolve(folder, name)) : `node_modules/${name}.cjs`;
    if (packed !== undefined && this.packed.names.includes(packed)) return this.run(packed);
    throw Object.assign(new Error(`Cannot find module '${name}' in ${this.root}`), {
      code: 'MODULE_NOT_FOUND',
    });
  }
}
