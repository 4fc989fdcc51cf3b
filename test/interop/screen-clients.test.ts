import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { Twin } from '../../src/twin.ts';
import { complaintOf, findingsOn, overflowOf } from './chromium.ts';
import { askRpc, type SeenInChromium, seeInChromium } from './seen-in-chromium.ts';

// Programs that drive the product's screens, as the public ones do: by the names of forms, fields, classes and
// addresses that those use, and by nothing else of the page.

let twin: Twin;
let page: Page;
let newPage: SeenInChromium['newPage'];
let problems: string[];
seeInChromium((seen) => {
  ({ twin, page, newPage, problems } = seen);
});

const named = (name: string): string => `[name="${name}"]`;

/** Every client logs in where it is asked to. */
async function logIn(): Promise<void> {
  await page.fill(named('name'), 'lake');
  await page.fill(named('pass'), '');
  await page.click(named('submit'));
}

const rpc = (query: string) => askRpc(twin, query);

describe('a program that enters the results of a session from a list', () => {
  const address = 'run/runWholeSession.mpl?suite=Example&sessNum=00057/group1/set1&tid=-1';

  test('reads one table of steps for each test, with the names of scripts in them', async () => {
    await page.goto(`${twin.url}/atm/${address}`);
    await logIn();
    expect(await page.title()).toContain('00057');
    const source = await page.content();
    expect(source.match(/class="TYPE_tc_table"/g)).toHaveLength(6);
    const scripts = (await page.locator('table.TYPE_tc_table').allTextContents()).map(
      (text) => /\s(\S+\.py)/.exec(text)?.[1],
    );
    expect(scripts).toEqual([undefined, undefined, 'save_loop.py', undefined, undefined, undefined]);
  });

  test('chooses results, names problem reports and finishes', async () => {
    await page.goto(`${twin.url}/atm/${address}`);
    await logIn();
    for (const [at, result] of ['pass', 'fail', undefined, 'blocked'].entries()) {
      if (result === undefined) continue;
      await page.selectOption(named(`results_${at}`), result);
      await page.fill(named(`RUNDATA_atm_prid_${at}`), `WW-${at}`);
      await page.fill(named(`RUNDATA_atm_prlink_${at}`), `http://tracker.example/WW-${at}`);
    }
    await page.click(named('Finish'));
    expect(await page.title()).toContain('00057');
    expect(await rpc('command=getSessionStatus&sessNum=57')).toBe(
      '0\nnumtests=6;pass=2;foo=0;retest=0;untested=2;bar=0;blocked=1;fail=1\n',
    );
    const data = await rpc('command=getTestResultData&sessNum=57&name=Editor/Redo');
    expect(data).toContain('\natm_prid=WW-1\natm_prlink=http://tracker.example/WW-1\n');
    expect(data).toContain('\nuser=lake\n');
  });

  test('finds no inputs in a locked session, and its tables all the same', async () => {
    await page.goto(`${twin.url}/atm/run/runWholeSession.mpl?suite=Example&sessNum=00002/x&tid=-1`);
    await logIn();
    expect(await page.locator('.TYPE_tc_table').count()).toBe(7);
    expect(await page.locator('[name^=results_], [name^=RUNDATA_], [name=Finish]').count()).toBe(0);
  });
});

describe('a program that saves the progress report of a team', () => {
  test.each([['index.mpl'], ['report/report.mpl']])(
    'filters the sessions of %s, takes all of them and reads the summary in the new window',
    async (start) => {
      await page.goto(`${twin.url}/atm/login.mpl?target=/atm/${start}%3fsuite=Example`);
      await logIn();
      expect(page.url()).toBe(`${twin.url}/atm/${start}?suite=Example`);
      await page.selectOption(named('VAR_os'), []);
      await page.selectOption(named('VAR_os'), 'Linux');
      await page.selectOption(named('VAR_build'), { label: '101' });
      await page.click(named('apply'));
      expect(await page.inputValue(named('VAR_os'))).toBe('Linux');
      await page.click(named('sessList-toggleAll'));
      const [report] = await Promise.all([
        page.context().waitForEvent('page'),
        page.click(named('generateReport')),
      ]);
      await report.waitForSelector('.atm_dataTable');
      const table = report.locator('.smallernoborder .atm_dataTable');
      const row = table.locator('tr', { hasText: 'pass' });
      expect(await row.locator('td').allTextContents()).toEqual(['pass', '1', '14.3%']);
    },
  );
});

describe('a program that opens test cases by their paths', () => {
  test('sees each with its steps, after one log-in', async () => {
    const address = (name: string) =>
      `${twin.url}/atm/browse/viewTestCase.mpl?suite=Example&tc=Editor.dir/${name}.bts&dir=Editor.dir`;
    await page.goto(address('Undo'));
    await logIn();
    expect(page.url()).toBe(address('Undo'));
    expect(await page.locator('.TYPE_tc_table').innerText()).toContain('Press Undo three times.');
    await page.goto(address('Tables.dir/10'));
    expect(await page.title()).toBe('Editor/ Tables/ 10');
  });
});

