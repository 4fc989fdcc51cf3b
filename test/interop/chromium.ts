import { readFileSync } from 'node:fs';
import { STATUS_CODES } from 'node:http';
import { createRequire } from 'node:module';
import type { Result } from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/** Debian's Chromium, without a window. */
export const openChromium = (): Promise<Browser> =>
  chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });

/**
 * A page in a browser where nobody was before.
 *
 * @param problems what it complains of is added here
 */
export async function newPageOf(
  browser: Browser,
  { options, problems }: { options?: BrowserContextOptions; problems: string[] },
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(error.message));
  return page;
}

/** What Chromium writes into a page's console when the page itself was answered with this status. */
export const complaintOf = (status: number): string =>
  `Failed to load resource: the server responded with a status of ${status} (${STATUS_CODES[status]})`;

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe has to say of a page. It is a script of its own, so the page needs `bypassCSP`. */
export async function findingsOn(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const violations = await page.evaluate<Result[]>('axe.run().then((found) => found.violations)');
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

/** By how many pixels a page is wider than the screen. */
export const overflowOf = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
