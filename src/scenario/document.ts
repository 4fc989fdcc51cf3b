import {
  type Document,
  isAlias,
  isCollection,
  isNode,
  isPair,
  LineCounter,
  type Node,
  type ParsedNode,
  parseDocument,
  visit,
} from 'yaml';
import { findJsonMistake, findJsonPath } from './json-text.ts';
import { preparedData } from './prepared.ts';
import { type PathStep, type Position, scenarioError } from './problem.ts';

/** The text of one file, read but not checked. */
export interface SourceDocument {
  readonly file: string;
  readonly data: unknown;
  /** Characters in the text. */
  readonly size: number;
  /** How many steps of the path exist in this file. */
  depthOf(path: readonly PathStep[]): number;
  /** Where the path leads, or its deepest step that exists: its key, or its value. */
  positionOf(path: readonly PathStep[], part: 'key' | 'value'): Position;
}

/** Larger files are refused before they are read. */
export const maxJsonBytes = 200 * 1024 * 1024;
/** YAML takes some fifty times as long as JSON, and as much more memory. */
export const maxYamlBytes = 20 * 1024 * 1024;

const MAX_DEPTH = 100;
/** How many values the aliases of a file may expand to, beyond one for each character. */
const SPARE_VALUES = 1_000_000;
/** How often an anchor may be used, its own aliases counted. */
const MAX_ALIASES = 10_000;

