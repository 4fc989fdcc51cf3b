import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { startTwin, type Twin } from '../../src/twin.ts';
import type { SoapClient } from '../support/soap-client.ts';
import { findingsOn, overflowOf } from './chromium.ts';
import { logOnTo, type SeenInChromium, seeInChromium } from './seen-in-chromium.ts';

let twin: Twin;
let tt: SoapClient;
let page: Page;
let newPage: SeenInChromium['newPage'];
let problems: string[];
seeInChromium((seen) => {
  ({ twin, tt, page, problems, newPage } = seen);
});

const logOn = (username?: string, password?: string) => logOnTo(tt, username, password);
const show = async (view: string, of = page) => {
  await of.goto(`${twin.url}/__console#/${view}`);
  await of.waitForSelector('.connection.live');
};
const text = (selector: string) => page.locator(selector).first();
const said = (words: string) => page.waitForSelector(`.said :text("${words}")`);

const views = [
  'overview',
  'calls',
  'testtrack',
  'holders',
  'aptest',
  'clock',
  'rules',
  'worlds',
  'snapshots',
  'scenario',
];
const looks: readonly (readonly [string, BrowserContextOptions])[] = [
  ['light and wide', { viewport: { width: 1600, height: 900 }, colorScheme: 'light' }],
  ['dark', { colorScheme: 'dark' }],
  ['narrow', { viewport: { width: 375, height: 700 } }],
];

describe('every view', () => {
  test.each(looks)('is without a finding of axe and fits the screen: %s', async (_name, options) => {
    const cookie = await logOn();
    await tt.editDefect({ cookie, defectNumber: 2 });
    await expect(tt.editDefect({ cookie, defectNumber: 2 })).rejects.toThrow();
    twin.rules.add({ name: 'third', when: { operation: 'saveDefect', call: 3 }, do: { fault: 22 } });
    // axe comes as a script of its own, which the policy of the page would not let in.
    const looked = await newPage({ ...options, bypassCSP: true });
    for (const view of [...views, 'testtrack?project=Sample+Project&table=Defect&record=2', 'calls?open=1']) {
      await show(view, looked);
      await looked.reload();
      await looked.waitForSelector('.connection.live');
      await looked.waitForFunction(
        'document.querySelectorAll("main :is(table, form, button, .quiet)").length > 0',
      );
      expect(await findingsOn(looked), view).toEqual([]);
      expect(await overflowOf(looked), `${view} is wider than the screen`).toBeLessThanOrEqual(0);
    }
    await looked.context().close();
  });

  test.each(['', '__admin'])('leads on to pages without a finding of axe: /%s', async (path) => {
    const looked = await newPage({ bypassCSP: true });
    await looked.goto(`${twin.url}/${path}`);
    expect(await findingsOn(looked)).toEqual([]);
    expect(await looked.locator('main h1').count()).toBe(1);
    await looked.setViewportSize({ width: 375, height: 700 });
    expect(await overflowOf(looked)).toBeLessThanOrEqual(0);
    await looked.context().close();
    // A page that may load nothing has no icon, and browsers ask for one.
    problems.length = 0;
  });

  test('is reached by keyboard, from the list of views', async () => {
    await show('overview');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('content');
    await page.focus('nav a >> text=Clock');
    await page.keyboard.press('Enter');
    await page.waitForSelector('h1:text("Clock")');
    expect(await page.title()).toBe('Clock – Twintrack');
  });
});

describe('calls', () => {
  test('come as they are made, and are filtered', async () => {
    await show('calls');
    await logOn('vale', 'wrong').catch(() => {});
    await page.waitForSelector('td:has-text("5 The username or password is not valid.")');
    await logOn();
    await page.waitForSelector('tbody tr:has-text("session of administrator")');
    await page.selectOption('select >> nth=0', 'any');
    await page.waitForSelector('tbody:not(:has(tr:not(:has(.bad))))');
  });

  test('are copied as a command for curl that works when the cookie is filled in', async () => {
    const cookie = await logOn();
    await tt.getDefect({ cookie, defectNumber: 2 });
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await show('calls');
    await page.click('button.link:text("getDefect") >> nth=0');
    await page.click('text=Copy as curl');
    await said('Copied.');
    const command = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(command).not.toContain(String(cookie));
    const [, sent = ''] = /--data-binary '([^']*)'/.exec(command) ?? [];
    const body = sent.replace('FILL_IN_COOKIE', String(cookie));
    const answer = await fetch(twin.soapUrl, {
      method: 'POST',
      body,
      headers: { 'content-type': 'text/xml' },
    });
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('<defectnumber>2<')]);
  });

  test('become a fault rule, and are verified', async () => {
    const cookie = await logOn();
    await tt.getDefect({ cookie, defectNumber: 2 });
    await show('calls');
    await page.click('button.link:text("getDefect") >> nth=0');
    await page.click('text=Verify this');
    await said('Verified: the journal shows');
    await page.click('text=Make a fault rule of this');
    await page.waitForSelector('text=Add the rule');
    await page.fill('label:text-is("number") + input', '22');
    await page.click('text=Add the rule');
    await said('The rule was added.');
    await expect(tt.getDefect({ cookie, defectNumber: 2 })).rejects.toThrow(/22/);
    await page.waitForSelector('td strong:text-is("1")');
    await page.click('text=Take away');
    await said('is gone');
    await page.waitForSelector('text=There is no rule');
  });
});

