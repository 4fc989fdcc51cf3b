import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { startTwin, type Twin } from '../../src/twin.ts';
import { type SoapClient, soapClient } from '../support/soap-client.ts';
import { newPageOf, openChromium } from './chromium.ts';

/** What a test sees: the twin of its file as it was served, and a page where nobody was before. */
export interface SeenInChromium {
  readonly twin: Twin;
  readonly tt: SoapClient;
  readonly page: Page;
  /** A further page, closed with the browser; what it complains of fails the test too. */
  readonly newPage: (options?: BrowserContextOptions) => Promise<Page>;
  /** What the pages complained of so far; a test that provokes a complaint empties it. */
  readonly problems: string[];
}

/**
 * One twin and one browser for a file of tests. Each test begins with the twin as it was served, its clock stopped, its
 * journal empty, and a page of its own; it fails when a page complained of anything.
 *
 * @param use takes what the test sees, before each test
 */
export function seeInChromium(use: (seen: SeenInChromium) => void): void {
  let twin: Twin;
  let browser: Browser;
  const problems: string[] = [];
  const newPage = (options: BrowserContextOptions = {}) => newPageOf(browser, { options, problems });
  beforeAll(async () => {
    twin = await startTwin();
    browser = await openChromium();
  });
  afterAll(async () => {
    await browser.close();
    await twin.close();
  });
  beforeEach(async () => {
    twin.reset();
    twin.journal.clear();
    twin.clock.set({ mode: 'frozen', now: '2026-03-02T15:00:00Z' });
    problems.length = 0;
    const page = await newPage();
    use({ twin, tt: soapClient(twin.soapUrl), page, newPage, problems });
    return async () => {
      await page.context().close();
      expect(problems).toEqual([]);
    };
  });
}

/** Logs a user on to the sample project; gives the cookie. */
export const logOnTo = async (tt: SoapClient, username = 'administrator', password = ''): Promise<number> =>
  Number(await tt.DatabaseLogon({ dbname: 'Sample Project', username, password }));

/** What rpc.mpl answers to a command about the suite of the demo, as its user lake. */
export const askRpc = async (twin: Twin, query: string): Promise<string> =>
  (await fetch(`${twin.rpcUrl}?rpctoken=token&username=lake&suite=Example&${query}`)).text();
