import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTwin, type Twin } from '../../src/twin.ts';
import { soapClient } from '../support/soap-client.ts';
import { newPageOf, openChromium } from './chromium.ts';
import { freePort } from './free-port.ts';

// Debian's nginx in front, with the twin below a prefix of it: what a team's server does with its tools.
const prefix = '/tools/twin';
const folder = mkdtempSync(path.join(tmpdir(), 'twintrack-nginx-'));
let browser: Browser;
let twin: Twin;
let nginx: ChildProcess;
let base = '';

beforeAll(async () => {
  const port = await freePort();
  base = `http://127.0.0.1:${port}${prefix}`;
  twin = await startTwin({ publicUrl: base, adminToken: 'token' });
  nginx = startNginx(port);
  while (!(await answers())) await new Promise((resolve) => setTimeout(resolve, 50));
  browser = await openChromium();
});
afterAll(async () => {
  await browser?.close();
  nginx?.kill();
  await twin?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** As a reader of nginx's manual would write it; everything that it writes goes to a folder of this test. */
function startNginx(port: number): ChildProcess {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${folder}/${name};`)
    .join('\n  ');
  writeFileSync(
    path.join(folder, 'nginx.conf'),
    `daemon off;
pid ${folder}/nginx.pid;
error_log stderr warn;
events {}
http {
  access_log off;
  ${temporary}
  server {
    listen 127.0.0.1:${port};
    location ${prefix}/ {
      proxy_pass ${twin.url}/;
      proxy_http_version 1.1;
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $remote_addr;
    }
  }
}
`,
  );
  const program = spawn('/usr/sbin/nginx', ['-c', path.join(folder, 'nginx.conf'), '-p', folder], {
    stdio: 'inherit',
  });
  program.once('exit', (code) => {
    if (code) throw new Error(`nginx ended with ${code}`);
  });
  return program;
}

const answers = () =>
  fetch(`${base}/`).then(
    ({ ok }) => ok,
    () => false,
  );

test.each(['', '/w/aside'])('the console works below the prefix of a proxy: %s/__console', async (world) => {
  if (world !== '') await twin.fork({ name: 'aside' });
  const problems: string[] = [];
  const page = await newPageOf(browser, { problems });
  await page.goto(`${base}${world}/__console`);
  await page.fill('dialog input', 'token');
  await page.click('dialog button.main');
  await page.waitForSelector('.connection.live');
  problems.length = 0;
  // Events come through one by one.
  const tt = soapClient(`${base}${world}/cgi-bin/ttsoapcgi.exe`);
  const cookie = Number(
    await tt.DatabaseLogon({ dbname: 'Sample Project', username: 'administrator', password: '' }),
  );
  await tt.editDefect({ cookie, defectNumber: 2 });
  await page.click('nav >> text=Calls');
  await page.waitForSelector('td:has-text("editDefect")');
  await page.click('nav >> text=Locks and sessions');
  await page.click('tr:has-text("Defect 2") >> text=End this lock');
  await page.waitForSelector('text=Nobody edits anything.');
  // The ways out of the console stay below the prefix.
  await page.click('nav >> text=Overview');
  for (const link of await page.locator('main a[href^="/"]').all())
    expect(await link.getAttribute('href')).toMatch(/^\/tools\/twin\//);
  await page.click('a[href$="/atm/index.mpl"]');
  await page.waitForURL(`${base}${world}/atm/**`);
  await page.waitForSelector('form[action^="/tools/twin/"]');
  expect(problems).toEqual([]);
  await page.context().close();
});

test('the page at / leads everywhere below the prefix', async () => {
  const problems: string[] = [];
  const page = await newPageOf(browser, { problems });
  await page.goto(`${base}/`);
  const links = await page
    .locator('a')
    .evaluateAll((all) => all.map((each) => each.getAttribute('href') ?? ''));
  expect(links.length).toBeGreaterThan(20);
  expect(links.filter((link) => !link.startsWith(`${base}/`))).toEqual([]);
  await page.click('text=The console');
  await page.waitForURL(`${base}/__console`);
  await page.waitForSelector('dialog:has-text("wants a token")');
  expect(problems.filter((problem) => !problem.includes('401'))).toEqual([]);
  await page.context().close();
});
