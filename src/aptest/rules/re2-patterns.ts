import { createRequire } from 'node:module';
import type * as Re2 from 're2js';
import type { PatternEngine } from './pattern.ts';

/** Longer patterns are refused: what they compile to grows faster than they do. */
const longestPattern = 1000;

const load = createRequire(import.meta.url);

/**
 * Regular expressions in RE2's dialect: no look-around and no back references, and in return time linear in the
 * text. The engine is loaded with the first pattern, because few twins ever see one and loading takes time.
 */
export const re2Patterns: PatternEngine = (source, isCaseSensitive) => {
  if (source.length > longestPattern) return undefined;
  const { RE2JS } = load('re2js') as typeof Re2;
  try {
    const compiled = RE2JS.compile(source, isCaseSensitive ? 0 : RE2JS.CASE_INSENSITIVE);
    return (text) => compiled.matcher(text).find();
  } catch {
    return undefined;
  }
};
