import { type Request, type RequestHandler, type Response, Router } from 'express';
import { once } from '../memo/memory.ts';
import { consoleFiles } from './bundle.ts';

/** Where the live page is. */
export const consolePath = '/__console';

/** Its own script and style, its own twin, and nothing else; pictures come as data. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Addresses are relative, so that it works below the prefix of a world and of a proxy. It holds no data. */
const shell = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Twintrack console</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="__console/console.css"><script type="module" src="__console/main.js"></script></head>
<body><div id="console"><noscript><main><h1>Twintrack console</h1>
<p>This page needs JavaScript. <a href="__admin">/__admin</a> describes the same for curl.</p></main></noscript></div></body>
</html>
`;

/** Read at the first look at the console, and not by a start that nobody looks at. */
const files = once('script and style of the console', consoleFiles);

/** The live page and what it is made of. */
export function consolePages(): Router {
  const router = Router({ strict: true });
  const get = (path: string, handler: RequestHandler): void => void router.get(path, handler);
  get(consolePath, (_request, response) => {
    response.set('Content-Security-Policy', policy).type('html').send(shell);
  });
  get(`${consolePath}/`, (_request, response) => response.redirect(302, `..${consolePath}`));
  get(`${consolePath}/main.js`, (request, response) => send(request, response, 'script'));
  get(`${consolePath}/console.css`, (request, response) => send(request, response, 'style'));
  return router;
}

/** Asked for again each time and sent when it is another one: after an update no page runs an old script. */
async function send(_request: Request, response: Response, part: 'script' | 'style'): Promise<void> {
  const { [part]: text } = await files();
  response
    .set('Cache-Control', 'no-cache')
    .type(part === 'script' ? 'js' : 'css')
    .send(text);
}
