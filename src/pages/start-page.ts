import { escapeMarkup } from '../text/escapes.ts';
import type { Summary } from '../worlds/summary.ts';

/** One line of the index page. */
export interface PageEntry {
  readonly method: string;
  readonly path: string;
  readonly purpose: string;
}

/** What the page at `/` is made from. */
export interface StartPage {
  /** How the client reached it, such as `http://localhost:8080`. */
  readonly origin: string;
  readonly version: string;
  /** The world that it tells of. */
  readonly world: string;
  /** Whether the state is kept beyond the process. */
  readonly isKept: boolean;
  readonly consolePath: string;
  readonly entries: readonly PageEntry[];
  /** Who may log on and log in, and who of them without a password in ApTest. */
  readonly people: Pick<Summary, 'projects' | 'suites' | 'accounts' | 'openAccounts'>;
}

/** The page at `/`: what this twin is and holds, where people begin, and every address it answers at. */
export function indexPage(page: StartPage): string {
  const { origin, version, world, isKept, consolePath, entries, people } = page;
  const link = (path: string, words = origin + path) =>
    `<a href="${escapeMarkup(origin + path)}">${escapeMarkup(words)}</a>`;
  const rows = entries.map(({ method, path, purpose }) => {
    const shown = method === 'GET' && !path.includes(':') ? link(path) : escapeMarkup(origin + path);
    return `<tr><td>${escapeMarkup(method)}</td><td>${shown}</td><td>${escapeMarkup(purpose)}</td></tr>`;
  });
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Twintrack</title><link rel="icon" href="data:,"><link rel="stylesheet" href="${escapeMarkup(origin)}/twintrack.css"></head>
<body><main>
<h1>Twintrack ${escapeMarkup(version)}</h1>
<p>A test double of the TestTrack SOAP SDK and of ApTest Manager's rpc.mpl. Nothing here is a real system. This is the world
<strong>${escapeMarkup(world)}</strong>; what is stored began with a scenario and ${isKept ? 'is kept in a data folder' : 'lives in memory until the twin ends'}.</p>
<ul>
<li>${link(consolePath, 'The console')}: calls as they come, records, locks, the clock, fault rules</li>
<li>${link('/__admin', 'The control API')}: everything that can be done with the twin while it runs, with an example for each address</li>
<li>${link(apTestStart, 'ApTest Manager in a browser')}. ${whoLogsIn(people)}</li>
</ul>
<h2>TestTrack projects</h2>
${projectList(people.projects)}
<h2>ApTest suites</h2>
<p>${people.suites.length === 0 ? 'The scenario has none.' : namesOf(people.suites)}</p>
<h2>Every address</h2>
<div class="scrolls" role="region" aria-label="Every address" tabindex="0"><table>
<thead><tr><th scope="col">Method</th><th scope="col">Address</th><th scope="col">What it does</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table></div>
</main></body>
</html>
`;
}

function projectList(projects: Summary['projects']): string {
  if (projects.length === 0) return '<p>The scenario has none.</p>';
  const lines = projects.slice(0, mostNamed).map(({ name, users }) => {
    const who = users.length === 0 ? 'nobody may log on' : `log on as ${namesOf(users)}`;
    return `<li><strong>${escapeMarkup(name)}</strong>: ${who}</li>`;
  });
  const rest = projects.length > mostNamed ? `<li>and ${projects.length - mostNamed} more</li>` : '';
  return `<ul>\n${lines.join('\n')}${rest}\n</ul>\n<p>Their passwords are in the scenario, under testtrack.projects.</p>`;
}

function namesOf(names: readonly string[]): string {
  const rest = names.length > mostNamed ? ` and ${names.length - mostNamed} more` : '';
  return (
    names
      .slice(0, mostNamed)
      .map((name) => escapeMarkup(name))
      .join(', ') + rest
  );
}

/** Where people begin with ApTest. */
export const apTestStart = '/atm/index.mpl';

/** Longer lists are not read. */
const mostNamed = 12;

function whoLogsIn({ accounts, openAccounts }: StartPage['people']): string {
  if (accounts.length === 0) return 'The scenario has no user who may run a suite.';
  const names = accounts.slice(0, mostNamed).map((name) => {
    const remark = openAccounts.includes(name) ? ' (no password)' : '';
    return `<strong>${escapeMarkup(name)}</strong>${remark}`;
  });
  const rest = accounts.length > mostNamed ? ` and ${accounts.length - mostNamed} more` : '';
  return `Log in as ${names.join(', ')}${rest}; other passwords are in the scenario, under aptest.users.`;
}

export const styleSheet = `body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 0.3rem 0.8rem 0.3rem 0; border-bottom: 1px solid #ccc; }
.scrolls { overflow-x: auto; } .scrolls table { min-width: 48rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 1.6rem; } p { overflow-wrap: anywhere; }
@media (prefers-color-scheme: dark) { body { background: #181818; color: #ddd; } a { color: #8bf; } th, td { border-color: #444; } }
`;
