/**
 * A module's text as a function of what CommonJS gives it. `scripts/record-code-cache.mjs` wraps in the same way, because
 * what V8 compiled counts for that text only.
 */
export function moduleText(text: string): string {
  return `(function(exports,require,module,__filename,__dirname){${text}\n})`;
}

/** The name under which the program is compiled, wherever it lies: what V8 compiled counts for that name only. */
export const programName = 'twintrack/cli/program.cjs';
