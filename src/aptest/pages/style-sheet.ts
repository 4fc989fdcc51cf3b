import type { ResultDefinition } from '../model/definitions.ts';

/** `atm.css`: how all pages look. */
export const productStyleSheet = `:root { color-scheme: light dark; --line: #767676; --soft: #e4e4e4; --quiet: #595959; --link: #0a58b5; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 80rem; padding: 0 1rem 3rem; }
a { color: var(--link); }
li { overflow-wrap: anywhere; }
a:focus-visible, input:focus-visible, select:focus-visible, textarea:focus-visible, button:focus-visible, summary:focus-visible, [tabindex]:focus-visible { outline: 3px solid #b35900; outline-offset: 2px; }
#mainContent:focus-visible { outline: none; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: .5rem; background: Canvas; padding: .5rem; }
header { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; align-items: center; border-bottom: 1px solid var(--line); padding: .6rem 0; }
header p, header ul { margin: 0; }
.brand { font-weight: bold; }
.brand small { font-weight: normal; color: var(--quiet); }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1rem; list-style: none; padding: 0; }
.who { margin-left: auto; }
h1 { font-size: 1.6rem; line-height: 1.25; overflow-wrap: anywhere; }
h2 { font-size: 1.25rem; margin: 2rem 0 .5rem; overflow-wrap: anywhere; }
h3 { font-size: 1.05rem; margin: 1rem 0 .25rem; }
table { border-collapse: collapse; }
caption { text-align: left; color: var(--quiet); padding: .25rem 0; }
th, td { text-align: left; vertical-align: top; padding: .3rem .9rem .3rem 0; border-bottom: 1px solid var(--soft); }
.scrolls { overflow-x: auto; margin: .5rem 0; }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(20rem, 100%), 1fr)); gap: .25rem 1.5rem; margin: .5rem 0; }
dl div { display: flex; gap: .5rem; }
dt { color: var(--quiet); flex: none; }
dd { margin: 0; overflow-wrap: anywhere; min-width: 0; }
.fields { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(22rem, 100%), 1fr)); gap: .75rem 1.5rem; align-items: start; }
.pairs { grid-column: 1 / -1; max-width: 68rem; }
.fields h3 { grid-column: 1 / -1; margin: .5rem 0 0; }
.field label, fieldset legend { display: block; font-weight: 600; }
.field .choices label, .choices label, .field span label { display: inline-block; font-weight: normal; margin-right: 1rem; }
fieldset { border: 1px solid var(--line); margin: .5rem 0; min-width: 0; }
input, select, textarea, button { font: inherit; max-width: 100%; box-sizing: border-box; }
input[type=text], input[type=password], input[type=datetime-local], textarea { width: 100%; padding: .3rem .4rem; }
select { padding: .25rem; min-width: 8rem; }
button, input[type=submit] { padding: .3rem .9rem; min-height: 2rem; cursor: pointer; }
.actions { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; margin: 1rem 0; }
.actions p { margin: 0; }
.complaint, .done { border-left: 4px solid; padding: .5rem .9rem; overflow-wrap: anywhere; }
.complaint { background: #fbe3e3; color: #5c0b0b; border-color: #b3261e; }
.done { background: #e3f5e3; color: #0d3d0d; border-color: #2e7d32; }
.test { border-top: 2px solid var(--line); margin-top: 2rem; }
.test h2 { margin-top: .75rem; }
.TYPE_tc_table { width: 100%; margin: .5rem 0; }
.TYPE_tc_table td, .TYPE_tc_table th { border: 1px solid var(--line); padding: .3rem .6rem; overflow-wrap: anywhere; }
.TYPE_tc_table td:first-child { width: 2rem; }
.result { border-left: .9rem solid var(--line); padding-left: .4rem; white-space: nowrap; }
.note { margin: .25rem 0; overflow-wrap: anywhere; }
.note span { margin-right: .5rem; }
.note .result { border: 0; padding: 0; }
.note .when, .note .user, .quiet { color: var(--quiet); }
.number { text-align: right; font-variant-numeric: tabular-nums; }
form:has([name=sessList-toggleAll]:checked) tbody tr { background: color-mix(in srgb, var(--link) 12%, transparent); }
@media (prefers-color-scheme: dark) {
  :root { --line: #8a8a8a; --soft: #3a3a3a; --quiet: #b4b4b4; --link: #8ab8ff; }
  body { background: #181818; color: #ddd; }
  .complaint { background: #4a1d1d; color: #ffdad6; }
  .done { background: #1e3d1e; color: #d6f5d6; }
}
@media (max-width: 30rem) { .result { white-space: normal; } .who { margin-left: 0; } .field select { width: 100%; } }
@media print { header, .actions, .skip { display: none; } }
`;

/**
 * `results.css`: the colours that a suite gives its results, by their place in its list. A colour is what the scenario
 * says, so anything but a name or a number of a colour is left out.
 */
export function resultStyleSheet(results: readonly ResultDefinition[]): string {
  return results
    .map(({ colour }, at) =>
      /^(?:#[0-9a-f]{3,8}|[a-z]{3,30})$/i.test(colour)
        ? `.result-${at} { border-left-color: ${colour}; }\n`
        : '',
    )
    .join('');
}
