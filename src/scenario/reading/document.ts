import { JsonProblem } from '../../input/json-entries.ts';
import { findJsonPath, parseJson } from '../../input/json-text.ts';
import { knownText, rememberText } from './known-texts.ts';
import { positionAt } from './position.ts';
import { prepared } from './prepared.ts';
import { scenarioError } from './problem.ts';
import type { SourceDocument } from './source-document.ts';
import { refuseUnfit } from './unfit.ts';
import { parseYaml } from './yaml-text.ts';

export type { SourceDocument } from './source-document.ts';

/** Larger files are refused before they are read. */
export const maxJsonBytes = 200 * 1024 * 1024;
/** YAML takes some fifty times as long as JSON, and as much more memory. */
export const maxYamlBytes = 20 * 1024 * 1024;

/** Whether a file is read as JSON first: it is named so, or starts like it. */
function looksLikeJson(file: string, text: string): boolean {
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
  const isJson = looksLikeJson(file, text);
  const document = isJson ? readJson(file, text) : readYaml(file, text);
  refuseUnfit(document.data, document);
  return isJson ? document : { ...document, known: rememberText(text, document.known ?? document) };
}

function readJson(file: string, text: string): SourceDocument {
  let data: unknown;
  try {
    data = parseJson(text);
  } catch (error) {
    if (!/\.json$/i.test(file)) return readYaml(file, text);
    if (!(error instanceof JsonProblem)) throw error;
    const { offset, path, message } = error;
    throw scenarioError([{ position: positionAt(file, text, offset), file, path, message }]);
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
  const known = knownText(text) ?? prepared(text);
  if (known === undefined) return parseYaml(file, text);
  let parsed: SourceDocument | undefined;
  const withPositions = () => {
    parsed ??= parseYaml(file, text);
    return parsed;
  };
  return {
    file,
    data: known.data,
    known,
    size: text.length,
    depthOf: (path) => withPositions().depthOf(path),
    positionOf: (path, part) => withPositions().positionOf(path, part),
  };
}
