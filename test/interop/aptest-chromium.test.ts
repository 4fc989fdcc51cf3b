import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { Twin } from '../../src/twin.ts';
import { complaintOf, findingsOn, overflowOf } from './chromium.ts';
import { askRpc, type SeenInChromium, seeInChromium } from './seen-in-chromium.ts';

let twin: Twin;
let page: Page;
let newPage: SeenInChromium['newPage'];
let problems: string[];
seeInChromium((seen) => {
  ({ twin, page, newPage, problems } = seen);
});

async function logIn(next = 'index.mpl'): Promise<void> {
  await page.goto(`${twin.url}/atm/${next}`);
  await page.fill('input[name=name]', 'lake');
  await page.click('input[name=submit]');
}

const rpc = (query: string) => askRpc(twin, query);

describe('the pages of ApTest in Chromium', () => {
  test('log in leads to the suites, and from there to a session', async () => {
    await logIn();
    await page.click('text=Example');
    await page.click('text=00057');
    expect(await page.textContent('h1')).toBe('Session 00057: Editor on Mac OS');
  });

  test('results, notes and execution data of a session are recorded by Finish', async () => {
    await logIn('run/runWholeSession.mpl?suite=Example&sess=57');
    await page.selectOption('select[name=results_1]', 'pass');
    await page.fill('textarea[name=RUNDATA_note_1]', 'Better <b>now</b>');
    await page.fill('input[name=RUNDATA_buildnumber_4]', '113');
    await page.click('input[name=Finish]');
    expect(await page.textContent('.done')).toBe('2 tests were changed.');
    expect(await page.textContent('#test_1 .note:last-of-type .text')).toBe('Better <b>now</b>');
    expect(await page.inputValue('select[name=results_1]')).toBe('pass');
    expect(await rpc('command=getTestCaseResult&name=Editor/Redo&sessNum=57')).toBe('0\npass\n');
  });

  test('a set is defined by its form, and createSession can use it', async () => {
    await logIn('run/defineSet.mpl?suite=Example');
    await page.fill('input[name=set]', 'From_Screen');
    await page.selectOption('select[name=setGroup]', 'Group_A/Group_B');
    await page.selectOption('select[name=SCHEMA_priority]', ['high', 'medium']);
    await page.selectOption('select[name=SCHEMA_TestType]', ['stress']);
    await page.selectOption('select[name=VAR_os]', 'Solaris');
    await page.click('input[name=Define]');
    expect(await page.textContent('.done')).toBe('The set From_Screen has 3 tests.');
    expect(await rpc('command=createSession&set=Group_A/Group_B/From_Screen')).toBe('0\n00124\n');
  });

  test('a mistake is shown above the form, which keeps what was entered', async () => {
    await logIn('run/defineSet.mpl?suite=Example');
    await page.fill('input[name=set]', 'x');
    await page.fill('input[name=SCHEMA_atm_id]', 'Editor');
    await page.click('input[name=Define]');
    expect(await page.textContent('.complaint')).toBe('Missing argument: testPickedBy');
    expect(problems.splice(0)).toEqual([complaintOf(422)]);
    expect(await page.inputValue('input[name=SCHEMA_atm_id]')).toBe('Editor');
    await page.selectOption('select[name=testPickedBy]', 'folder');
    await page.click('input[name=Define]');
    expect(await page.textContent('.done')).toBe('The set x has 6 tests.');
  });

  test('an attachment is downloaded, not shown', async () => {
    await logIn('run/runWholeSession.mpl?suite=Example&sess=1');
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('text=menus.log')]);
    expect(download.suggestedFilename()).toBe('menus.log');
  });

  test.each([
    ['wide and light', 1280, 'light'],
    ['narrow and dark', 375, 'dark'],
  ] as const)('are without a finding of axe and fit the screen: %s', async (_look, width, colorScheme) => {
    const options = { viewport: { width, height: 800 }, colorScheme, bypassCSP: true };
    page = await newPage(options);
    await page.goto(`${twin.url}/atm/login.mpl`);
    expect(await findingsOn(page)).toEqual([]);
    await logIn();
    const test = new URLSearchParams({ suite: 'Example', tc: 'Editor/Undo' });
    for (const address of [
      'index.mpl',
      'index.mpl?suite=Example',
      'run/runWholeSession.mpl?suite=Example&sess=57',
      'run/runWholeSession.mpl?suite=Example&sess=9999',
      'run/viewSession.mpl?suite=Example&sess=57',
      'run/viewSet.mpl?suite=Example&set=group1/set1',
      'run/defineSet.mpl?suite=Example',
      'run/defineGroup.mpl?suite=Example',
      'run/attachFile.mpl?suite=Example&sess=57&tid=0',
      `browse/viewTestCase.mpl?${test}`,
      'browse/viewTestCase.mpl?suite=Example',
      'report/report.mpl?suite=Example&sess=57',
    ]) {
      await page.goto(`${twin.url}/atm/${address}`);
      expect(await findingsOn(page), address).toEqual([]);
      expect(await page.locator('main h1').count(), address).toBe(1);
      expect(await overflowOf(page), `${address} is wider than the screen`).toBeLessThanOrEqual(0);
    }
    // The session 9999 is none, and its page is looked at as well.
    expect(problems.splice(0)).toEqual([complaintOf(404)]);
  });
});
