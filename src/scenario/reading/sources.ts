import { isUtf8 } from 'node:buffer';
import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { isRecord } from '../../input/is-record.ts';
import type { PathStep } from '../../input/path.ts';
import { maxJsonBytes, maxYamlBytes, readDocument, type SourceDocument } from './document.ts';
import { fileHint, ScenarioFiles } from './files.ts';
import type { KnownText } from './known-texts.ts';
import type { SourcePosition } from './position.ts';
import { ScenarioError, ScenarioProblem, scenarioError } from './problem.ts';
import { announceFile, type Reading, type Tell } from './progress.ts';
import { refuseUnfit } from './unfit.ts';

/** A scenario's data with all that it extends, and the way back to the texts. */
export interface Sources {
  /** The scenario's own file name, for messages. */
  readonly name: string;
  /** Whether a program gave it as data. */
  readonly isInline: boolean;
  readonly data: unknown;
  /** What is known of the text when there is only one, and where the check is noted. */
  readonly known?: KnownText | undefined;
  readonly files: ScenarioFiles;
  positionOf(path: readonly PathStep[], part: 'key' | 'value'): SourcePosition | undefined;
}

/** Whether a file is an export in lines. */
export function isInLines(file: string): boolean {
  return /\.jsonl$/i.test(file);
}

/** Longer chains of `extends` are a mistake. */
const MAX_FILES = 32;

/**
 * Reads a scenario file and those it extends. Maps are merged key by key; anything else, lists too, is taken from
 * the file that extends.
 *
 * @param file as the user named it; messages name it so
 * @throws ScenarioError
 */
export function readSources(file: string, { tell, reads, text }: Reading = {}): Sources {
  reads?.(path.resolve(file));
  const real = text === undefined ? existing(file) : path.resolve(file);
  reads?.(real);
  const files = new ScenarioFiles(path.dirname(real), reads);
  const documents: SourceDocument[] = [];
  const data = readExtended({ real, shown: file, chain: [], tell, text }, files, documents);
  const [only, ...more] = documents;
  return {
    name: file,
    isInline: false,
    data,
    // What extends another file is checked with it.
    known: more.length === 0 ? only?.known : undefined,
    files,
    positionOf: (at, part) => deepest(documents, at)?.positionOf(at, part),
  };
}

/**
 * A scenario that a program gives as data: it has no positions, names no files and extends nothing. It is copied, because
 * the program may change it later.
 *
 * @throws ScenarioError it nests too deeply, or holds itself
 */
export function inlineSources(data: unknown): Sources {
  const name = 'scenario';
  const positionOf = () => undefined;
  refuseUnfit(data, { file: name, size: Number.POSITIVE_INFINITY, positionOf });
  if (isRecord(data) && data.extends !== undefined) {
    const message = 'a scenario given as data extends nothing, because it has no folder to look for files in';
    const remedy = 'Name a file instead, or give all of the scenario.';
    throw new ScenarioError({
      lines: [{ file: name, path: ['extends'], message, remedy }],
      count: 1,
      isInline: true,
    });
  }
  return {
    name,
    isInline: true,
    data: copyOf(data),
    files: new ScenarioFiles(undefined),
    positionOf,
  };
}

function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyOf);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, copyOf(member)]));
}

interface Opened {
  readonly real: string;
  readonly shown: string;
  /** The real paths of the files that led here. */
  readonly chain: readonly string[];
  readonly tell: Tell | undefined;
  /** What it holds, where it is no file. */
  readonly text?: string | undefined;
}

function textOf(opened: Opened): string {
  return opened.text ?? readText(opened);
}

/** Reads a file and its bases; adds the documents in the order in which they count. */
function readExtended(opened: Opened, files: ScenarioFiles, documents: SourceDocument[]): unknown {
  const document = readDocument(opened.shown, textOf(opened));
  documents.push(document);
  const { data } = document;
  if (!isRecord(data) || data.extends === undefined) return data;
  const isList = Array.isArray(data.extends);
  const names: unknown[] = isList ? (data.extends as unknown[]) : [data.extends];
  let base: unknown;
  for (const [index, name] of names.entries()) {
    if (typeof name !== 'string') continue; // The schema says so, with the position.
    const at = isList ? ['extends', index] : ['extends'];
    try {
      const next = openBase(name, { at, from: opened }, files);
      if (documents.length >= MAX_FILES)
        throw new ScenarioProblem(at, `more than ${MAX_FILES} files extend each other`);
      base = merged(base, readExtended(next, files, documents));
    } catch (error) {
      if (!(error instanceof ScenarioProblem)) throw error;
      const position = document.positionOf(error.path, 'value');
      throw scenarioError([{ position, file: opened.shown, ...error, message: error.message }]);
    }
  }
  return merged(base, data);
}

/** @throws ScenarioProblem */
function openBase(
  name: string,
  { at, from }: { readonly at: readonly PathStep[]; readonly from: Opened },
  files: ScenarioFiles,
): Opened {
  const real = files.locate(name, at, path.dirname(from.real));
  const chain = [...from.chain, from.real];
  if (chain.includes(real)) {
    const circle = [...chain.slice(chain.indexOf(real)), real].map((file) => path.basename(file)).join(' → ');
    throw new ScenarioProblem(at, `these files extend each other in a circle: ${circle}`);
  }
  return { real, shown: path.join(path.dirname(from.shown), name), chain, tell: from.tell };
}

function merged(base: unknown, own: unknown): unknown {
  if (!isRecord(base) || !isRecord(own)) return own;
  const result: Record<string, unknown> = { ...base };
  for (const key of Object.keys(own))
    result[key] = Object.hasOwn(base, key) ? merged(base[key], own[key]) : own[key];
  return result;
}

/** The document that holds most of a path; of equals, the one that counts first. */
function deepest(documents: readonly SourceDocument[], at: readonly PathStep[]): SourceDocument | undefined {
  let best: SourceDocument | undefined;
  let bestDepth = -1;
  for (const document of documents) {
    const depth = document.depthOf(at);
    if (depth > bestDepth) {
      best = document;
      bestDepth = depth;
    }
  }
  return best;
}

/** The real path of a file. @throws ScenarioError it is not there, or no file */
export function existing(file: string): string {
  const problem = (message: string) => scenarioError([{ file, path: [], message }]);
  try {
    const real = realpathSync(file);
    if (!statSync(real).isFile()) throw problem('this is not a file');
    return real;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') throw problem(`there is no such file.${nearFile(file)}`);
    if (code === 'EACCES' || code === 'ELOOP') throw problem(`the file cannot be reached (${code})`);
    throw error;
  }
}

function nearFile(file: string): string {
  try {
    return fileHint(path.basename(file), readdirSync(path.dirname(file)));
  } catch {
    return '';
  }
}

function readText({ real, shown, tell }: Opened): string {
  const problem = (message: string) => scenarioError([{ file: shown, path: [], message }]);
  const limit = /\.json$/i.test(real) ? maxJsonBytes : maxYamlBytes;
  const { size } = statSync(real);
  if (size > limit) {
    const remedy =
      limit === maxJsonBytes
        ? '; an export that ends in .jsonl may have any size'
        : '; as JSON, in a file that ends in .json, it may have ten times as many';
    throw problem(`the file has ${size} bytes; the limit is ${limit}${remedy}`);
  }
  announceFile(tell, shown, size);
  let bytes: Buffer;
  try {
    bytes = readFileSync(real);
  } catch (error) {
    throw problem(`the file cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  if (!isUtf8(bytes)) throw problem('the file is not text in UTF-8');
  return bytes.toString('utf8').replace(/^\ufeff/, '');
}
