import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';

const root = path.resolve(fileURLToPath(import.meta.url), '../../..');
const files = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => path.join('src', name).replaceAll(path.sep, '/'))
  .sort();

/** What makes code of a text. */
const makers = new Set(['eval', 'Function']);
/** Timers take a text as well; nothing here gives them one. */
const timers = new Set(['setTimeout', 'setInterval', 'setImmediate']);

/** What a node makes of a text that is not written there; undefined for all others. */
function madeBy(node: ts.Node, source: ts.SourceFile): string | undefined {
  if (ts.isImportDeclaration(node))
    return /^['"](node:)?vm['"]$/.test(node.moduleSpecifier.getText(source)) ? 'vm' : undefined;
  if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return undefined;
  const name = node.expression.getText(source);
  const [first] = node.arguments ?? [];
  const isText = first !== undefined && ts.isStringLiteralLike(first);
  const isMade = makers.has(name) || (timers.has(name) && isText) || (name === 'RegExp' && !isText);
  return isMade ? name : undefined;
}

/** The places of a file that make something to run, or a pattern, of a text that is not written there. */
function madeIn(file: string): string[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  // Reading all files as programs takes long.
  if (!/\b(vm|eval|Function|RegExp|setTimeout|setInterval|setImmediate)\b/.test(text)) return [];
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const made = madeBy(node, source);
    if (made !== undefined) found.push(`${file}: ${made}`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

test('nothing that is sent or stands in a scenario is run, and none of it becomes a pattern of an engine that backtracks', () => {
  expect(files.length).toBeGreaterThan(300);
  expect(files.flatMap(madeIn)).toEqual([
    // They run the program that the build made, and nothing else.
    'src/cli/executable.ts: vm',
    'src/cli/launcher.ts: vm',
    'src/package/packed-modules.ts: vm',
    // The name of a field that our own code asks for, in a browser.
    'src/pages/console/live.ts: RegExp',
    // A cookie, which is a number.
    'src/real/recording/stand-ins.ts: RegExp',
    // A path that the user of replay names, with every sign escaped.
    'src/real/replay/allowances.ts: RegExp',
    // The name of a parameter that our own code asks for.
    'src/soap/attachments.ts: RegExp',
  ]);
}, 60_000);