describe('TestTrack', () => {
  test('a table is narrowed by a query, and a query that is none is told', async () => {
    await show(`testtrack?project=Sample+Project&table=Defect`);
    await page.waitForSelector('text=42 records');
    await page.fill('input[placeholder*=Priority]', "{'Priority': 'Immediate'}");
    await page.click('text=Find');
    await page.waitForSelector('p[role=status]:not(:has-text("42 records"))');
    await page.fill('input[placeholder*=Priority]', 'none');
    await page.click('text=Find');
    problems.length = 0;
    await page.waitForSelector('main .problem:has-text("query: expected")');
    problems.length = 0;
  });

  test('a lock is seen, counted down with the clock, and ended', async () => {
    const cookie = await logOn();
    const pDefect = await tt.editDefect({ cookie, defectNumber: 2 });
    await show('holders');
    await page.waitForSelector('tr:has-text("Defect 2") time:text-is("15:00")');
    twin.clock.advance('14m');
    await page.waitForSelector('tr:has-text("Defect 2") time:text-is("01:00")');
    await page.click('tr:has-text("Defect 2") >> text=End this lock');
    await page.waitForSelector('text=Nobody edits anything.');
    await expect(tt.saveDefect({ cookie, pDefect })).rejects.toThrow(/7/);
  });

  test('a session is dropped', async () => {
    const cookie = await logOn();
    await show('holders');
    await page.click('text=Drop this session');
    await page.waitForSelector('text=Nobody is logged on.');
    await expect(tt.getDefect({ cookie, defectNumber: 2 })).rejects.toThrow(/17/);
  });

  test('a colleague locks a record', async () => {
    await show('holders');
    await page.click('summary:text("Lock as a colleague")');
    await page.fill('label:text("Project") + input', 'Sample Project');
    await page.fill('label:text("Number") + input', '2');
    await page.fill('label:text("Colleague") + input', 'hooper');
    await page.click('form button:text-is("Lock")');
    await page.waitForSelector('tr:has-text("hooper (outside SOAP)")');
    await expect(tt.editDefect({ cookie: await logOn(), defectNumber: 2 })).rejects.toThrow(/22/);
  });

  test('a record shows what it has, and takes an event', async () => {
    await show('testtrack?project=Sample+Project&table=Defect&record=10');
    await page.waitForSelector('dialog h2:has-text("defect 10")');
    await page.click('summary:text("Enter an event")');
    await page.selectOption('dialog select', 'Comment');
    await page.fill('label:text("Entered by") + input', 'hooper');
    await page.fill('label:text("Notes") + input', '<script>alert(1)</script>');
    await page.click('dialog button:text-is("Enter")');
    await page.waitForSelector('.events li:has-text("<script>alert(1)</script>")');
  });

  test('an event that the product refuses is told with its hint', async () => {
    await show('testtrack?project=Sample+Project&table=Defect&record=10');
    await page.click('summary:text("Enter an event")');
    await page.fill('label:text("Entered by") + input', 'tan');
    await page.click('dialog button:text-is("Enter")');
    await said('Edit Defects');
    problems.length = 0;
  });
});