/** Whether a file is read as JSON first: it is named so, or starts like it. */
export function looksLikeJson(file: string, text: string): boolean {
  return /\.json$/i.test(file) || /^\s*[{[]/.test(text);
}

/**
 * Reads the text of a scenario, as JSON or as YAML. JSON takes a short way, because scenarios with a hundred thousand
 * records are made by programs: positions are only looked for when there is something to say.
 *
 * @param file its name in messages
 * @throws ScenarioError the text is neither, nests too deeply, or has aliases that explode
 */
export function readDocument(file: string, text: string): SourceDocument {
  const document = looksLikeJson(file, text) ? readJson(file, text) : readYaml(file, text);
  const budget = { values: text.length + SPARE_VALUES };
  const unfit = findUnfit(document.data, 0, budget);
  if (unfit) {
    const path = unfit.reversedPath.reverse().slice(0, MAX_DEPTH);
    const position = document.positionOf(path.slice(0, 3), 'key');
    throw scenarioError([{ position, file, path: path.slice(0, 3), message: unfit.message }]);
  }
  return document;
}

function readJson(file: string, text: string): SourceDocument {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    if (!/\.json$/i.test(file)) return readYaml(file, text);
    const { offset, message } = findJsonMistake(text);
    throw scenarioError([{ position: positionAt(file, text, offset), file, path: [], message }]);
  }
  return {
    file,
    data,
    size: text.length,
    depthOf: (path) => findJsonPath(text, path).found,
    positionOf: (path, part) => {
      const { keyOffset, valueOffset } = findJsonPath(text, path);
      return positionAt(file, text, part === 'key' ? keyOffset : valueOffset);
    },
  };
}

function readYaml(file: string, text: string): SourceDocument {
  const prepared = preparedData(text);
  if (prepared === undefined) return parseYaml(file, text);
  let parsed: SourceDocument | undefined;
  const withPositions = () => {
    parsed ??= parseYaml(file, text);
    return parsed;
  };
  return {
    file,
    data: prepared,
    size: text.length,
    depthOf: (path) => withPositions().depthOf(path),
    positionOf: (path, part) => withPositions().positionOf(path, part),
  };
}

function parseYaml(file: string, text: string): SourceDocument {
  const lineCounter = new LineCounter();
  const at = (offset: number): Position => {
    const { line, col } = lineCounter.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  const { root, data } = composeYaml(file, text, lineCounter, at);
  return {
    file,
    data,
    size: text.length,
    depthOf: (path) => findYamlPath(root, path).found,
    positionOf: (path, part) => {
      const { keyOffset, valueOffset } = findYamlPath(root, path);
      return at(part === 'key' ? keyOffset : valueOffset);
    },
  };
}

interface ParsedYaml {
  readonly root: Node | null;
  readonly data: unknown;
}

function composeYaml(
  file: string,
  text: string,
  lineCounter: LineCounter,
  at: (offset: number) => Position,
): ParsedYaml {
  try {
    const document = parseDocument<ParsedNode>(text, { lineCounter, merge: true, prettyErrors: false });
    if (document.errors.some(({ message }) => /call stack/i.test(message))) throw new RangeError('nesting');
    if (document.errors.length > 0) {
      throw scenarioError(
        document.errors.map(({ pos, message }) => ({ position: at(pos[0]), file, path: [], message })),
      );
    }
    return { root: document.contents, data: resolved(file, document, at) };
  } catch (error) {
    if (error instanceof RangeError) {
      throw scenarioError([{ file, path: [], message: `nested deeper than ${MAX_DEPTH} levels` }]);
    }
    throw error;
  }
}

/** @throws ScenarioError an alias names nothing, or the aliases expand to too much */
function resolved(file: string, document: Document.Parsed, at: (offset: number) => Position): unknown {
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    let position: Position | undefined;
    visit(document, {
      Alias: (_key, alias) => {
        if (alias.resolve(document)) return undefined;
        position = at(startOf(alias, 0));
        return visit.BREAK;
      },
    });
    const message = position
      ? 'this alias names no anchor above it'
      : 'the aliases of this file expand to too many values';
    throw scenarioError([{ position, file, path: [], message }]);
  }
}

interface YamlPlace {
  readonly found: number;
  readonly keyOffset: number;
  readonly valueOffset: number;
}

function findYamlPath(root: Node | null, path: readonly PathStep[]): YamlPlace {
  let place: YamlPlace = { found: 0, keyOffset: startOf(root, 0), valueOffset: startOf(root, 0) };
  let node: unknown = root;
  for (const step of path) {
    if (!isCollection(node)) break;
    const item: unknown = node.items.find((candidate, index) =>
      isPair(candidate) ? textOf(candidate.key) === String(step) : index === step,
    );
    if (item === undefined) break;
    const value: unknown = isPair(item) ? item.value : item;
    const keyOffset = startOf(isPair(item) ? item.key : item, place.keyOffset);
    place = { found: place.found + 1, keyOffset, valueOffset: startOf(value, keyOffset) };
    node = value;
  }
  return place;
}

function textOf(key: unknown): string {
  return isNode(key) && 'value' in key ? String(key.value) : String(key);
}

function startOf(node: unknown, otherwise: number): number {
  if (!isNode(node) || (isAlias(node) && !node.range)) return otherwise;
  return node.range?.[0] ?? otherwise;
}

interface Unfit {
  /** From the inside out. */
  readonly reversedPath: PathStep[];
  readonly message: string;
}

/** Looks for what no part of the product could handle: values nested too deeply, keys that are traps, floods. */
function findUnfit(value: unknown, depth: number, budget: { values: number }): Unfit | undefined {
  if (--budget.values < 0)
    return { reversedPath: [], message: 'the aliases of this file expand to too many values' };
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth > MAX_DEPTH) return { reversedPath: [], message: `nested deeper than ${MAX_DEPTH} levels` };
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      const unfit = findUnfit(value[index], depth + 1, budget);
      if (unfit) {
        unfit.reversedPath.push(index);
        return unfit;
      }
    }
    return undefined;
  }
  for (const key of Object.keys(value)) {
    const unfit =
      key === '__proto__'
        ? {
            reversedPath: [],
            message: 'the key "__proto__" is refused, because it means something else in JavaScript',
          }
        : findUnfit((value as Record<string, unknown>)[key], depth + 1, budget);
    if (unfit) {
      unfit.reversedPath.push(key);
      return unfit;
    }
  }
  return undefined;
}

function positionAt(file: string, text: string, offset: number): Position {
  let line = 1;
  let lineStart = 0;
  for (;;) {
    const end = text.indexOf('\n', lineStart);
    if (end < 0 || end >= offset) break;
    line++;
    lineStart = end + 1;
  }
  return { file, line, column: offset - lineStart + 1 };
}
