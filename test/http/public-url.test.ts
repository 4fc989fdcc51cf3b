import { expect, test } from 'vitest';
import { startTwin } from '../../src/twin.ts';
import { exchange } from '../support/raw-http.ts';

const text = async (url: string, headers: Record<string, string> = {}) =>
  (await fetch(url, { headers })).text();

test('the WSDL and the pages name the public address, whatever a request says', async () => {
  await using twin = await startTwin({ publicUrl: 'https://twin.example.org/tt/' });
  await using own = await twin.fork({ name: 'own' });
  const base = 'https://twin.example.org/tt';
  expect(await text(twin.wsdlUrl, { 'x-forwarded-host': 'other.example' })).toContain(
    `location="${base}/cgi-bin/ttsoapcgi.exe"`,
  );
  expect(await text(`${twin.url}/w/own/ttsoapcgi.wsdl`)).toContain(`"${base}/w/own/cgi-bin/ttsoapcgi.exe"`);
  expect(await text(`${twin.url}/cgi-bin/ttsoapcgi.exe?wsdl`)).toContain(`"${base}/cgi-bin/ttsoapcgi.exe"`);
  expect(await text(`${twin.url}/`)).toContain(`${base}/ttsoapcgi.wsdl`);
  expect(await text(own.wsdlUrl)).toContain(`"${own.url}/cgi-bin/ttsoapcgi.exe"`);
});

test('ApTest’s pages stay below the path of the public address', async () => {
  await using twin = await startTwin({ publicUrl: 'https://twin.example.org/tt/' });
  await twin.fork({ name: 'own', listen: false });
  for (const world of ['', '/w/own']) {
    const answer = await fetch(`${twin.url}${world}/atm/index.mpl`, { redirect: 'manual' });
    expect(answer.headers.get('location')).toMatch(
      new RegExp(`^/tt${world}/atm/login\\.mpl\\?target=${encodeURIComponent(`/tt${world}/atm/`)}`),
    );
    expect(await text(`${twin.url}${world}/atm/login.mpl`)).toContain(`action="/tt${world}/atm/login.mpl"`);
  }
});

test('a host that is none by the rules of a URL breaks no page', async () => {
  await using twin = await startTwin();
  const { port } = new URL(twin.url);
  for (const method of ['GET', 'POST'])
    for (const host of ['twin:99999', '1.2.3.999']) {
      const head = `${method} /atm/login.mpl HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`;
      expect(await exchange(Number(port), head)).toMatch(/^HTTP\/1\.1 [234]/);
    }
});
