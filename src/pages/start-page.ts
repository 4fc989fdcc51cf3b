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
  readonly entries: readonly PageEntry[];
  /** Who may log in to ApTest's pages, and who of them without a password. */
  readonly people: Pick<Summary, 'accounts' | 'openAccounts'>;
}

/** The page at `/`: what this server is, where people begin, and every address it answers at. */
export function indexPage({ origin, version, entries, people }: StartPage): string {
  const rows = entries.map(({ method, path, purpose }) => {
    const url = escapeMarkup(origin + path);
    const shown = method === 'GET' && !path.includes(':') ? `<a href="${url}">${url}</a>` : url;
    return `<tr><td>${escapeMarkup(method)}</td><td>${shown}</td><td>${escapeMarkup(purpose)}</td></tr>`;
  });
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Twintrack</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/twintrack.css"></head>
<body><main>
<h1>Twintrack ${escapeMarkup(version)}</h1>
<p>A test double of the TestTrack SOAP SDK and of ApTest Manager's rpc.mpl. Nothing here is a real system:
what is stored lives in memory and comes from a scenario file. What can be done with it while it runs is described at
<a href="${escapeMarkup(`${origin}/__admin`)}">/__admin</a>, with an example for each address.</p>
<h2>ApTest Manager in a browser</h2>
<p>Its pages begin at <a href="${escapeMarkup(origin + apTestStart)}">${escapeMarkup(origin + apTestStart)}</a>.
${whoLogsIn(people)}</p>
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
h1 { font-size: 1.6rem; } p { overflow-wrap: anywhere; }
@media (prefers-color-scheme: dark) { body { background: #181818; color: #ddd; } a { color: #8bf; } }
`;
