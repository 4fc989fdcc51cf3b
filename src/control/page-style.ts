import { createHash } from 'node:crypto';

/** The looks of the page; it stands in the page itself, so that a saved copy needs nothing else. */
export const pageStyle = `
:root { color-scheme: light dark; --line: #d5d9e0; --faint: #f4f6f9; --quiet: #566; --link: #0b57d0; }
@media (prefers-color-scheme: dark) { :root { --line: #3c424d; --faint: #22262e; --quiet: #a9b2bf; --link: #8ab4f8; } }
* { box-sizing: border-box; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 76rem; padding: 0 1.25rem; }
a { color: var(--link); }
h2 { border-bottom: 2px solid var(--line); margin: 3rem 0 0.5rem; padding-bottom: 0.3rem; }
h3 { font-size: 1.05rem; margin: 2.2rem 0 0.4rem; }
h4 { font-size: 0.9rem; color: var(--quiet); margin: 1rem 0 0.2rem; }
p { margin: 0.4rem 0; max-width: 60rem; }
code, pre { font: 0.9em/1.45 ui-monospace, "DejaVu Sans Mono", monospace; }
pre { background: var(--faint); border: 1px solid var(--line); border-radius: 6px; margin: 0.3rem 0; padding: 0.6rem 0.8rem; white-space: pre-wrap; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; font-size: 0.94rem; }
th, td { text-align: left; vertical-align: top; padding: 0.3rem 0.9rem 0.3rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
th { color: var(--quiet); font-weight: 600; }
th, td { min-width: 5rem; }
.method { border-radius: 4px; color: #fff; display: inline-block; font-weight: 700; min-width: 4.6rem; padding: 0.1rem 0.5rem; text-align: center; }
.get { background: #1a6334; } .post { background: #0b4fa8; } .put { background: #8a4b00; } .delete { background: #a3201d; }
.must { color: var(--quiet); font-size: 0.85em; }
@media (min-width: 56rem) {
  td:first-child { width: 17rem; }
  td.kind { width: 17rem; }
  td.status { width: 5rem; }
  td.when { width: 34rem; }
  nav td:first-child { width: 6.5rem; }
  nav td:nth-child(2) { width: 23rem; }
}
@media (max-width: 40rem) {
  thead { display: none; }
  tr { display: block; border-bottom: 1px solid var(--line); padding: 0.3rem 0; }
  td { display: block; border: 0; padding: 0.1rem 0; }
}
`;

/** Nothing but the page's own style may be used by it. */
export const pagePolicy = `default-src 'none'; style-src 'sha256-${createHash('sha256')
  .update(pageStyle)
  .digest('base64')}'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'`;