describe('clock, worlds and snapshots', () => {
  test('the clock is frozen, goes on and moves to the next thing due', async () => {
    const cookie = await logOn();
    await tt.editDefect({ cookie, defectNumber: 2 });
    await show('clock');
    await page.click('text=+1 min');
    await said('One minute passed.');
    await page.click('text=To the next thing due');
    await said('Moved on');
    expect(new Date(twin.clock.state().now).toISOString()).toBe('2026-03-02T15:15:00.000Z');
    await page.click('text=Go on');
    await page.click('text=Freeze');
    await page.waitForSelector('text=It stands until it is moved.');
  });

  test('a world is forked, opened, reset and dropped, and its page says that it is gone', async () => {
    await show('worlds');
    await page.fill('label:text-is("Name") + input', 'aside');
    await page.click('button:text-is("Fork")');
    await page.waitForSelector('a:text-is("aside")');
    const other = await newPage();
    await other.goto(`${twin.url}/w/aside/__console`);
    await other.waitForSelector('.connection.live');
    expect(await other.textContent('.top strong')).toBe('aside');
    await page.click('[aria-label="Reset aside"]');
    await said('is back');
    await page.click('[aria-label="Drop aside"]');
    await other.waitForSelector('.connection.gone');
    await other.context().close();
    problems.length = 0;
  });

  test('a snapshot is taken, compared and restored', async () => {
    await show('snapshots');
    await page.fill('label:text-is("Name") + input', 'before');
    await page.click('text=Take a snapshot');
    await page.waitForSelector('td:text-is("before")');
    const cookie = await logOn();
    const defect = await tt.editDefect({ cookie, defectNumber: 3 });
    await tt.saveDefect({ cookie, pDefect: { ...defect, priority: 'Immediate' } });
    await page.selectOption('select >> nth=0', 'before');
    await page.waitForSelector('.differences li:has-text("priority Low to Immediate")');
    await page.click('[aria-label="Restore before"]');
    await page.waitForSelector('text=They are the same.');
    await page.click('[aria-label="Drop before"]');
    await said('It was dropped.');
  });
});

describe('ApTest and the scenario', () => {
  test('sessions have bars and lead to the product’s own pages', async () => {
    await show('aptest');
    expect(await text('svg.bar >> nth=2').getAttribute('aria-label')).toBe(
      '2 pass, 1 retest, 2 untested, 1 fail',
    );
    await page.click('a:text-is("00057")');
    await page.waitForURL(/login\.mpl/);
  });

  test('the state is exported, and the scenario read again', async () => {
    await show('scenario');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.click('text=Export the state'),
    ]);
    expect(download.suggestedFilename()).toBe('scenario.json');
    await page.click('text=Read the scenario again');
    await said('The scenario was read again.');
  });

  test('what is wrong with a scenario is said with its place', async () => {
    const scenario: Record<string, unknown> = { twintrack: 1 };
    await using own = await startTwin({ scenario });
    await page.goto(`${own.url}/__console#/scenario`);
    scenario.testtrak = {};
    await page.click('text=Read the scenario again');
    await page.waitForSelector('.problem:has-text("testtrak")');
    problems.length = 0;
  });
});

describe('the page itself', () => {
  test('shows a newcomer around in six steps', async () => {
    await show('overview');
    await page.click('text=Take the tour');
    const views = ['Overview', 'Calls', 'TestTrack', 'Locks and sessions', 'Clock', 'Fault rules'];
    for (const [index, view] of views.entries()) {
      await page.waitForSelector(`.tour :text("Step ${index + 1} of 6")`);
      // The view follows the address, a moment later.
      await page.waitForSelector(`h1:text-is("${view}")`);
      await page.click('.tour button.main');
    }
    expect(await page.locator('.tour').count()).toBe(0);
  });

  test('asks for the token once, and again for one that is not right', async () => {
    await using own = await startTwin({ adminToken: 'right' });
    await page.goto(`${own.url}/__console`);
    await page.fill('dialog input', 'wrong');
    await page.click('dialog button.main');
    await page.waitForSelector('dialog:has-text("wants a token")');
    await page.fill('dialog input', 'right');
    await page.click('dialog button.main');
    await page.waitForSelector('.connection.live');
    await page.reload();
    await page.waitForSelector('.connection.live');
    expect(await page.locator('dialog').count()).toBe(0);
    problems.length = 0;
  });

  test('has colours of its own choice', async () => {
    await show('overview');
    const colour = () => page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    const light = await colour();
    await page.click('.theme');
    await page.click('.theme');
    await page.waitForSelector('[data-theme=dark]');
    expect(await colour()).not.toBe(light);
  });

  test('of a list of 100,000 records holds the rows that are seen', async () => {
    await using own = await startTwin({
      scenario: {
        twintrack: 1,
        testtrack: {
          projects: [
            { name: 'Project', users: [{ login: 'admin', last: 'Admin' }], generate: { defects: 100_000 } },
          ],
        },
      },
    });
    await page.goto(`${own.url}/__console#/testtrack`);
    await page.waitForSelector('text=100,000 records');
    await page.evaluate('document.querySelector(".records").scrollTop = 1e9');
    await page.waitForSelector('button:text-is("100000")');
    expect(await page.locator('.fixed-row').count()).toBeLessThan(200);
  });
});
