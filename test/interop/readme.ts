import { readFileSync } from 'node:fs';

const page = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

/** The README's blocks in a language, as they are printed. */
export function readmeBlocks(language: string): string[] {
  return [...page.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 'gs'))].map(([, text = '']) => text);
}

const [typesKept = '', program = ''] = readmeBlocks('python');

/** The lines that suds needs to save items of several types, and the README's first program, which has them before it. */
export const sudsTypes = typesKept;
export const sudsProgram = `${typesKept}\n${program}`;

/** The same lines, as docs/interop.md has them. */
export const sudsRecipe = `\`\`\`python\n${typesKept}\`\`\`\n`;
