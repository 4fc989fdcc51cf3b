import { createHash } from 'node:crypto';
import { type Request, type RequestHandler, type Response, Router } from 'express';
import { once } from '../memo/memory.ts';
import { type ConsoleFiles, consoleFiles } from './bundle.ts';

/** Where the live page is. */
export const consolePath = '/__console';

/** Its own script and style, its own twin, and nothing else; pictures come as data. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * What is seen until the script has come. Addresses are relative, so that it works below the prefix of a world and of a
 * proxy; script and style are named by what is in them, so that a browser asks for each of them once. It holds no data.
 */
const shell = ({ script, style }: Named) => `<!doctype html>
<html lang="en" data-theme="system">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Twintrack console</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="__console/console.css?v=${style}"><script type="module" src="__console/main.js?v=${script}"></script></head>
<body><div id="console"><header class="top"><span class="brand">Twintrack</span></header><noscript><main><h1>Twintrack console</h1>
<p>This page needs JavaScript. <a href="__admin">/__admin</a> describes the same for curl.</p></main></noscript></div></body>
</html>
`;

/** For script and style, what their addresses carry: another one after each change. */
type Named = Readonly<Record<keyof ConsoleFiles, string>>;

/** Read at the first look at the console, and not by a start that nobody looks at. */
const files = once('script and style of the console', async () => {
  const { script, style } = await consoleFiles();
  return { script, style, names: { script: nameOf(script), style: nameOf(style) } };
});

const nameOf = (text: string) => createHash('sha256').update(text).digest('base64url').slice(0, 16);

/** The live page and what it is made of. */
export function consolePages(): Router {
  const router = Router({ strict: true });
  const get = (path: string, handler: RequestHandler): void => void router.get(path, handler);
  get(consolePath, async (_request, response) => {
    const { names } = await files();
    response
      .set({ 'Content-Security-Policy': policy, 'Cache-Control': 'no-cache' })
      .type('html')
      .send(shell(names));
  });
  get(`${consolePath}/`, (_request, response) => response.redirect(302, `..${consolePath}`));
  get(`${consolePath}/main.js`, (request, response) => send(request, response, 'script'));
  get(`${consolePath}/console.css`, (request, response) => send(request, response, 'style'));
  return router;
}

/** Kept by a browser for good under the name of what is in it; asked for again each time under any other. */
async function send({ query }: Request, response: Response, part: keyof Named): Promise<void> {
  const { [part]: text, names } = await files();
  response
    .set('Cache-Control', query.v === names[part] ? 'private, max-age=31536000, immutable' : 'no-cache')
    .type(part === 'script' ? 'js' : 'css')
    .send(text);
}
