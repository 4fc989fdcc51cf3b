import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { startTwin } from '../../src/index.ts';
import { servedWsdl } from '../../src/soap/wsdl-document.ts';
import type { Generation } from '../../src/wsdl/generations.ts';
import { wsdlTextOf } from '../../src/wsdl/older-wsdl.ts';
import { writeCall } from '../support/soap-message.ts';
import { people, type RunningTwin, twinWith } from '../support/twin.ts';

const newest = readFileSync(new URL('../../wsdl/ttsoapcgi.wsdl', import.meta.url), 'utf8');

const project = {
  name: 'Project',
  users: [people[0]],
  customFields: {
    Defect: [
      { name: 'Promised on', type: 'date' },
      { name: 'Time lost', type: 'timespan' },
      { name: 'Retries', type: 'integer' },
      { name: 'Seen', type: 'boolean' },
    ],
  },
  defects: [
    {
      recordId: 101,
      number: 11,
      summary: 'Slow',
      enteredBy: 'admin',
      dateEntered: '2026-02-27',
      reportedBy: [{ foundBy: 'admin', dateFound: '2026-02-27' }],
      customFields: { 'Promised on': '2026-07-01', 'Time lost': { amount: 2, unit: 'Hours' }, Retries: 3 },
    },
  ],
};

const of2013 = await twinWith([project], { sdk: '2013' });
const of2016 = await twinWith([project], { sdk: '2016' });
const ofNewest = await twinWith([project]);

/** Sends an envelope as a client of any generation would, and gives the text of the answer. */
async function post({ twin }: RunningTwin, body: string): Promise<{ body: string; hint: string | null }> {
  const headers = { 'content-type': 'text/xml' };
  const response = await fetch(twin.soapUrl, { method: 'POST', headers, body });
  return { body: await response.text(), hint: response.headers.get('x-twintrack-hint') };
}

async function answered(running: RunningTwin, name: string, parts: object = {}): Promise<string> {
  return (await post(running, writeCall(name, { cookie: await running.logOn(), ...parts }))).body;
}

/** The one element of an answer with this name. */
const element = (name: string, body: string) =>
  new RegExp(`<${name}(?: [^>]*)?>.*?</${name}>`).exec(body)?.[0] ?? '';

describe('the WSDL', () => {
  test.each<[Generation, RunningTwin]>([
    ['2013', of2013],
    ['2016', of2016],
    ['newest', ofNewest],
  ])('of a twin of %s is that of its generation', async (generation, { twin }) => {
    const served = await (await fetch(twin.wsdlUrl)).text();
    expect(served).toBe(servedWsdl(wsdlTextOf(newest, generation), twin.soapUrl));
    expect(await (await fetch(`${twin.soapUrl}?wsdl`)).text()).toBe(served);
  });

  test('of 2013 is served under the former name of the setting too', async () => {
    await using twin = await startTwin({
      scenario: { twintrack: 1, testtrack: { server: { wsdl: 'legacy' } } },
    });
    expect(await (await fetch(twin.wsdlUrl)).text()).toBe(
      servedWsdl(wsdlTextOf(newest, '2013'), twin.soapUrl),
    );
  });

  test('cannot be asked for by both names', async () => {
    const scenario = { twintrack: 1, testtrack: { server: { wsdl: 'current', sdk: '2013' } } };
    await expect(startTwin({ scenario })).rejects.toThrow('former name of sdk');
  });
});

describe('an operation of a later generation', () => {
  test.each([
    ['getTTVersionInfo', of2013, 'Releases of about 2016 have'],
    ['generateBatchTestRuns', of2013, 'Releases after 2016 have'],
    ['generateBatchTestRuns', of2016, 'Releases after 2016 have'],
  ] as const)('is not known: %s', async (name, running, hint) => {
    const answer = await post(running, writeCall(name, { cookie: await running.logOn() }));
    expect(answer.body).toContain(
      `Method 'ns:${name}' not implemented: method name or namespace not recognized`,
    );
    expect(answer.hint).toContain(hint);
    expect(answer.hint).toContain('testtrack.server.sdk');
  });

  test('is answered by a twin of its own', async () => {
    expect(await answered(of2016, 'getTTVersionInfo')).toContain('<serverVersion>');
  });
});

