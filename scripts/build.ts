/**
 * Builds `dist`. The libraries that every start needs go into the bundles, because reading one file costs a tenth of
 * reading three hundred; what only some runs need (Express, pino) stays a package and is loaded when its time comes.
 *
 *   index.js            the library, as modules
 *   client/index.js     the clients of both APIs
 *   vitest/index.js     the fixtures for vitest, which the user brings
 *   cli/main.js         the program's first file: src/cli/launcher.ts
 *   cli/program.cjs     the program, and beside it what V8 made of it
 *   wsdl-model.json what the WSDL says, read once
 *   prepared/           what reading and checking the package's own scenarios gives
 *   **.d.ts             types, written by the compiler
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { type BuildOptions, build, type Plugin, transform } from 'esbuild';
import { preparedName } from '../src/scenario/reading/built-prepared.ts';
import { readDocument } from '../src/scenario/reading/document.ts';
import type { Prepared } from '../src/scenario/reading/prepared.ts';
import { scenarioSchema } from '../src/scenario/schema.ts';
import { productSections } from '../src/scenario/sections.ts';
import { wsdlModel } from '../src/wsdl/model.ts';
import { modelToJson } from '../src/wsdl/model-json.ts';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const outdir = path.join(root, 'dist');

/** What a start loads, and so goes into the bundles. */
const bundled = ['zod', 'yaml', 'immutable', 'saxes', 'xmlchars', 'commander', 'lowdb', 'steno'];

const { dependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
  dependencies: Record<string, string>;
};

/** What is worked out now instead of at every start: each file here is replaced by its twin `built-…`. */
const worked = [path.join(root, 'src/wsdl/model.ts'), path.join(root, 'src/scenario/reading/prepared.ts')];

const workedOut: Plugin = {
  name: 'worked-out',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^\.\/\w+\.ts$/ }, ({ path: name, resolveDir }) =>
      worked.includes(path.join(resolveDir, name))
        ? { path: path.join(resolveDir, `built-${path.basename(name)}`) }
        : undefined,
    );
  },
};

/**
 * Libraries are made small wholly; our own names stay, so that a stack in a log can be read. The languages that zod
 * can complain in are left out: its words are replaced by ours.
 */
const smallLibraries: Plugin = {
  name: 'small-libraries',
  setup: ({ onLoad }) => {
    onLoad({ filter: /zod\/v4\/locales\/index\.js$/ }, () => ({ contents: 'export {};' }));
    onLoad({ filter: /node_modules\/.*\.js$/ }, async ({ path: file }) => {
      const source = readFileSync(file, 'utf8');
      const { code } = await transform(source, { minify: true, legalComments: 'inline', target: 'node20' });
      return { contents: code };
    });
  },
};

const common: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  external: ['vitest', ...Object.keys(dependencies).filter((name) => !bundled.includes(name))],
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'linked',
  plugins: [workedOut, smallLibraries],
};

rmSync(outdir, { recursive: true, force: true });
await Promise.all([
  build({
    ...common,
    entryPoints: {
      index: 'src/index.ts',
      'aptest/index': 'src/aptest/index.ts',
      'client/index': 'src/client/index.ts',
      'vitest/index': 'src/vitest/index.ts',
    },
    outdir,
    format: 'esm',
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    // Bundled CommonJS libraries ask for Node's own modules by `require`.
    banner: {
      js: "import{createRequire as nodeRequire}from'node:module';const require=nodeRequire(import.meta.url);",
    },
  }),
  build({
    ...common,
    entryPoints: { 'cli/program': 'src/cli/main.ts' },
    outdir,
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    // Code that V8 restores cannot import modules, so what is loaded late comes by `require`.
    supported: { 'dynamic-import': false },
    define: { 'import.meta.url': 'bundleUrl' },
    banner: { js: "const bundleUrl=require('node:url').pathToFileURL(__filename).href;" },
  }),
  build({ ...common, entryPoints: { 'cli/main': 'src/cli/launcher.ts' }, outdir, format: 'esm' }),
]);
writeFileSync(path.join(outdir, 'wsdl-model.json'), modelToJson(wsdlModel()));
prepareScenarios();
writeFileSync(path.join(outdir, 'bundled-licences.txt'), licences());
chmodSync(path.join(outdir, 'cli', 'main.js'), 0o755);
try {
  node('scripts/record-code-cache.mjs');
} catch {
  // It said why. The program starts without the record, only more slowly.
}
node('node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', '--emitDeclarationOnly');

const size = (file: string) => `${file} ${Math.round(statSync(path.join(outdir, file)).size / 1024)} kB`;
process.stdout.write(`dist: ${['index.js', 'cli/program.cjs', 'wsdl-model.json'].map(size).join(', ')}\n`);

function node(...words: string[]): void {
  // Settings of whoever builds are none of the build's business.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('TWINTRACK_')),
  );
  execFileSync(process.execPath, words, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] });
}

/**
 * YAML takes long to read, and a cold zod long to check it: what comes of the package's own scenarios is kept by the hash
 * of their text.
 */
function prepareScenarios(): void {
  const folder = path.join(root, 'scenarios');
  mkdirSync(path.join(outdir, 'prepared'));
  const schema = scenarioSchema(productSections);
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.yaml'))) {
    const text = readFileSync(path.join(folder, name), 'utf8');
    const { data } = readDocument(name, text);
    const known: Prepared = { data, checked: schema.safeParse(data).data };
    const json = JSON.stringify(known);
    // What JSON cannot hold (.inf, for one) is better read from the YAML.
    if (!isDeepStrictEqual(JSON.parse(json), withoutUndefined(known))) continue;
    writeFileSync(path.join(outdir, 'prepared', `${preparedName(text)}.json`), json);
  }
}

/** JSON leaves out what is undefined; to zod's optional members that is the same. */
function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([key, member]) => [key, withoutUndefined(member)]));
}

/** The licences of what is in the bundles: their terms ask that the texts go along. */
function licences(): string {
  return bundled
    .map((name) => {
      const folder = path.join(root, 'node_modules', name);
      const { version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as {
        version: string;
        license: string;
      };
      return `== ${name} ${version} (${license})\n\n${licenceText(folder)}`;
    })
    .join('\n\n');
}

function licenceText(folder: string): string {
  for (const name of ['LICENSE', 'LICENSE.md', 'LICENSE.txt']) {
    try {
      return readFileSync(path.join(folder, name), 'utf8');
    } catch {
      // The next name, then.
    }
  }
  return 'See the package.';
}
