import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';

/**
 * The build puts `built-X.ts` in the place of `X.ts`, so both have to export the same. Both are one name: nobody but
 * the build knows the first.
 */
const standIn = /\/built-[\w-]+\.ts$/;

const root = fileURLToPath(new URL('../../', import.meta.url));

test('no exported name is declared in two files', () => {
  const files = sourceFiles();
  const declared = files.flatMap((file) => exportedNames(file).map((name) => [name, file] as const));
  const places = new Map<string, Set<string>>();
  for (const [name, file] of declared) places.set(name, (places.get(name) ?? new Set()).add(file));
  const twice = [...places]
    .filter(([, at]) => at.size > 1)
    .map(([name, at]) => `${name}: ${[...at].join(', ')}`);
  expect(twice).toEqual([]);
  expect(places.get('tablePath')).toEqual(new Set(['src/world/table.ts']));
});

test('an exception class ends in Fault, Error or Problem', () => {
  const classes = sourceFiles().flatMap(exceptionClasses);
  expect(classes.filter((name) => !/(?:Fault|Error|Problem)$/.test(name))).toEqual([]);
  expect(classes).toContain('ProductFault');
});

function sourceFiles(): string[] {
  return readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .map((file) => `src/${file.split(path.sep).join('/')}`)
    .filter((file) => /\.tsx?$/.test(file) && !standIn.test(file));
}

function statementsOf(file: string): readonly ts.Statement[] {
  return ts.createSourceFile(file, readFileSync(path.join(root, file), 'utf8'), ts.ScriptTarget.Latest)
    .statements;
}

/** What a file declares and exports; what it hands on from another file is declared there. */
function exportedNames(file: string): string[] {
  return statementsOf(file)
    .filter((statement) => hasModifier(statement, ts.SyntaxKind.ExportKeyword))
    .flatMap((statement) => {
      if (ts.isVariableStatement(statement)) {
        return statement.declarationList.declarations.flatMap(({ name }) => boundNames(name));
      }
      const { name } = statement as ts.DeclarationStatement;
      return name && ts.isIdentifier(name) ? [name.text] : [];
    });
}

function boundNames(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? boundNames(element.name) : []));
}

/** The classes that extend one whose name ends as an exception's does. */
function exceptionClasses(file: string): string[] {
  return statementsOf(file).flatMap((statement) => {
    if (!ts.isClassDeclaration(statement) || !statement.name) return [];
    const parents =
      statement.heritageClauses?.flatMap(({ types }) => types.map(({ expression }) => expression)) ?? [];
    const isException = parents.some(
      (parent) => ts.isIdentifier(parent) && /(?:Fault|Error|Problem)$/.test(parent.text),
    );
    return isException ? [statement.name.text] : [];
  });
}

function hasModifier(node: ts.Node, kind: ts.SyntaxKind): boolean {
  return (
    ts.canHaveModifiers(node) && (ts.getModifiers(node)?.some((modifier) => modifier.kind === kind) ?? false)
  );
}
