#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';
import { moduleText, programName } from '../package/module-text.ts';

/**
 * The installed program's first file. The build puts what V8 compiled beside the bundle; with it a start does not
 * compile a megabyte again, which is a quarter of its time. V8 itself refuses a record that another version of Node
 * made, and the bundle is compiled as usual.
 */
const program = path.join(path.dirname(fileURLToPath(import.meta.url)), 'program.cjs');
const require = createRequire(program);

function record(): Buffer | undefined {
  try {
    return readFileSync(`${program}.cache`);
  } catch {
    return undefined;
  }
}

const cachedData = record();
if (cachedData === undefined) {
  require(program);
} else {
  // Wrapped and named exactly as scripts/record-code-cache.mjs does it: the record holds for that text and that name.
  // esbuild writes ASCII, which is read faster as Latin-1.
  const script = new vm.Script(moduleText(readFileSync(program, 'latin1')), {
    filename: programName,
    cachedData,
  });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, require, module, program, path.dirname(program));
}
