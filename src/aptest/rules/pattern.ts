/** A compiled regular expression: says whether it is found in a text. */
export type Pattern = (text: string) => boolean;

/**
 * Compiles a regular expression that came from outside. The engine must take time linear in the text, because a
 * pattern of a client must never hold the process (hardening: no engine that backtracks).
 *
 * @returns undefined when the expression is not valid
 */
export type PatternEngine = (source: string, isCaseSensitive: boolean) => Pattern | undefined;
