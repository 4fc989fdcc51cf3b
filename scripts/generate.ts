/**
 * Writes every committed file that is made from something else.
 *
 * `npm run generate` writes those that changed, `npm run generate -- --check` only names them and fails; after either,
 * paths such as `docs/coverage.md` restrict it to these files.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Every generated file by its path in the project, with what makes its text. To add one, add a line: a test and
 * `--check` hold the committed file to it. Modules are loaded when asked for, as some of them load the whole twin.
 */
export const generators: Readonly<Record<string, () => Promise<string>>> = {
  'src/testtrack/model/operation-types.generated.ts': async () => {
    const { operationTypes, servedModel } = await import('./operation-types.ts');
    return operationTypes(servedModel());
  },
  'docs/coverage.md': async () => (await import('./coverage.ts')).coveragePage(),
  'docs/testsession.md': async () => (await import('./testsession-docs.ts')).testSessionPage(),
  'docs/errors.md': async () => (await import('./errors-page.ts')).errorsPage(),
  'docs/openapi.json': async () => (await import('./openapi.ts')).openApiText(),
  'docs/client-contract.schema.json': async () =>
    (await import('./client-contract-schema.ts')).contractSchemaText(),
  'deploy/kubernetes/haproxy.cfg': async () =>
    `# Made from deploy/haproxy.cfg by "npm run generate": kustomize takes no file from beside its folder.\n${readFileSync(placeOf('deploy/haproxy.cfg'), 'utf8')}`,
  'scenarios/scenario.schema.json': async () => (await import('./scenario-schema.ts')).schemaText(),
};

/** Whether a generated file is not what would be written now. @throws Error no generator writes this file */
export async function isStale(file: string): Promise<boolean> {
  return committed(file) !== (await textOf(file));
}

async function textOf(file: string): Promise<string> {
  const generator = generators[file];
  if (generator) return generator();
  throw new Error(`Nothing generates ${file}. There are: ${Object.keys(generators).join(', ')}.`);
}

function committed(file: string): string | undefined {
  try {
    return readFileSync(placeOf(file), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function placeOf(file: string): URL {
  return new URL(`../${file}`, import.meta.url);
}

async function generate(onlyCheck: boolean, files: readonly string[]): Promise<void> {
  for (const file of files) {
    if (!(await isStale(file))) continue;
    if (onlyCheck) {
      process.stderr.write(`${file} is stale: run "npm run generate" and commit it.\n`);
      process.exitCode = 1;
    } else {
      writeFileSync(placeOf(file), await textOf(file));
      process.stdout.write(`wrote ${file}\n`);
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , ...given] = process.argv;
  const named = given.filter((argument) => argument !== '--check');
  try {
    await generate(given.includes('--check'), named.length > 0 ? named : Object.keys(generators));
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 1;
  }
}