describe('a person', () => {
  const addresses = [
    '/',
    '/atm/index.mpl',
    '/atm/index.mpl?suite=Example&VAR_os=Linux',
    '/atm/run/runWholeSession.mpl?suite=Example&sessNum=57',
    '/atm/run/runWholeSession.mpl?suite=Example&sessNum=2',
    '/atm/run/viewSession.mpl?suite=Example&sessNum=57',
    '/atm/run/viewSession.mpl?suite=Example&sessNum=2',
    '/atm/run/viewSession.mpl?suite=Example&sessNum=999',
    '/atm/run/viewSet.mpl?suite=Example&set=theset',
    '/atm/run/defineSet.mpl?suite=Example',
    '/atm/run/defineGroup.mpl?suite=Example',
    '/atm/run/attachFile.mpl?suite=Example&sessNum=1&tid=0',
    '/atm/browse/viewTestCase.mpl?suite=Example',
    '/atm/browse/viewTestCase.mpl?suite=Example&tc=foo.bts&dir=',
    '/atm/report/report.mpl?suite=Example',
    '/atm/report/report.mpl?suite=Example&sessList-toggleAll=1&generateReport=1',
    '/atm/logout.mpl',
    '/atm/login.mpl',
  ];

  test.each([
    ['a screen reader', { viewport: { width: 1200, height: 900 }, colorScheme: 'light' }],
    ['a dark screen', { viewport: { width: 1200, height: 900 }, colorScheme: 'dark' }],
    ['a narrow screen', { viewport: { width: 375, height: 700 }, colorScheme: 'light' }],
  ] as const)('with %s meets no page that axe finds fault with, or that is wider', async (_who, screen) => {
    // The check is a script, which the pages themselves forbid.
    page = await newPage({ ...screen, bypassCSP: true });
    await page.goto(`${twin.url}/atm/login.mpl`);
    await logIn();
    for (const address of addresses) {
      await page.goto(twin.url + address);
      expect([address, await findingsOn(page)]).toEqual([address, []]);
      expect(await overflowOf(page), `${address} is wider than the screen`).toBeLessThanOrEqual(0);
    }
    // The session 999 is none, and its page is looked at as well.
    expect(problems.splice(0)).toEqual([complaintOf(404)]);
  });

  test('finds the pages from /, where the users are named', async () => {
    await page.goto(`${twin.url}/`);
    expect(await page.textContent('main')).toContain('lake (no password)');
    await page.click(`text=${twin.url}/atm/index.mpl >> nth=0`);
    await logIn();
    expect(await page.textContent('header')).toContain('Veronica Lake (lake)');
  });

  test('makes, locks, assigns and ends a session with the keyboard and buttons, and logs out', async () => {
    await page.goto(`${twin.url}/atm/run/viewSet.mpl?suite=Example&set=performance`);
    await logIn();
    await page.fill(named('name'), 'By hand');
    await page.fill(named('startdateplanned'), '2009-02-02T08:00');
    await page.selectOption(named('VAR_os'), 'Solaris');
    await page.focus('button[value=createSession]');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/viewSession.mpl**');
    expect(await page.title()).toBe('Session 00124: By hand');
    const details = () => rpc('command=getSessionDetails&sessNum=124');
    expect(await details()).toContain('\nstartdateplanned=1233561600\n');
    await page.check('[name=assignTo][value=tester1]');
    await page.check('[name=assignTo][value=user]');
    await page.click('button[value=assignSession]');
    expect(await page.textContent('.done')).toBe('Session 00124 is assigned to tester1, user');
    await page.click('text=Attach >> nth=0');
    await page.setInputFiles(named('file'), {
      name: 'log.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('ok'),
    });
    await page.fill(named('note'), 'See <the> log');
    await page.click(named('attach'));
    expect(await page.textContent('.note .text')).toBe('See <the> log log.txt');
    await page.goto(`${twin.url}/atm/run/viewSession.mpl?suite=Example&sessNum=124`);
    await page.click('button[value=lockSession]');
    expect(await details()).toContain('\nlocked=1\n');
    expect(await page.locator('button[value=deleteSession]').count()).toBe(0);
    await page.click('button[value=unlockSession]');
    await page.click('text=Delete the session >> nth=0');
    await page.click('button[value=deleteSession]');
    await page.waitForURL('**/index.mpl?suite=Example');
    expect(await details()).toContain('No such session');
    await page.click('text=Log out');
    await page.goto(`${twin.url}/atm/index.mpl`);
    expect(await page.title()).toBe('Log in');
  });
});
