import { describe, expect, test } from 'vitest';
import { startTwin } from '../../src/index.ts';
import { faultOf, soapClient } from '../support/soap-client.ts';
import { people, startOfTest, twinWith } from '../support/twin.ts';

const fields = [
  { name: 'Seen', type: 'dateTime' },
  { name: 'Day', type: 'date' },
];
const { tt, logOn } = await twinWith([
  {
    name: 'Project',
    users: people.slice(0, 1),
    customFields: { Defect: fields },
    defects: [
      {
        recordId: 101,
        number: 11,
        summary: 'Slow',
        enteredBy: 'admin',
        customFields: { Seen: '2026-02-27T19:45:00Z', Day: '2026-04-01' },
      },
    ],
  },
]);

async function saved(cookie: number, pDefect: object) {
  await tt.editDefect({ cookie, defectNumber: 11 });
  await tt.saveDefect({ cookie, pDefect: { recordid: 101, defectnumber: 11, ...pDefect } });
  return tt.getDefect({ cookie, defectNumber: 11 });
}

const seen = (value: string) => ({
  customFieldList: [{ $type: 'CDateTimeField', name: 'Seen', value } as const],
});

describe('a moment', () => {
  test.each([
    ['0001-01-01T00:00:01', '0001-01-01T00:00:01-04:56'],
    ['0001-01-01T00:00:01+14:00', '0001-01-01T00:00:01+14:00'],
    ['0033-04-03T15:00:00Z', '0033-04-03T10:04:00-04:56'],
    ['1883-11-18T13:00:00', '1883-11-18T13:00:00-05:00'],
    ['1969-12-31T19:00:01-05:00', '1969-12-31T19:00:01-05:00'],
    ['9999-12-31T23:59:59', '9999-12-31T23:59:59-05:00'],
    ['9999-12-31T23:59:59-14:00', '9999-12-31T23:59:59-14:00'],
  ])('%s is kept, and shown with an offset that xsd:dateTime has', async (sent, shown) => {
    const { customFieldList } = await saved(await logOn(), seen(sent));
    expect(customFieldList?.[0]).toMatchObject({ value: shown });
  });

  test.each([
    '0000-12-31T23:59:59Z',
    '10000-01-01T00:00:00Z',
    '2026-03-02T00:00:00+25:00',
    '2026-03-02T00:00:00+14:01',
    '2026-02-29T00:00:00Z',
  ])('%s is refused, and nothing is saved', async (sent) => {
    const cookie = await logOn();
    await tt.editDefect({ cookie, defectNumber: 11 });
    const pDefect = { recordid: 101, ...seen(sent) };
    const fault = await faultOf(tt.saveDefect({ cookie, pDefect }));
    expect(fault.text).toContain("invalid value in element 'value'");
    expect(fault.outcome.headers.get('x-twintrack-hint')).toContain('a moment that exists');
  });
});

describe('a moment that a platform sends for none', () => {
  const unset = [
    ['.NET', '0001-01-01T00:00:00'],
    ['.NET with a zone', '0001-01-01T00:00:00+01:00'],
    ['.NET with fractions', '0001-01-01T00:00:00.0000000Z'],
    ['Java', '1970-01-01T00:00:00.000Z'],
    ['Java in New York', '1969-12-31T19:00:00-05:00'],
    ['C++', '1970-01-01T00:00:00Z'],
  ] as const;

  test.each(unset)('%s: an event is entered now', async (_, date) => {
    const { eventlist } = await saved(await logOn(), { eventlist: [{ name: 'Comment', notes: 'x', date }] });
    expect(eventlist?.[0]?.date).toBe('2026-03-02T10:00:00-05:00');
  });

  test.each(unset)('%s: a new record was made now, its day is today', async (_, moment) => {
    const cookie = await logOn();
    const recordID = await tt.addDefect({
      cookie,
      pDefect: {
        summary: 'New',
        datetimecreated: moment,
        dateentered: moment.slice(0, 10).replace('1969-12-31', '1970-01-01'),
      },
    });
    const defect = await tt.getDefectByRecordID({ cookie, recordID });
    expect(defect.datetimecreated).toBe('2026-03-02T10:00:00-05:00');
    expect(defect.dateentered).toBe(startOfTest.slice(0, 10));
  });

  test.each(unset)('%s: a day that stands stays', async (_, moment) => {
    const cookie = await logOn();
    const before = await tt.getDefect({ cookie, defectNumber: 11 });
    const dateentered = moment.slice(0, 10).replace('1969-12-31', '1970-01-01');
    expect(await saved(cookie, { dateentered })).toMatchObject({ dateentered: before.dateentered });
  });

  test.each(unset)('%s: a custom field has no value', async (_, moment) => {
    const { customFieldList } = await saved(await logOn(), seen(moment));
    expect(customFieldList?.[0]).not.toHaveProperty('value');
  });
});

describe('a world whose clock stands at an end of the calendar', () => {
  test.each([
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00+00:00'],
    ['9999-12-31T23:59:59Z', '9999-12-31T18:59:59-05:00'],
  ])('%s: works as any other', async (now, shown) => {
    await using twin = await startTwin({
      checkInvariants: true,
      scenario: {
        twintrack: 1,
        clock: { mode: 'frozen', now },
        testtrack: {
          projects: [{ name: 'Project', users: people.slice(0, 1), defects: [{ summary: 'Slow' }] }],
        },
      },
    });
    const client = soapClient(twin.soapUrl);
    const cookie = await client.DatabaseLogon({
      dbname: 'Project',
      username: 'admin',
      password: 'secret',
    });
    const edited = await client.editDefect({ cookie, defectNumber: 1 });
    await client.saveDefect({ cookie, pDefect: { ...edited, eventlist: [{ name: 'Comment', notes: 'x' }] } });
    const defect = await client.getDefect({ cookie, defectNumber: 1 });
    expect(defect.eventlist?.[0]?.date).toBe(shown);
    const columnlist = [{ name: 'Date Created' }, { name: 'Date Modified' }];
    const list = await client.getRecordListForTable({ cookie, tablename: 'Defect', columnlist });
    expect(list.records).toHaveLength(1);
    expect(twin.report()).not.toContain('Invalid');
  });
});
