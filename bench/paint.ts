import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { type Figure, median } from './figure.ts';
import { type Server, twinServer } from './servers.ts';

const executablePath = '/usr/bin/chromium';
const LOOKS = 9;

/** Notes when the lists of the overview stand on the page, which is later than its first paint. */
const noteLists = `new MutationObserver(() => {
  if (document.querySelector('.grid table')) window.listsAt ??= performance.now();
}).observe(document, { childList: true, subtree: true })`;

/** What a look at the console's overview showed when; milliseconds since the address was entered. */
interface Look {
  readonly paintMs: number;
  readonly listsMs: number;
}

/**
 * How soon the overview of the demo scenario is seen in Debian's Chromium, by somebody who was never here: nothing is in
 * the browser's cache. Nothing is measured where there is no Chromium.
 *
 * @param scenario a file with something to show
 */
export async function paintFigures(scenario: string): Promise<Figure[]> {
  if (!existsSync(executablePath)) return [];
  const twin = await twinServer(scenario);
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const looks: Look[] = [];
  for (let turn = 0; turn < LOOKS; turn++) looks.push(await look(browser, twin));
  await browser.close();
  await twin.stop();
  const [first] = looks;
  console.log(`  (the first look of all: ${Math.round(first?.paintMs ?? Number.NaN)} ms)`);
  return [
    {
      what: 'first paint of the console’s overview in Chromium',
      value: median(looks.map(({ paintMs }) => paintMs)),
      atMost: 300,
      unit: ' ms',
    },
    {
      what: 'until its lists are there',
      value: median(looks.map(({ listsMs }) => listsMs)),
      atMost: 300,
      unit: ' ms',
    },
  ];
}

async function look(browser: Browser, { port }: Server): Promise<Look> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(noteLists);
  await page.goto(`http://127.0.0.1:${port}/__console`);
  await page.waitForSelector('.grid table');
  await page.waitForFunction("performance.getEntriesByName('first-contentful-paint').length > 0");
  const seen = await page.evaluate<Look>(`({
    paintMs: performance.getEntriesByName('first-contentful-paint')[0].startTime,
    listsMs: window.listsAt,
  })`);
  await context.close();
  return seen;
}
