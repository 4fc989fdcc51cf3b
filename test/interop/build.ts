import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Generation } from '../../src/wsdl/generations.ts';
import { wsdlTextOf } from '../../src/wsdl/older-wsdl.ts';
import { type Command, runProgram } from './run-program.ts';

/** The WSDL that stubs are generated from. */
export const wsdlFile = fileURLToPath(new URL('../../wsdl/ttsoapcgi.wsdl', import.meta.url));

/** A file with the WSDL of a generation. */
export async function wsdlFileOf(generation: Generation): Promise<string> {
  if (generation === 'newest') return wsdlFile;
  const text = wsdlTextOf(readFileSync(wsdlFile, 'utf8'), generation);
  const folder = await built({
    name: `wsdl-${generation}`,
    sources: [wsdlFile],
    files: { 'ttsoapcgi.wsdl': text },
    steps: [],
  });
  return path.join(folder, 'ttsoapcgi.wsdl');
}

interface Recipe {
  readonly name: string;
  /** The files that the result depends on, by path. */
  readonly sources: readonly string[];
  /** Texts that are put into the folder before the first step, by file name. */
  readonly files?: Readonly<Record<string, string>>;
  /** Run one after another in the folder that is being made. */
  readonly steps: readonly Command[];
}

/**
 * Generates and compiles once, and keeps the result in the temporary folder of the machine under a hash of all
 * that went in, the commands too. It appears there in one piece, so that two builders cannot disturb each other.
 *
 * @returns the folder with the results
 */
export async function built({ name, sources, files = {}, steps }: Recipe): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify([steps, files]));
  for (const source of sources) hash.update(readFileSync(source));
  const base = path.join(tmpdir(), 'twintrack-interop');
  const folder = path.join(base, `${name}-${hash.digest('hex').slice(0, 16)}`);
  if (existsSync(folder)) return folder;
  mkdirSync(base, { recursive: true });
  const making = mkdtempSync(path.join(base, 'making-'));
  try {
    for (const [file, text] of Object.entries(files)) writeFileSync(path.join(making, file), text);
    for (const step of steps) await runProgram(step, { cwd: making });
    renameSync(making, folder);
  } catch (error) {
    // Another builder was first: what it made is the same.
    if (!existsSync(folder)) throw error;
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
  return folder;
}
