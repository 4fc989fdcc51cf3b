import { expect, test } from 'vitest';
import { envelope } from '../support/soap-message.ts';
import { noSoap, people, twinWith } from '../support/twin.ts';

const { twin } = await twinWith([{ name: 'Project', users: people, groups: [noSoap] }]);
const soap12 = 'http://www.w3.org/2003/05/soap-envelope';

const statusOf = async (call: string, version: string) => {
  const whole = envelope(call).replace('http://schemas.xmlsoap.org/soap/envelope/', version);
  const answer = await fetch(twin.soapUrl, { method: 'POST', body: whole });
  await answer.text();
  return answer.status;
};
const misread = '<ns:getDefect><defectNumber>abc</defectNumber></ns:getDefect>';
const dropped = '<ns:getTableList><cookie>1</cookie></ns:getTableList>';

test('SOAP 1.2 answers faults of the sender with 400, those of the server with 500', async () => {
  expect([await statusOf(misread, soap12), await statusOf('<ns:nope/>', soap12)]).toEqual([400, 400]);
  expect(await statusOf(dropped, soap12)).toBe(500);
});

test('SOAP 1.1 answers every fault with 500', async () => {
  const soap11 = 'http://schemas.xmlsoap.org/soap/envelope/';
  expect([await statusOf(misread, soap11), await statusOf(dropped, soap11)]).toEqual([500, 500]);
});
