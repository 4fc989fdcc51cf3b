import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTwin } from '../../src/twin.ts';
import { startPages } from '../support/pages.ts';
import { soapClient } from '../support/soap-client.ts';
import { newPageOf, openChromium } from './chromium.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openChromium();
});
afterAll(() => browser.close());

test('a page of another origin reads nothing, changes nothing, and shows no console within itself', async () => {
  await using twin = await startTwin();
  twin.rules.add({ name: 'kept', when: { operation: 'saveDefect', call: 3 }, do: { fault: 22 } });
  const evil = createServer((_request, response) =>
    response
      .setHeader('content-type', 'text/html')
      .end(`<iframe src="${twin.url}/__console"></iframe><p>evil</p>`),
  );
  await new Promise<void>((resolve) => evil.listen(0, '127.0.0.1', resolve));
  // Another name is another origin, and another site.
  const { port } = evil.address() as AddressInfo;
  const page = await newPageOf(browser, { problems: [] });
  await page.goto(`http://localhost:${port}/`);
  const tried = await page.evaluate<string[]>(`Promise.all([
    ['/__admin/journal', {}], ['/__admin/events', {}], ['/__admin/rules', { method: 'DELETE' }],
    ['/__admin/reset', { method: 'POST', mode: 'no-cors', body: '{}' }],
    ['/__admin/events', { mode: 'no-cors' }],
  ].map(([path, init]) => fetch('${twin.url}' + path, init).then((answer) => answer.text(), () => 'refused')))`);
  expect(new Set(tried)).toEqual(new Set(['refused']));
  const stream = await page.evaluate<string>(`new Promise((resolve) => {
    const source = new EventSource('${twin.url}/__admin/events');
    source.onopen = () => resolve('open');
    source.onerror = () => resolve('refused');
  })`);
  expect(stream).toBe('refused');
  expect(twin.rules.list()).toHaveLength(1);
  expect(page.frames().map((frame) => frame.url())).toContain('chrome-error://chromewebdata/');
  await page.context().close();
  evil.close();
});

test('a token that holds no longer is asked for again, and the page goes on with the new one', async () => {
  const first = await startTwin({ adminToken: 'first' });
  const page = await newPageOf(browser, { problems: [] });
  const enter = async (token: string) => {
    await page.fill('dialog input', token);
    await page.click('dialog button.main');
    await page.waitForSelector('.connection.live');
  };
  await page.goto(`${first.url}/__console#/clock`);
  await enter('first');
  const { port } = new URL(first.url);
  await first.close();
  await page.waitForSelector('.connection.lost, .connection.gone');
  await using second = await startTwin({ adminToken: 'second', port: Number(port) });
  await page.reload();
  await page.waitForSelector('.connection.refused');
  await enter('second');
  second.clock.set({ mode: 'frozen', now: '2026-03-02T15:00:00Z' });
  await page.waitForSelector('header :text("2026-03-02 15:00:00")');
  await page.context().close();
});

test('10,000 calls a second leave the page working, and it says how many it left out', async () => {
  const { edge, url, runner } = await startPages();
  const problems: string[] = [];
  const page = await newPageOf(browser, { problems });
  await page.goto(`${url}/__console#/calls`);
  await page.waitForSelector('.connection.live');
  const burst = () => {
    for (let each = 0; each < 2500; each++)
      runner.call(
        { api: 'testtrack', name: 'getDefect', input: { defectNumber: each } },
        { run: () => ({}) },
      );
  };
  const flood = setInterval(burst, 250);
  await page.waitForSelector('text=came faster than this page reads');
  await page.click('nav >> text=Clock');
  await page.waitForSelector('h1:text("Clock")');
  await page.click('nav >> text=Calls');
  await page.waitForSelector('tbody tr:nth-child(100)');
  clearInterval(flood);
  runner.call({ api: 'testtrack', name: 'theLast', input: {} }, { run: () => ({}) });
  await page.waitForSelector('tbody tr:first-child:has-text("theLast")');
  expect(await page.locator('tbody tr').count()).toBeLessThanOrEqual(300);
  expect(problems).toEqual([]);
  await page.context().close();
  await edge.listener.close();
});

test('a record with markup and a megabyte in every text is shown by its beginnings, and as text', async () => {
  const text = `<script>window.hit = true</script><img src=x onerror="window.hit = true">${'long text '.repeat(100_000)}`;
  await using twin = await startTwin({
    scenario: {
      twintrack: 1,
      testtrack: {
        projects: [
          {
            name: 'Project',
            users: [{ login: 'admin', last: 'Admin' }],
            customFields: { Defect: [1, 2, 3].map((at) => ({ name: `Custom ${at}`, type: 'multiline' })) },
            defects: [
              {
                summary: text.slice(0, 250),
                description: text,
                workaround: text,
                reportedBy: [{ contactInfo: text, stepsToReproduce: text, otherEnvironment: text }],
                customFields: { 'Custom 1': text, 'Custom 2': text, 'Custom 3': text },
                events: [{ name: 'Comment', user: 'admin', notes: text }],
              },
            ],
          },
        ],
      },
    },
  });
  const problems: string[] = [];
  const page = await newPageOf(browser, { problems });
  await page.goto(`${twin.url}/__console#/testtrack?project=Project&table=Defect&record=1`);
  await page.waitForSelector('dialog dt:text-is("Workaround")');
  await page.waitForSelector('dialog h2:has-text("<script>")');
  const shown = await page.evaluate<number>('document.body.textContent.length');
  expect(shown).toBeLessThan(50_000);
  await page.click('button:has-text("Show all 20,000 characters") >> nth=0');
  await page.click('summary:text("As operations give it")');
  await page.waitForSelector('pre:has-text("onerror")');
  expect(await page.evaluate('window.hit')).toBeUndefined();
  expect(problems).toEqual([]);
  await page.context().close();
});

test('a lock that ended while the page showed it is told so', async () => {
  await using twin = await startTwin();
  const tt = soapClient(twin.soapUrl);
  const logOn = { dbname: 'Sample Project', username: 'administrator', password: '' };
  const cookie = Number(await tt.DatabaseLogon(logOn));
  const pDefect = await tt.editDefect({ cookie, defectNumber: 2 });
  const page = await newPageOf(browser, { problems: [] });
  // A page that hears of nothing meanwhile.
  await page.route('**/__admin/events*', (route) => route.abort());
  await page.goto(`${twin.url}/__console#/holders`);
  await page.waitForSelector('tr:has-text("Defect 2")');
  await tt.saveDefect({ cookie, pDefect });
  await page.click('tr:has-text("Defect 2") >> text=End this lock');
  await page.waitForSelector('.said .problem:has-text("it ended meanwhile")');
  await page.context().close();
});
