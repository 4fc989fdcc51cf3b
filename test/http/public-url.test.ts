import { expect, test } from 'vitest';
import { startTwin } from '../../src/twin.ts';

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
