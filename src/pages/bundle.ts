import { readFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../package/package-root.ts';

/** What a browser needs of the console. */
export interface ConsoleFiles {
  readonly script: string;
  readonly style: string;
}

/** Put together from the sources, for tests and for who works on them; in the package it lies ready. */
export async function consoleFiles(): Promise<ConsoleFiles> {
  const { build } = await import('esbuild');
  const folder = path.join(packageRoot, 'src/pages/console');
  const { outputFiles } = await build({
    entryPoints: [path.join(folder, 'main.tsx')],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
  });
  const style = readFileSync(path.join(folder, 'console.css'), 'utf8');
  return { script: outputFiles[0]?.text ?? '', style };
}
