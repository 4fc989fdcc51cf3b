import { posix } from 'node:path';
import { defineConfig, type MarkdownRenderer } from 'vitepress';

/** Where the files of the repository are shown, with a slash at the end; pages lead there to what is no page of the site. */
const source = process.env.SITE_SOURCE;

/** A file below the repository's root that a page leads to and the site has not; undefined for all else. */
function fileOfRepository(link: string, page: string): string | undefined {
  if (/^(?:\w+:|[/#])/.test(link)) return undefined;
  const [path = '', anchor = ''] = link.split(/(?=#)/);
  const file = posix.join('docs', posix.dirname(page), path);
  return /^docs\/.*\.md$/.test(file) ? undefined : file + anchor;
}

function linksToSource(markdown: MarkdownRenderer): void {
  markdown.core.ruler.push('links to the source', ({ tokens, env }) => {
    for (const { children } of tokens)
      for (const token of children ?? []) {
        const file = token.type === 'link_open' && fileOfRepository(token.attrGet('href') ?? '', env.relativePath);
        if (file && source) token.attrSet('href', source + file);
      }
  });
}

/** The pages of `docs/` as a site with search; `.github/workflows/site.yml` builds it. */
export default defineConfig({
  title: 'Twintrack',
  base: process.env.SITE_BASE ?? '/',
  description: 'A stateful test double of the TestTrack SOAP SDK and of ApTest Manager’s rpc.mpl',
  // Pages lead to files of the repository too; between pages each link has to hold.
  ignoreDeadLinks: [(link) => !link.startsWith('./') || link.includes('/../')],
  markdown: { html: false, config: linksToSource },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [{ text: 'Migration', link: '/migration' }],
    sidebar: [
      {
        text: 'Use',
        items: [
          { text: 'Scenarios', link: '/scenarios' },
          { text: 'In tests', link: '/testing' },
          { text: 'Console', link: '/console' },
          { text: 'Monitoring', link: '/monitoring' },
          { text: 'More than one twin', link: '/scale' },
          { text: 'Data folder', link: '/durability' },
          { text: 'Without Node', link: '/executable' },
          { text: 'ApTest’s pages', link: '/aptest-pages' },
          { text: 'TestSession', link: '/testsession' },
          { text: 'Errors', link: '/errors' },
        ],
      },
      {
        text: 'Against real servers',
        items: [
          { text: 'Clients', link: '/client' },
          { text: 'Contract suite', link: '/contract' },
          { text: 'Drift', link: '/drift' },
          { text: 'Real clients', link: '/interop' },
          { text: 'rpc.mpl’s manual', link: '/rpc-manual' },
          { text: 'Coverage', link: '/coverage' },
        ],
      },
      {
        text: 'The house',
        items: [
          { text: 'Architecture', link: '/architecture' },
          { text: 'Glossary', link: '/glossary' },
        ],
      },
    ],
  },
});
