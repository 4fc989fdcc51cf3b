import { defineConfig } from 'vitepress';

/** The pages of `docs/` as a site with search; `.github/workflows/site.yml` builds it. */
export default defineConfig({
  title: 'Twintrack',
  base: process.env.SITE_BASE ?? '/',
  description: 'A stateful test double of the TestTrack SOAP SDK and of ApTest Manager’s rpc.mpl',
  // Pages lead to files of the repository too, which are no pages of the site.
  ignoreDeadLinks: true,
  // Text such as {{name}} in the pages is text.
  vue: { template: { compilerOptions: { delimiters: ['[[[[', ']]]]'] } } },
  markdown: { html: false },
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
