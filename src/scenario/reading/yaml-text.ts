import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type ParsedNode,
  parseDocument,
  visit,
} from 'yaml';
import type { PathStep } from '../../input/path.ts';
import { positionAt, type SourcePosition } from './position.ts';
import { scenarioError } from './problem.ts';
import { mostShown } from './report.ts';
import type { SourceDocument } from './source-document.ts';
import { MAX_DEPTH } from './unfit.ts';
import { explainYaml } from './yaml-mistakes.ts';

/** How often an anchor may be used, its own aliases counted. */
const MAX_ALIASES = 10_000;

/**
 * Reads a YAML text, with a position for every key and value.
 *
 * @param file its name in messages
 * @throws ScenarioError
 */
export function parseYaml(file: string, text: string): SourceDocument {
  const at = (offset: number) => positionAt(file, text, offset);
  const { root, data } = composeYaml(file, text, at);
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

function composeYaml(file: string, text: string, at: (offset: number) => SourcePosition): ParsedYaml {
  try {
    const document = parseDocument<ParsedNode>(text, { merge: true, prettyErrors: false });
    if (document.errors.some(({ message }) => /call stack/i.test(message))) throw new RangeError('nesting');
    if (document.errors.length > 0) {
      // What follows the first mistake is mostly a consequence of it; keys given twice are not.
      const [first, ...more] = document.errors;
      const told = [first, ...more.filter(({ code }) => code === 'DUPLICATE_KEY')].slice(0, mostShown);
      throw scenarioError(
        told
          .flatMap((error) => (error ? [explainYaml(text, error)] : []))
          .map(({ offset, message, remedy }) => ({
            position: at(offset),
            file,
            path: [],
            message,
            remedy,
          })),
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
function resolved(file: string, document: Document.Parsed, at: (offset: number) => SourcePosition): unknown {
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    if (/^Merge sources must be maps/.test((error as Error).message)) throw wrongMerge(file, document, at);
    if (!(error instanceof ReferenceError)) throw error;
    let position: SourcePosition | undefined;
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

/** `<<` takes the members of a map, or of several in a list. */
function wrongMerge(file: string, document: Document.Parsed, at: (offset: number) => SourcePosition) {
  const resolvedNode = (node: unknown) => (isAlias(node) ? node.resolve(document) : node);
  let position: SourcePosition | undefined;
  visit(document, {
    Pair: (_key, { key, value }) => {
      if (!isScalar(key) || key.source !== '<<' || key.type !== 'PLAIN') return undefined;
      const source = resolvedNode(value);
      const maps = isSeq(source) ? source.items.map(resolvedNode) : [source];
      if (maps.every(isMap)) return undefined;
      position = at(startOf(value, startOf(key, 0)));
      return visit.BREAK;
    },
  });
  const message = 'what "<<" takes in is no map';
  const remedy =
    'Write the alias of one behind it, or a list of such aliases; a key of this name stands in quotes.';
  return scenarioError([{ position, file, path: [], message, remedy }]);
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
