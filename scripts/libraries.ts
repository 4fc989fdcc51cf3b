/** How libraries go into a bundle, and what their licences ask. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type BuildResult, type Plugin, transform } from 'esbuild';

/** jszip's own copy of Node's streams, as it is told for browsers: seven small packages that an install has anyway. */
export const streamsOfNode: Plugin = {
  name: 'streams-of-node',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^readable-stream$/ }, () => ({ path: 'node:stream', external: true }));
  },
};

/**
 * Libraries are made small wholly; our own names stay, so that a stack in a log can be read. The languages that zod
 * can complain in are left out: its words are replaced by ours.
 */
export const smallLibraries: Plugin = {
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

/** @returns the packages that went into some bundles, by their folders such as `node_modules/zod` */
export function packagesOf(results: readonly BuildResult[]): string[] {
  const files = results.flatMap(({ metafile }) => Object.keys(metafile?.inputs ?? {}));
  const names = files.map((file) => /^.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[0]);
  return [...new Set(names.filter((name) => name !== undefined))].sort();
}

/** The licences of what is in some bundles: their terms ask that the texts go along. */
export function licenceTexts(root: string, packages: readonly string[]): string {
  return packages
    .map((each) => {
      const folder = path.join(root, each);
      const { name, version, license } = JSON.parse(
        readFileSync(path.join(folder, 'package.json'), 'utf8'),
      ) as Readonly<Record<'name' | 'version' | 'license', string>>;
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
