/**
 * Builds `dist`. The libraries that every start needs go into the bundles, because reading one file costs a tenth of
 * reading three hundred; so do large ones of which little is needed. They are development packages: what is in a bundle
 * need not be installed. What else only some runs need (Express, pino) is a dependency, loaded when its time comes.
 *
 *   index.js            the library, as modules
 *   client/index.js     the clients of both APIs
 *   vitest/index.js     the fixtures for vitest, which the user brings
 *   cli/main.js         the program's first file: src/cli/launcher.ts
 *   cli/package.json    says that it is no module
 *   cli/program.cjs     the program, and beside it what V8 made of it
 *   wsdl-model-newest.json what the WSDL says, read once
 *   prepared/           what reading and checking the package's own scenarios gives
 *   zone-offsets.json   when the clocks change in the zones that the package names
 *   english-faker.cjs   the words of generated records, loaded by scenarios that generate some
 *   console/            script and style of the live page, loaded when somebody looks at it
 *   jszip.cjs           what writes zip files, loaded by the program's first Word document
 *   prom-client.cjs     what writes the metrics, loaded by the first question for them
 *   selfsigned.cjs      what makes certificates, loaded by a program that speaks TLS and was given none
 *   **.map              which line of the sources a line of the bundles comes from
 *   **.d.ts, **.d.cts   types, for the package only: `--types`
 *   built.json          which sources these are of; written last (scripts/built.mjs)
 *
 * Everything is made in a folder beside `dist` and takes its place when it is whole.
 */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { zoneTable, zoneTableFile } from '../src/package/built-known-offsets.ts';
import { preparedName } from '../src/scenario/reading/built-prepared.ts';
import { readDocument } from '../src/scenario/reading/document.ts';
import type { Prepared } from '../src/scenario/reading/prepared.ts';
import { scenarioSchema } from '../src/scenario/schema.ts';
import { productSections } from '../src/scenario/sections.ts';
import { offsetMinutes } from '../src/testtrack/rules/zone.ts';
import { generations } from '../src/wsdl/generations.ts';
import { wsdlModel } from '../src/wsdl/model.ts';
import { modelToJson } from '../src/wsdl/model-json.ts';
import { exchange, fingerprint, seal } from './built.mjs';
import { licenceTexts, packagesOf, smallLibraries, streamsOfNode } from './libraries.ts';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const dist = path.join(root, 'dist');
const outdir = mkdtempSync(path.join(root, 'dist.new-'));
const builtFrom = fingerprint(root);

const { dependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
  dependencies: Record<string, string>;
};

/** What is worked out now instead of at every start: each file here is replaced by its twin `built-…`. */
const worked = [
  'src/wsdl/model.ts',
  'src/scenario/reading/prepared.ts',
  'src/scenario/generate/english-faker.ts',
  'src/pages/bundle.ts',
  'src/package/known-offsets.ts',
].map((file) => path.join(root, file));

const workedOut: Plugin = {
  name: 'worked-out',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^\.\.?\/.*\.ts$/ }, ({ path: name, resolveDir }) => {
      const file = path.join(resolveDir, name);
      const built = path.join(path.dirname(file), `built-${path.basename(file)}`);
      return worked.includes(file) ? { path: built } : undefined;
    });
  },
};

/** What is seldom needed is no part of what a start reads, and is there once for the program and what is exported, a folder above both. */
const seldomApart: Plugin = {
  name: 'seldom-apart',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^(?:jszip|prom-client|selfsigned)$/ }, ({ path: name }) => ({
      path: `../${name}.cjs`,
      external: true,
    }));
  },
};

const common: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  external: ['vitest', ...Object.keys(dependencies)],
  sourcemap: true,
  metafile: true,
  sourcesContent: false,
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'linked',
  plugins: [seldomApart, workedOut, streamsOfNode, smallLibraries],
};

/** The program: Node takes 4 ms less to start it than modules. */
const commonJs: BuildOptions = {
  ...common,
  format: 'cjs',
  define: { 'import.meta.url': 'bundleUrl' },
  banner: { js: "const bundleUrl=require('node:url').pathToFileURL(__filename).href;" },
};

