import path from 'node:path';
import ts from 'typescript';
import { packageRoot } from '../../src/package/package-root.ts';

/** A document of Kubernetes, whatever kind it is. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

const options: ts.CompilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noEmit: true,
  skipLibCheck: true,
  types: [],
  lib: ['lib.es2022.d.ts'],
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
};

/**
 * Holds documents against the schemas that Kubernetes publishes, as the package `kubernetes-models` has them: by its
 * validators, which know formats and patterns, and by its types, which know every field, so that one that is not
 * there is a mistake as well. The API server of a cluster drops such a field and says nothing.
 *
 * @returns a sentence for each mistake, with the document that has it
 */
export async function mistakesIn(documents: readonly KubernetesObject[]): Promise<string[]> {
  const byValidators = await Promise.all(documents.map(refusalOf));
  return [...byValidators.flat(), ...mistakesOfTypes(documents)];
}

const moduleOf = ({ apiVersion, kind }: KubernetesObject) => `kubernetes-models/${apiVersion}/${kind}`;
const nameOf = ({ kind, metadata: { name } }: KubernetesObject) => `${kind} ${name}`;

type Model = new (document: KubernetesObject) => { validate(): void };

async function refusalOf(document: KubernetesObject): Promise<string[]> {
  const models = (await import(moduleOf(document))) as Record<string, Model>;
  const Known = models[document.kind];
  if (!Known) return [`${nameOf(document)}: there is no such kind`];
  try {
    new Known(document).validate();
    return [];
  } catch (error) {
    return [`${nameOf(document)}: ${(error as Error).message}`];
  }
}

/** Compiles each document as a value of its type. */
function mistakesOfTypes(documents: readonly KubernetesObject[]): string[] {
  const texts = new Map(
    documents.map((document, at) => {
      const text = [
        `import type { I${document.kind} } from '${moduleOf(document)}';`,
        `export const document: I${document.kind} = ${JSON.stringify(document, null, 2)};`,
      ];
      return [path.join(packageRoot, 'test', `kubernetes-${at}.ts`), text.join('\n')];
    }),
  );
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (file) => texts.has(file) || fileExists(file);
  host.getSourceFile = (file, ...rest) => {
    const text = texts.get(file);
    return text === undefined
      ? getSourceFile(file, ...rest)
      : ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  };
  const files = [...texts.keys()];
  return ts
    .getPreEmitDiagnostics(ts.createProgram(files, options, host))
    .map(({ file, start = 0, ...rest }) => {
      const document = documents[files.indexOf(file?.fileName ?? '')];
      const line = file?.text.slice(start).split('\n', 1)[0];
      const said = ts.flattenDiagnosticMessageText(rest.messageText, ' ');
      return `${document ? nameOf(document) : 'all'}: ${said} (${line})`;
    });
}
