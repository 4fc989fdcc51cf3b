/**
 * `npm run package`: one executable file with Node and everything of the package in it, for the platform and with the
 * Node that runs this. It is Node's single executable application: a copy of `node` with a blob put into it.
 *
 *   executable/twintrack-linux-x64           the program; on Windows it ends in .exe
 *   executable/twintrack-linux-x64.txt       the licences of what is in it
 *
 * `src/cli/executable.ts` is the program's first file. `dist` must be built: its program is the one that goes in, with
 * what V8 made of it. What `dist` leaves to `node_modules` is bundled here, a file for each package.
 */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { stateOf } from './built.mjs';
import { licenceTexts, packagesOf, smallLibraries, streamsOfNode } from './libraries.ts';

/** Where Node looks for the blob; the name of the mark in its binary. Node's documentation gives both. */
const blobName = 'NODE_SEA_BLOB';
const sentinelFuse = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const folder = path.join(root, 'executable');
const isWindows = process.platform === 'win32';
const isMac = process.platform === 'darwin';
const name = `twintrack-${isWindows ? 'win' : process.platform}-${process.arch}`;

if (stateOf(root) !== 'fresh') run(process.execPath, ['--import', 'tsx', 'scripts/build.ts']);
const begun = performance.now();
mkdirSync(folder, { recursive: true });
const work = mkdtempSync(path.join(folder, 'new-'));
const inWork = (file: string) => path.join(work, file);
process.on('exit', () => rmSync(work, { recursive: true, force: true }));

const { dependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
  dependencies: Record<string, string>;
};
/**
 * strong-soap names some of its own files in ways that no bundler reads, and looks its messages up in files of many
 * languages: here they are in English.
 */
const wholeSoap: Plugin = {
  name: 'whole-soap',
  setup: ({ onLoad }) => {
    const changed = (filter: RegExp, change: (text: string) => string) =>
      onLoad({ filter }, ({ path: file }) => {
        const text = readFileSync(file, 'utf8');
        const contents = change(text);
        if (contents === text)
          throw new Error(`${file} is not as it was: it would not be whole in a bundle.`);
        return { contents };
      });
    changed(/strong-soap[\\/]index\.js$/, (text) => text.replaceAll("require(base + '", "require('./src/"));
    changed(/strong-soap[\\/]src[\\/]parser[\\/]typeRegistry\.js$/, (text) =>
      text.replace(/^ +('\.\/[^']+')(?=,?$)/gm, '() => require($1)').replace('require(t)', 't()'),
    );
    changed(
      /strong-soap[\\/]src[\\/]globalize\.js$/,
      () => `const { format } = require('node:util');
        const f = (text, ...values) => format(text.replace(/{{|}}/g, ''), ...values);
        module.exports = { f, http: () => ({ f }) };`,
    );
  },
};

const common: BuildOptions = {
  absWorkingDir: root,
  outdir: work,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  metafile: true,
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  logLevel: 'error',
  plugins: [wholeSoap, streamsOfNode, smallLibraries],
};
const libraries = Object.keys(dependencies);
const entryPoints = Object.fromEntries(libraries.map((each) => [`node_modules/${each}`, each]));
const [bundled] = await Promise.all([
  build({ ...common, entryPoints }),
  build({ ...common, entryPoints: { first: 'src/cli/executable.ts' } }),
]);

// By this Node, which need not be the one that built `dist`.
run(process.execPath, ['scripts/record-code-cache.mjs', 'dist/cli/program.cjs', inWork('program.cache')]);

const assets: Record<string, string> = {
  ...filesOf(root, 'dist', (file) => !/(?:\.map|\.d\.c?ts|LEGAL\.txt)$/.test(file) && !isOfLibrary(file)),
  ...filesOf(root, 'wsdl'),
  ...filesOf(root, 'data/defaults'),
  ...filesOf(root, 'scenarios'),
  ...filesOf(work, 'node_modules'),
  'dist/cli/program.cjs.cache': inWork('program.cache'),
  'docs/coverage.md': path.join(root, 'docs/coverage.md'),
  'package.json': path.join(root, 'package.json'),
};
writeFileSync(inWork('names.json'), JSON.stringify(Object.keys(assets)));
const config = {
  main: inWork('first.cjs'),
  output: inWork('blob'),
  disableExperimentalSEAWarning: true,
  // The program itself is an asset, with a record of what V8 compiled that knows more than this one would.
  useCodeCache: false,
  assets: { ...assets, 'names.json': inWork('names.json') },
};
writeFileSync(inWork('sea.json'), JSON.stringify(config));
run(process.execPath, ['--experimental-sea-config', inWork('sea.json')]);

const executable = inWork(isWindows ? `${name}.exe` : name);
copyFileSync(process.execPath, executable);
chmodSync(executable, 0o755);
if (isMac) run('codesign', ['--remove-signature', executable]);
run(process.execPath, [
  createRequire(import.meta.url).resolve('postject/dist/cli.js'),
  ...[executable, blobName, inWork('blob'), '--sentinel-fuse', sentinelFuse],
  ...(isMac ? ['--macho-segment-name', 'NODE_SEA'] : []),
]);
// Apple's processors run nothing that is not signed, at least by its own maker for this machine.
if (isMac) run('codesign', ['--sign', '-', executable]);

const done = path.join(folder, path.basename(executable));
renameSync(executable, done);
writeFileSync(path.join(folder, `${name}.txt`), licences());
const [size, seconds] = [statSync(done).size / 1e6, (performance.now() - begun) / 1000];
process.stdout.write(
  `${path.relative(root, done)}: ${size.toFixed(1)} MB, Node ${process.version}, in ${seconds.toFixed(1)} s\n`,
);

/** What only programs that import the package need. */
function isOfLibrary(file: string): boolean {
  return /^dist\/(?:chunks|client|vitest|aptest)\/|^dist\/(?:index\.js|built\.json)$|^dist\/cli\/main\.js$/.test(
    file,
  );
}

/** @returns the files of a folder: the names that they get, and where they lie */
function filesOf(base: string, below: string, wanted = (_file: string) => true): Record<string, string> {
  const files = readdirSync(path.join(base, below), { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map((each) => path.join(each.parentPath, each.name));
  const named = files.map((file) => [path.relative(base, file).split(path.sep).join('/'), file] as const);
  return Object.fromEntries(named.filter(([each]) => wanted(each)).sort());
}

function licences(): string {
  const near = ['..', '../..', '../share/doc/nodejs'].map((way) =>
    path.join(path.dirname(process.execPath), way),
  );
  const node = near.map((each) => path.join(each, 'LICENSE')).find((file) => existsSync(file));
  return [
    readFileSync(path.join(root, 'LICENSE'), 'utf8'),
    `== Node ${process.version}\n\n${
      node === undefined ? 'https://github.com/nodejs/node/blob/main/LICENSE' : readFileSync(node, 'utf8')
    }`,
    readFileSync(path.join(root, 'dist', 'bundled-licences.txt'), 'utf8'),
    licenceTexts(root, packagesOf([bundled])),
  ].join('\n\n');
}

function run(program: string, words: readonly string[]): void {
  // Settings in the environment are none of the build's business.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([each]) => !each.startsWith('TWINTRACK_')),
  );
  execFileSync(program, words, { cwd: root, env, stdio: ['ignore', 'ignore', 'pipe'] });
}
