import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';

const root = path.resolve(fileURLToPath(import.meta.url), '../../..');

/** What can be written to after it is made, however it is declared. */
const growing = new Set([
  'Map',
  'Set',
  'WeakMap',
  'WeakSet',
  'WeakRef',
  'Array',
  'RecentCache',
  'FinalizationRegistry',
]);
const readOnlyType = /^(readonly |Readonly(Map|Set|Array)?<)/;

/** Declarations at module level (and static members) that can change while the process runs. */
function mutableState(file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const note = (node: ts.Node, name: ts.Node) => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
    found.push(`${file}:${line + 1} ${name.getText(source)}`);
  };
  const canGrow = ({ initializer, type }: ts.VariableDeclaration | ts.PropertyDeclaration): boolean => {
    if (!initializer || (type && readOnlyType.test(type.getText(source)))) return false;
    if (ts.isNewExpression(initializer))
      return growing.has(initializer.expression.getText(source)) && !isFilled(initializer);
    return (
      (ts.isArrayLiteralExpression(initializer) && initializer.elements.length === 0) ||
      (ts.isObjectLiteralExpression(initializer) && initializer.properties.length === 0)
    );
  };
  const has = ({ modifiers }: ts.PropertyDeclaration, wanted: ts.SyntaxKind) =>
    modifiers?.some(({ kind }) => kind === wanted) ?? false;
  const noteVariables = ({ declarationList }: ts.VariableStatement): void => {
    const isConst = (declarationList.flags & ts.NodeFlags.Const) !== 0;
    for (const each of declarationList.declarations) if (!isConst || canGrow(each)) note(each, each.name);
  };
  const visit = (node: ts.Node, isModuleLevel: boolean): void => {
    if (ts.isVariableStatement(node) && isModuleLevel) noteVariables(node);
    if (ts.isPropertyDeclaration(node)) {
      if (!has(node, ts.SyntaxKind.StaticKeyword)) return;
      if (!has(node, ts.SyntaxKind.ReadonlyKeyword) || canGrow(node)) note(node, node.name);
    }
    const isInside = ts.isFunctionLike(node);
    ts.forEachChild(node, (child) => visit(child, isModuleLevel && !isInside && !ts.isClassLike(node)));
  };
  visit(source, true);
  return found;
}

/** A table that is written down at once: `new Set(['a', 'b'])`. */
function isFilled({ arguments: given }: ts.NewExpression): boolean {
  return given !== undefined && given.length > 0;
}

test('whatever a process remembers beside its worlds is a memory with a name and a bound', () => {
  const files = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  expect(files.length).toBeGreaterThan(400);
  const found = files
    .filter((file) => !file.startsWith(`memo${path.sep}`))
    .map((file) => path.join('src', file))
    .flatMap((file) => mutableState(file, readFileSync(path.join(root, file), 'utf8')));
  expect(found).toEqual([]);
});

test.each([
  ['let last: string | undefined;', 'last'],
  ['const known = new WeakMap<object, number>();', 'known'],
  ['export const all = new Map<string, number>();', 'all'],
  ['const queue: string[] = [];', 'queue'],
  ['const byName: Record<string, number> = {};', 'byName'],
  ['class Kept { static count = 0; }', 'count'],
  ['if (true) { var shared = 1; }', 'shared'],
])('the look-out sees %s', (text, name) => {
  expect(mutableState('x.ts', text)).toEqual([`x.ts:1 ${name}`]);
});

test.each([
  'const none: readonly string[] = [];',
  'const nobody: ReadonlySet<string> = new Set();',
  "const words = new Set(['a', 'b']);",
  'function f() { let x = 1; const seen = new Map(); return [x, seen]; }',
  'class Kept { static readonly size = 3; private readonly all = new Map(); }',
])('and lets %s pass', (text) => {
  expect(mutableState('x.ts', text)).toEqual([]);
});
