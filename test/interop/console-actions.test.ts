import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { startTwin, type Twin } from '../../src/twin.ts';
import { type SoapClient, soapClient } from '../support/soap-client.ts';
import { logOnTo, seeInChromium } from './seen-in-chromium.ts';

let twin: Twin;
let tt: SoapClient;
let page: Page;
let problems: string[];
seeInChromium((seen) => {
  ({ twin, tt, page, problems } = seen);
});

const logOn = (username?: string, password?: string) => logOnTo(tt, username, password);
const show = async (view: string) => {
  await page.goto(`${twin.url}/__console#/${view}`);
  await page.waitForSelector('.connection.live');
};
const said = (words: string) => page.waitForSelector(`.said :text("${words}")`);
const clockNow = () => new Date(twin.clock.state().now).toISOString();

describe('the overview', () => {
  test('shows calls as they come, why the latest were refused, what falls due, and the worlds', async () => {
    await show('overview');
    await page.waitForSelector('text=Nothing was refused lately.');
    const cookie = await logOn();
    await tt.editDefect({ cookie, defectNumber: 2 });
    await expect(
      tt.editDefect({ cookie: await logOn('hooper', 'grace'), defectNumber: 2 }),
    ).rejects.toThrow();
    await page.waitForSelector(
      'li:has-text("22 The record is locked by another user."):has-text("Save or cancel that edit")',
    );
    await page.waitForSelector('tr:has-text("the lock of administrator on Defect 2"):has-text("15:00")');
    await page.waitForSelector('figcaption:not(:has-text("at most 0 in one second"))');
    await using aside = await twin.fork({ name: 'aside', listen: false });
    await page.waitForSelector(`a[href="/w/${aside.name}/__console"]`);
    // What is called in another world is seen here, too.
    await soapClient(aside.soapUrl).getDatabaseList({});
    const elsewhere = page.locator('tr:has(td:text-is("aside")):has-text("getDatabaseList") >> a');
    await elsewhere.waitFor();
    expect(await elsewhere.getAttribute('href')).toBe('/w/aside/__console#/calls?open=1');
    await page.click('li:has-text("22 The record") >> a');
    await page.waitForSelector('dialog h2:has-text("editDefect")');
  });
});

describe('calls', () => {
  test('are filtered by operation and by user, and held', async () => {
    const cookie = await logOn();
    await tt.getDefect({ cookie, defectNumber: 2 });
    await tt.getDefect({ cookie: await logOn('hooper', 'grace'), defectNumber: 3 });
    await show('calls');
    const rows = () => page.locator('tbody tr').count();
    await page.waitForSelector('tbody tr:nth-child(4)');
    await page.fill('label:text("Operation or command") + input', 'GETDEF');
    await expect.poll(rows).toBe(2);
    await page.fill('label:text-is("User") + input', 'hooper');
    await expect.poll(rows).toBe(1);
    await page.click('button:text-is("Hold")');
    await page.fill('label:text-is("User") + input', '');
    await page.fill('label:text("Operation or command") + input', 'getDatabaseList');
    await tt.getDatabaseList({});
    await page.waitForSelector('text=No call fits yet.');
    await page.click('button:text-is("Go on")');
    await expect.poll(rows).toBe(1);
  });

  test('of another world are on its own page', async () => {
    await using aside = await twin.fork({ name: 'aside', listen: false });
    await soapClient(aside.soapUrl).getDatabaseList({});
    await show('calls');
    await page.selectOption('label:text-is("World") + select', 'aside');
    await page.waitForURL(/\/w\/aside\/__console/);
    await page.waitForSelector('td:has-text("getDatabaseList")');
  });
});

