import { escapeMarkup } from '../text/escapes.ts';

/** One line of the index page. */
export interface PageEntry {
  readonly method: string;
  readonly path: string;
  readonly purpose: string;
}

/**
 * The page at `/`: what this server is and every address it answers at.
 *
 * @param origin how the client reached it, such as `http://localhost:8080`
 */
export function indexPage(origin: string, version: string, entries: readonly PageEntry[]): string {
  const rows = entries.map(({ method, path, purpose }) => {
    const url = escapeMarkup(origin + path);
    const shown = method === 'GET' && !path.includes(':') ? `<a href="${url}">${url}</a>` : url;
    return `<tr><td>${escapeMarkup(method)}</td><td>${shown}</td><td>${escapeMarkup(purpose)}</td></tr>`;
  });
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Twintrack</title><link rel="stylesheet" href="/twintrack.css"></head>
<body>
<h1>Twintrack ${escapeMarkup(version)}</h1>
<p>A test double of the TestTrack SOAP SDK and of ApTest Manager's rpc.mpl. Nothing here is a real system:
what is stored lives in memory and comes from a scenario file. What can be done with it while it runs is described at
<a href="${escapeMarkup(`${origin}/__admin`)}">/__admin</a>, with an example for each address.</p>
<table>
<thead><tr><th>Method</th><th>Address</th><th>What it does</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
</body>
</html>
`;
}

export const styleSheet = `body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 0.3rem 0.8rem 0.3rem 0; border-bottom: 1px solid #ccc; }
@media (prefers-color-scheme: dark) { body { background: #181818; color: #ddd; } a { color: #8bf; } }
`;