describe('an answer', () => {
  test('of 2013 has no member that its generation did not have', async () => {
    const body = await answered(of2013, 'getDefect', { defectNumber: 11 });
    expect(body).toContain('<summary>Slow</summary>');
    expect(body).not.toContain('dateentered');
    expect(await answered(of2016, 'getDefect', { defectNumber: 11 })).toContain(
      '<dateentered>2026-02-27</dateentered>',
    );
    const user = { firstName: 'System', lastName: 'Administrator' };
    expect(await answered(of2016, 'getUser', user)).not.toContain('usergroupnamelist');
    expect(await answered(ofNewest, 'getUser', user)).toContain('usergroupnamelist');
    expect(await answered(of2013, 'getUser', user)).not.toMatch(/userLicense(?:Suite|RMReviewer)/);
  });

  test('of 2013 leaves out the fields of a class that its generation did not have', async () => {
    const fields = element('customFieldList', await answered(of2013, 'getDefect', { defectNumber: 11 }));
    expect(fields).toMatch(/^<customFieldList SOAP-ENC:arrayType="ttns:CField\[3\]">/);
    expect(fields.match(/ttns:C\w+Field"/g)).toEqual([
      'ttns:CDateField"',
      'ttns:CIntegerField"',
      'ttns:CBooleanField"',
    ]);
    expect(
      element(
        'customFields',
        await answered(of2013, 'getCustomFieldsDefinitionList', { tablename: 'Defect' }),
      ),
    ).toContain('ttns:CField[3]');
  });

  test('of 2013 has the midnight of a day where its WSDL declares a moment', async () => {
    const body = await answered(of2013, 'getDefect', { defectNumber: 11 });
    expect(element('datefound', body)).toBe('<datefound>2026-02-27T00:00:00-05:00</datefound>');
    expect(element('customFieldList', body)).toContain('<value>2026-07-01T00:00:00-04:00</value>');
    const later = await answered(of2016, 'getDefect', { defectNumber: 11 });
    expect(element('datefound', later)).toBe('<datefound>2026-02-27</datefound>');
    expect(element('customFieldList', later)).toContain('<value>2026-07-01</value>');
  });

  test('of 2013 has days in its lists all the same', async () => {
    const parts = { tablename: 'Defect', columnlist: [{ name: 'Date Found' }, { name: 'Date Entered' }] };
    const body = await answered(of2013, 'getRecordListForTable', parts);
    expect(body).toContain('<value>2/27/2026</value></item><item><value>2/27/2026</value>');
  });
});

describe('a client of 2013', () => {
  test.each([
    ['what it read', '2026-07-01T00:00:00-04:00', '2026-07-01'],
    ['the same moment in its own zone', '2026-07-01T06:00:00+02:00', '2026-07-01'],
    ['the midnight of its own zone', '2026-08-02T00:00:00+09:00', '2026-08-02'],
    ['a midnight without a zone', '2026-08-03T00:00:00', '2026-08-03'],
    ['a bare day', '2026-08-04', '2026-08-04'],
    ['a time of the day', '2026-08-05T10:15:00', '2026-08-05'],
  ])('sends a day as %s', async (_, sent, day) => {
    const { logOn } = of2013;
    const cookie = await logOn();
    await post(of2013, writeCall('editDefect', { cookie, defectNumber: 11 }));
    const field = { $type: 'CDateField', recordid: 1, name: 'Promised on', value: sent };
    const pDefect = { recordid: 101, defectnumber: 11, customFieldList: [field] };
    const saved = await post(of2013, writeCall('saveDefect', { cookie, pDefect }));
    expect(saved.body).toContain('<result>0</result>');
    const body = await answered(of2013, 'getDefect', { defectNumber: 11 });
    expect(element('customFieldList', body)).toContain(`<value>${day}T00:00:00-04:00</value>`);
  });

  test('keeps what its generation does not know when it saves what it read', async () => {
    const { twin, logOn } = of2013;
    const cookie = await logOn();
    twin.clock.advance('10m');
    twin.snapshot('read');
    const edited = await post(of2013, writeCall('editDefect', { cookie, defectNumber: 11 }));
    const record = element('pDefect', edited.body);
    expect(record).toContain('Slow');
    const save = edited.body
      .replaceAll('editDefectResponse', 'saveDefect')
      .replace('<pDefect>', `<cookie>${cookie}</cookie><pDefect>`);
    expect((await post(of2013, save)).body).toContain('<result>0</result>');
    expect(twin.diff('read').report).toEqual([]);
  });
});