/** What package.json exports. */
const entries = {
  index: 'src/index.ts',
  'aptest/index': 'src/aptest/index.ts',
  'client/index': 'src/client/index.ts',
  'vitest/index': 'src/vitest/index.ts',
};

const begun = performance.now();
process.on('exit', () => rmSync(outdir, { recursive: true, force: true }));
step('Bundling');
const bundled = await bundle();
step('Reading the WSDL and the scenarios of the package');
for (const generation of generations)
  writeFileSync(path.join(outdir, `wsdl-model-${generation}.json`), modelToJson(wsdlModel(generation)));
prepareScenarios();
writeFileSync(path.join(outdir, zoneTableFile), JSON.stringify(zonesOfPackage()));
writeFileSync(path.join(outdir, 'bundled-licences.txt'), licenceTexts(root, bundled));
writeFileSync(path.join(outdir, 'cli', 'package.json'), '{ "type": "commonjs" }\n');
chmodSync(path.join(outdir, 'cli', 'main.js'), 0o755);
step('Recording what Node compiles of it');
try {
  node('scripts/record-code-cache.mjs', path.join(outdir, 'cli', 'program.cjs'));
} catch {
  // It said why. The program starts without the record, only more slowly.
}
if (process.argv.includes('--types')) {
  step('Writing the types');
  const { writeTypes } = await import('./types.ts');
  await writeTypes({ root, entries, outdir });
}
chmodSync(outdir, 0o755);
seal(outdir, builtFrom);
exchange(outdir, dist);
const size = (file: string) => `${file} ${Math.round(statSync(path.join(dist, file)).size / 1024)} kB`;
const sizes = ['index.js', 'cli/program.cjs', 'wsdl-model-newest.json'].map(size).join(', ');
process.stdout.write(`Built in ${((performance.now() - begun) / 1000).toFixed(1)} s: ${sizes}\n`);

function step(what: string): void {
  process.stdout.write(`  ${what}…\n`);
}

/** @returns the packages that went into the bundles */
async function bundle(): Promise<string[]> {
  const results = await Promise.all([
    build({
      ...common,
      entryPoints: entries,
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
      ...commonJs,
      entryPoints: { 'cli/program': 'src/cli/main.ts' },
      outdir,
      outExtension: { '.js': '.cjs' },
      // Code that V8 restores cannot import modules, so what is loaded late comes by `require`.
      supported: { 'dynamic-import': false },
    }),
    build({ ...commonJs, entryPoints: { 'cli/main': 'src/cli/launcher.ts' }, outdir }),
    build({
      ...common,
      entryPoints: {
        'english-faker': '@faker-js/faker/locale/en',
        jszip: 'jszip',
        'prom-client': 'prom-client',
        selfsigned: 'selfsigned',
      },
      outdir,
      outExtension: { '.js': '.cjs' },
      format: 'cjs',
      sourcemap: false,
      plugins: [streamsOfNode, smallLibraries],
    }),
    build({
      absWorkingDir: root,
      entryPoints: { main: 'src/pages/console/main.tsx', console: 'src/pages/console/console.css' },
      outdir: path.join(outdir, 'console'),
      bundle: true,
      minify: true,
      sourcemap: true,
      sourcesContent: false,
      metafile: true,
      format: 'esm',
      target: 'es2022',
      jsx: 'automatic',
      jsxImportSource: 'preact',
    }),
  ]);
  const files = results.flatMap(({ metafile }) => Object.keys(metafile?.inputs ?? {}));
  const left = files.filter((file) => worked.includes(path.join(root, file)));
  if (left.length > 0) throw new Error(`What the build works out is in a bundle as it was: ${left}`);
  return packagesOf(results);
}

function node(...words: string[]): void {
  // Settings in the builder's environment are none of the build's business.
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

/** The changes of the clocks, from before the product's first records to when nobody knows them any more. */
function zonesOfPackage() {
  const defaults = readFileSync(path.join(root, 'data', 'defaults', 'testtrack.json'), 'utf8');
  const { server } = JSON.parse(defaults) as { server: { timeZone: string } };
  return zoneTable([server.timeZone], { from: Date.UTC(2000, 0), until: Date.UTC(2040, 0) }, offsetMinutes);
}

/** JSON leaves out what is undefined; to zod's optional members that is the same. */
function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([key, member]) => [key, withoutUndefined(member)]));
}
