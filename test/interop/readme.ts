import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runProgram } from './run-program.ts';

const page = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

/** Where the README has a twin answer. */
const printedAddress = 'http://127.0.0.1:8080';

/** The README's blocks in a language, as they are printed; in all of them without one. */
export function readmeBlocks(language = '\\w+'): string[] {
  return [...page.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 'gs'))].map(([, text = '']) => text);
}

const [typesKept = '', program = ''] = readmeBlocks('python');

/** The lines that suds needs to save items of several types, and the README's first program, which has them before it. */
export const sudsTypes = typesKept;
export const sudsProgram = `${typesKept}\n${program}`;

/** The same lines, as docs/interop.md has them. */
export const sudsRecipe = `\`\`\`python\n${typesKept}\`\`\`\n`;

/** The blocks of shell that call a running twin. */
export const curlBlocks = readmeBlocks('sh').filter((text) => /^(?:curl|RPC=)/m.test(text));

/** A text of the README, with the address of a twin on another port. */
export const withAddress = (url: string, text: string) => text.replaceAll(printedAddress, url);

/** Saves the first edit as first.py and runs it. @returns what it printed */
export function runFirstEdit(url: string, folder: string): Promise<string> {
  writeFileSync(path.join(folder, 'first.py'), withAddress(url, sudsProgram));
  return runProgram(['/usr/bin/python3', '-B', 'first.py'], { cwd: folder });
}

/** Runs every block that calls a twin, one after the other. @returns what they printed */
export function runCurlBlocks(url: string, folder: string): Promise<string> {
  const script = withAddress(url, curlBlocks.join('\n')).replaceAll(
    /^curl /gm,
    'curl --silent --show-error ',
  );
  return runProgram(['bash', '-e', '-c', script], { cwd: folder });
}
