/**
 * The package as a user gets it: packed once, installed into empty projects, used there by the Node that runs this
 * test; CI runs it with each one that is supported. Packages come from the registry, or from npm's cache.
 */
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packageRoot } from '../../src/package/package-root.ts';
import { folderBytes } from '../support/folder-bytes.ts';
import {
  commonJsProgram,
  moduleProgram,
  seldomProgram,
  typedProgram,
  unwatchedProgram,
  vitestFile,
} from './programs.ts';

const MINUTES = 60_000;
const MEGABYTE = 1024 * 1024;
const here = mkdtempSync(path.join(tmpdir(), 'twintrack-package-'));
afterAll(() => rmSync(here, { recursive: true, force: true }), MINUTES);

const nodeMajor = Number(process.versions.node.split('.')[0]);
/** vitest 5 has no Node 20. */
const vitests = nodeMajor < 22 ? ['4.1.12'] : ['4.1.12', '5.1.2'];
const pnpm = '10.34.8';
let tarball = '';

beforeAll(() => {
  const [{ filename }] = JSON.parse(
    run(packageRoot, ['npm', 'pack', '--json', '--silent', '--pack-destination', here]).replace(/^[^[]*/, ''),
  );
  tarball = path.join(here, filename);
}, 3 * MINUTES);

test(
  'without development packages an install has at most 55 MB, and nothing that is in the bundles',
  () => {
    const folder = project('bare');
    install(folder, [tarball]);
    expect(folderBytes(path.join(folder, 'node_modules')) / MEGABYTE).toBeLessThan(55);
    const licences = readFileSync(inPackage(folder, 'dist/bundled-licences.txt'), 'utf8');
    // The build lists there what its inputs are of.
    const bundled = [...licences.matchAll(/^== (\S+)/gm)].map(([, name = '']) => name);
    expect(bundled).toEqual(expect.arrayContaining(['immutable', 'jszip', 'yaml', 'zod']));
    const installed = installedNames(folder);
    expect(installed).toEqual(expect.arrayContaining(['express', 'picocolors', 'strong-soap']));
    expect(bundled.filter((name) => installed.includes(name))).toEqual([]);
  },
  3 * MINUTES,
);

test('what is loaded only when it is needed is there too, for what is imported and for the program', {
  timeout: MINUTES,
}, () => {
  const folder = path.join(here, 'bare');
  writeFileSync(path.join(folder, 'seldom.mjs'), seldomProgram);
  expect(node(folder, 'seldom.mjs')).toBe('5 true true 200\n'.repeat(2));
});

test('a start that nobody looks at reads no file of the console', { timeout: MINUTES }, () => {
  const folder = path.join(here, 'bare');
  const [its, aside] = ['dist/console', 'dist/console-aside'].map((name) => inPackage(folder, name));
  writeFileSync(path.join(folder, 'unwatched.mjs'), unwatchedProgram(its, aside));
  expect(node(folder, 'unwatched.mjs')).toBe('2 script\n2 script\n');
});

describe.each(vitests)('beside vitest %s', (vitest) => {
  const folder = project(`vitest-${vitest}`);
  beforeAll(
    () => install(folder, [tarball, `vitest@${vitest}`, 'typescript@6.0.3', `@types/node@${nodeMajor}`]),
    5 * MINUTES,
  );

  test('modules import it, and CommonJS requires it', { timeout: MINUTES }, () => {
    writeFileSync(path.join(folder, 'first.mjs'), moduleProgram);
    writeFileSync(path.join(folder, 'second.cjs'), commonJsProgram);
    expect(node(folder, 'first.mjs')).toBe('Project pass\n');
    expect(node(folder, 'second.cjs')).toBe('Project function pass\n');
  });

  test('a test gets a world of its own', { timeout: MINUTES }, () => {
    writeFileSync(path.join(folder, 'first.test.mjs'), vitestFile);
    expect(node(folder, 'node_modules/vitest/vitest.mjs', 'run')).toMatch(/2 passed/);
  });

  test('its command line answers', { timeout: MINUTES }, () => {
    const { version } = JSON.parse(readFileSync(path.join(packageRoot, 'package.json'), 'utf8'));
    expect(node(folder, 'node_modules/twintrack/dist/cli/main.js', '--version')).toBe(`${version}\n`);
  });

  test.each([
    ['node16', 'node16', ['consumer.mts', 'consumer.cts']],
    ['nodenext', 'nodenext', ['consumer.mts', 'consumer.cts']],
    ['esnext', 'bundler', ['consumer.ts']],
  ])(
    'TypeScript with module %s and resolution %s reads the types in %s',
    { timeout: MINUTES },
    (...options) => {
      const [module, moduleResolution, files] = options;
      for (const file of files) writeFileSync(path.join(folder, file), typedProgram);
      const compilerOptions = { module, moduleResolution, target: 'es2022', types: ['node'], ...strict };
      writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
      expect(node(folder, 'node_modules/typescript/bin/tsc', '-p', '.')).toBe('');
    },
  );
});

test(
  'pnpm installs it, and it finds what it needs in the folders that pnpm makes',
  () => {
    const folder = project('pnpm');
    run(folder, ['npx', '--yes', '--prefer-offline', `pnpm@${pnpm}`, 'add', '--prefer-offline', tarball]);
    writeFileSync(path.join(folder, 'first.mjs'), moduleProgram);
    expect(node(folder, 'first.mjs')).toBe('Project pass\n');
  },
  3 * MINUTES,
);

/** Libraries that are made small wholly: nothing of ours is in them. */
const libraries = ['english-faker.cjs', 'jszip.cjs', 'prom-client.cjs', 'selfsigned.cjs'];

test('every bundle has its source map', () => {
  const folder = inPackage(path.join(here, 'bare'), 'dist');
  const bundles = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.c?js$/.test(file) && !libraries.includes(file),
  );
  expect(bundles.length).toBeGreaterThan(5);
  expect(bundles.filter((file) => !existsSync(path.join(folder, `${file}.map`)))).toEqual([]);
});

const strict = { strict: true, noEmit: true, skipLibCheck: false, exactOptionalPropertyTypes: true };

/** Makes an empty project. */
function project(name: string): string {
  const folder = path.join(here, name);
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name, version: '1.0.0', private: true }));
  return folder;
}

function install(folder: string, packages: readonly string[]): void {
  run(folder, [
    'npm',
    'install',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
    '--ignore-scripts',
    ...packages,
  ]);
}

/** Every package in a project by its name, however deep it lies. */
function installedNames(folder: string): string[] {
  return readdirSync(path.join(folder, 'node_modules'), { recursive: true, encoding: 'utf8' })
    .filter((file) => path.basename(file) === 'package.json')
    .map(
      (file) => path.dirname(path.join('node_modules', file)).split(`node_modules${path.sep}`).at(-1) ?? '',
    )
    .filter((name) => /^(?:@[^/\\]+[/\\])?[^/\\]+$/.test(name))
    .map((name) => name.replaceAll('\\', '/'));
}

function inPackage(folder: string, file: string): string {
  return path.join(folder, 'node_modules', 'twintrack', file);
}

function node(folder: string, ...words: readonly string[]): string {
  return run(folder, [process.execPath, ...words]);
}

function run(cwd: string, [program = '', ...words]: readonly string[]): string {
  // What vitest sets for its own tests is none of theirs.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(?:VITEST|TWINTRACK_|NODE_ENV|NODE_OPTIONS|npm_config_)/.test(name),
    ),
  );
  try {
    return execFileSync(program, words, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${program} ${words.join(' ')}:\n${stdout}\n${stderr}`);
  }
}
