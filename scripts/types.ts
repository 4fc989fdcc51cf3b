import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { rollup } from 'rollup';
import { dts } from 'rollup-plugin-dts';
import ts from 'typescript';

/** What the package declares, for programs that import it and for those that require it. */
interface Wanted {
  readonly root: string;
  /** The files that package.json exports, by their names in `dist` without an ending. */
  readonly entries: Readonly<Record<string, string>>;
  readonly outdir: string;
}

/** What a reader of our declarations needs to know of the maps and sets of immutable, which is within our bundles. */
const persistentMap = `export interface Map<Key, Value> extends Iterable<[Key, Value]> {
  readonly size: number;
  get(key: Key): Value | undefined;
}
export interface Set<Value> extends Iterable<Value> {
  readonly size: number;
  has(value: Value): boolean;
}
`;

/**
 * Writes the types of the package: `.d.ts` for each entry, and the same as `.d.cts`, because TypeScript takes a
 * declaration for a module of the kind that its ending says. What several entries share stands in one file, so that a
 * class is the same class for all of them.
 */
export async function writeTypes({ root, entries, outdir }: Wanted): Promise<void> {
  const single = path.join(outdir, '.types');
  declareEach({ root, entries, outdir: single });
  const maps = path.join(single, 'persistent-map.d.ts');
  writeFileSync(maps, persistentMap);
  const input = Object.fromEntries(
    Object.entries(entries).map(([name, file]) => [name, path.join(single, declarationOf(file))]),
  );
  try {
    const bundle = await rollup({
      input,
      plugins: [{ name: 'bundled', resolveId: (id) => (id === 'immutable' ? maps : undefined) }, dts()],
      external: [/^node:/, 'vitest', 'zod'],
      treeshake: { moduleSideEffects: false },
    });
    for (const ending of ['d.ts', 'd.cts']) {
      await bundle.write({
        dir: outdir,
        entryFileNames: `[name].${ending}`,
        chunkFileNames: `types/[name]-[hash].${ending}`,
      });
    }
    await bundle.close();
  } finally {
    rmSync(single, { recursive: true, force: true });
  }
}

function declarationOf(file: string): string {
  return path.relative('src', file).replace(/\.ts$/, '.d.ts');
}

/** Writes a declaration for each module that the entries reach. */
function declareEach({ root, entries, outdir }: Wanted): void {
  const config = ts.getParsedCommandLineOfConfigFile(
    path.join(root, 'tsconfig.json'),
    {
      noEmit: false,
      declaration: true,
      emitDeclarationOnly: true,
      rootDir: path.join(root, 'src'),
      outDir: outdir,
    },
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: (problem) => fail([problem]) },
  );
  if (!config) throw new Error('There is no tsconfig.json.');
  const program = ts.createProgram(
    Object.values(entries).map((file) => path.join(root, file)),
    config.options,
  );
  const written = program.emit(
    undefined,
    (file, text) => {
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
    },
    undefined,
    true,
    { afterDeclarations: [withoutZod(program.getTypeChecker())] },
  );
  if (written.emitSkipped) fail(written.diagnostics);
}

function fail(problems: readonly ts.Diagnostic[]): never {
  throw new Error(
    ts.formatDiagnostics(problems, {
      getCanonicalFileName: (name) => name,
      getCurrentDirectory: () => process.cwd(),
      getNewLine: () => '\n',
    }),
  );
}

/**
 * Writes `z.input<typeof schema>` out as the type that it stands for. zod is within our bundles and not installed
 * beside them, and nobody who reads a declaration should have to think of it.
 */
function withoutZod(checker: ts.TypeChecker): ts.TransformerFactory<ts.SourceFile | ts.Bundle> {
  const flags =
    ts.NodeBuilderFlags.NoTruncation |
    ts.NodeBuilderFlags.InTypeAlias |
    ts.NodeBuilderFlags.UseSingleQuotesForStringLiteralType;
  return (context) => {
    const visited: ts.Visitor = (node) => {
      if (!ts.isTypeAliasDeclaration(node) || !isOfZod(node.type)) return node;
      const type = checker.getTypeAtLocation(ts.getOriginalNode(node));
      const { modifiers, name, typeParameters } = node;
      const plain = checker.typeToTypeNode(type, undefined, flags) ?? node.type;
      return context.factory.updateTypeAliasDeclaration(node, modifiers, name, typeParameters, plain);
    };
    return (file) => (ts.isSourceFile(file) ? ts.visitEachChild(file, visited, context) : file);
  };
}

function isOfZod(type: ts.TypeNode): boolean {
  if (!ts.isTypeReferenceNode(type) || !ts.isQualifiedName(type.typeName)) return false;
  const { left, right } = type.typeName;
  return ts.isIdentifier(left) && left.text === 'z' && ['input', 'output', 'infer'].includes(right.text);
}
