/** Nothing of a request is a template (item 26 of the list of attacks): what looks like one comes back as it was sent. */
import { afterAll, expect, test } from 'vitest';
import { startTwin } from '../../src/twin.ts';
import { soapClient } from '../support/soap-client.ts';

const inBraces = (...texts: string[]) =>
  texts.flatMap((text) => [`$\{${text}}`, `#{${text}}`, `{{${text}}}`]);
const templates = [
  ...inBraces(
    '7*7',
    'request.body',
    'constructor.constructor("return process")()',
    'jndi:ldap://localhost/a',
  ),
  '<%= 7*7 %>',
  '$(id)',
  '`id`',
];

const twin = await startTwin({
  scenario: {
    twintrack: 1,
    testtrack: {
      projects: [
        {
          name: 'Project',
          users: [{ login: 'admin', password: 'secret', last: 'Admin' }],
          defects: [{ summary: 'One' }],
        },
      ],
    },
  },
});
afterAll(() => twin.close());

test.each(templates)('of a record in TestTrack: %s', async (text) => {
  const tt = soapClient(twin.soapUrl);
  const cookie = await tt.DatabaseLogon({ dbname: 'Project', username: 'admin', password: 'secret' });
  const defectNumber = await tt.addDefect({ cookie, pDefect: { summary: text } });
  const record = { cookie, recordID: Number(defectNumber), bDownloadAttachments: false };
  expect(await tt.getDefectByRecordID(record)).toMatchObject({ summary: text });
});

test.each(templates)('of an answer that a fault rule gives: %s', async (text) => {
  twin.rules.clear();
  twin.rules.add({
    when: { operation: 'getDatabaseList' },
    do: { status: { status: 503, body: text } },
  });
  const answer = await fetch(twin.soapUrl, {
    method: 'POST',
    headers: { 'content-type': 'text/xml' },
    body: '<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"><Body><getDatabaseList xmlns="urn:testtrack-interface"/></Body></Envelope>',
  });
  expect(await answer.text()).toBe(text);
});