describe('TestTrack', () => {
  test('a table is narrowed by the project’s own filter, and shown with all columns', async () => {
    await show('testtrack?project=Sample+Project&table=Defect');
    await page.waitForSelector('text=42 records');
    const filter = page.locator('label:text-is("Filter") + select');
    await filter.selectOption({ index: 1 });
    await page.waitForSelector('p[role=status]:has-text("records"):not(:has-text("42 records"))');
    await filter.selectOption({ index: 0 });
    await page.click('button:has-text("All ")');
    await page.waitForSelector('th:text-is("Number of Links")');
    await page.click('[aria-label="Record 1"]');
    await page.waitForSelector('dialog h2:has-text("defect 1")');
  });

  test('a record is locked as a colleague and freed again, and leads to what it is linked with', async () => {
    await show('testtrack?project=Sample+Project&table=Defect&record=1');
    await page.fill('dialog label:text("Lock as a colleague") + input', 'hooper');
    await page.click('dialog button:text-is("Lock")');
    await page.waitForSelector('dialog:has-text("Edited by hooper outside SOAP")');
    await expect(tt.editDefect({ cookie: await logOn(), defectNumber: 1 })).rejects.toThrow(/22/);
    await page.click('dialog >> text=End this lock');
    await page.waitForSelector('dialog label:text("Lock as a colleague")');
    await page.click('dialog li:has-text("Related Items") >> a');
    await page.waitForSelector('dialog h2:has-text("defect 4")');
  });

  test('a picture of a record is shown, another file is handed over', async () => {
    const png =
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    const defect = {
      summary: 'Seen',
      attachments: [
        { name: 'seen.png', base64: png },
        { name: 'seen.txt', text: 'seen' },
      ],
    };
    const users = [{ login: 'admin', last: 'Admin' }];
    await using own = await startTwin({
      scenario: { twintrack: 1, testtrack: { projects: [{ name: 'Own', users, defects: [defect] }] } },
    });
    await page.goto(`${own.url}/__console#/testtrack?project=Own&table=Defect&record=1`);
    await page.click('dialog button:text-is("seen.png")');
    await page.waitForSelector('img[alt="seen.png"]');
    expect(await page.evaluate('document.querySelector(".picture").naturalWidth')).toBe(1);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.click('dialog button:text-is("seen.txt")'),
    ]);
    expect(download.suggestedFilename()).toBe('seen.txt');
  });
});

describe('clock, fault rules and scenario', () => {
  test('the clock is moved by a quarter of an hour, set, and goes with the host’s again', async () => {
    await show('clock');
    await page.click('text=+15 min');
    await said('Fifteen minutes passed.');
    expect(clockNow()).toBe('2026-03-02T15:15:00.000Z');
    await page.fill('label:text("Set to a moment") + input', '2026-04-01T08:00:00Z');
    await page.click('button:text-is("Set")');
    await page.waitForSelector('.big:has-text("2026-04-01 08:00:00")');
    expect(clockNow()).toBe('2026-04-01T08:00:00.000Z');
    await page.fill('label:text("Set to a moment") + input', 'tomorrow');
    await page.click('button:text-is("Set")');
    await page.waitForSelector('.said .problem');
    expect(clockNow()).toBe('2026-04-01T08:00:00.000Z');
    problems.length = 0;
    await page.click('text=The host’s time');
    await page.waitForSelector('text=It shows the host’s time.');
  });

  test('fault rules are counted as they act, and all taken away', async () => {
    twin.rules.add({ name: 'first', when: { operation: 'getDatabaseList' }, do: { fault: 22 } });
    twin.rules.add({ name: 'second', when: { operation: 'saveDefect' }, do: { fault: 22 } });
    await show('rules');
    await page.waitForSelector('text=Fault rules (2)');
    await expect(tt.getDatabaseList({})).rejects.toThrow();
    await page.waitForSelector('tr:has-text("first") strong:text-is("1")');
    await page.click('text=Take all away');
    await page.waitForSelector('text=There is no rule');
    expect(twin.rules.list()).toEqual([]);
  });

  test('a world is brought back to where it began', async () => {
    const cookie = await logOn();
    await tt.editDefect({ cookie, defectNumber: 2 });
    await show('scenario');
    await page.click('text=Reset this world');
    await said('It is back where it began.');
    await expect(tt.getDefect({ cookie, defectNumber: 2 })).rejects.toThrow(/17/);
  });
});
