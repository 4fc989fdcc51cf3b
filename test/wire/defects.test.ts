import { describe, expect, test } from 'vitest';
import { faultOf } from '../support/soap-client.ts';
import { noSoap, people, twinWith } from '../support/twin.ts';

const { twin, tt, logOn } = await twinWith([
  {
    name: 'Project',
    users: [...people, { recordId: 15, login: 'twin', password: 'twin', first: 'Anna', last: 'Plain' }],
    groups: [noSoap, { name: 'Readers', commands: ['View Defects'] }],
    defects: [
      {
        recordId: 101,
        number: 11,
        summary: 'Printer on fire',
        priority: 'High',
        enteredBy: 'lake',
        description: 'a\r\nb',
      },
      { summary: 'Same words', enteredBy: 'plain' },
      { summary: 'Same words' },
    ],
    testConfigs: [{ name: 'Laptop', osName: 'Debian' }],
  },
  { name: 'Unnumbered', autoNumbers: false, users: people.slice(0, 1), defects: [{ summary: 'no number' }] },
  {
    name: 'Strict',
    users: people.slice(0, 1),
    requiredFields: { Defect: ['Summary', 'Type', 'Product'] },
    renamedFields: { Defect: { Product: 'Bug Category' } },
    customFields: { Defect: [{ name: 'Ticket', type: 'string', isRequired: true }] },
  },
]);

describe('a defect is found', () => {
  test('by number, and then the summary is ignored', async () => {
    const cookie = await logOn();
    const defect = await tt.getDefect({ cookie, defectNumber: 11, summary: 'something else' });
    expect(defect).toMatchObject({
      recordid: 101,
      defectnumber: 11,
      summary: 'Printer on fire',
      priority: 'High',
    });
    expect(defect.reportedbylist?.[0]?.comments).toBe('a\r\nb');
  });

  test('by summary when the number is 0', async () => {
    const cookie = await logOn();
    expect((await tt.getDefect({ cookie, summary: 'Printer on fire' })).recordid).toBe(101);
  });

  test('by record ID, which is not the number', async () => {
    const cookie = await logOn();
    expect((await tt.getDefectByRecordID({ cookie, recordID: 101 })).defectnumber).toBe(11);
    expect((await faultOf(tt.getDefectByRecordID({ cookie, recordID: 11 }))).detail).toBe('6');
  });

  test('not when several have the summary: 74', async () => {
    const cookie = await logOn();
    expect((await faultOf(tt.getDefect({ cookie, summary: 'Same words' }))).detail).toBe('74');
    expect((await faultOf(tt.editDefect({ cookie, summary: 'Same words' }))).detail).toBe('74');
    expect((await faultOf(tt.deleteDefect({ cookie, summary: 'Same words' }))).detail).toBe('74');
  });

  test('not when nobody has it: 6, in the server’s own words', async () => {
    const cookie = await logOn();
    for (const parts of [{ defectNumber: 999 }, { summary: 'nothing' }, {}, { defectNumber: 2n ** 60n }]) {
      const fault = await faultOf(tt.getDefect({ cookie, ...parts }));
      expect([fault.text, fault.detail]).toEqual([
        'The specified record does not exist in the database.',
        '6',
      ]);
    }
  });
});

describe('a new defect', () => {
  test('needs a summary only; the rest comes from the caller and the moment', async () => {
    const cookie = await logOn();
    const recordID = await tt.addDefect({ cookie, pDefect: { summary: 'new', type: 'Cosmetic' } });
    expect(await tt.getDefectByRecordID({ cookie, recordID })).toMatchObject({
      recordid: recordID,
      defectnumber: 14,
      state: 'Open',
      enteredby: 'Administrator, System',
      createdbyuser: 'Administrator, System',
      modifiedbyuser: 'Administrator, System',
      dateentered: '2026-03-02',
      datetimecreated: '2026-03-02T10:00:00-05:00',
      locationaddedfrom: 'SOAP',
    });
  });

  test('answers with its record ID, not its number', async () => {
    const cookie = await logOn();
    const recordID = Number(await tt.addDefect({ cookie, pDefect: { summary: 'new' } }));
    expect(recordID).toBe(104);
    expect((await tt.getDefectByRecordID({ cookie, recordID })).defectnumber).toBe(14);
  });

  test('keeps the creator and the moment that the client gives', async () => {
    const cookie = await logOn();
    const pDefect = {
      summary: 'old news',
      createdbyuser: 'Lake, Veronica B',
      datetimecreated: '2020-02-29T12:00:00Z',
    };
    const recordID = await tt.addDefect({ cookie, pDefect });
    expect(await tt.getDefectByRecordID({ cookie, recordID })).toMatchObject({
      createdbyuser: 'Lake, Veronica B',
      datetimecreated: '2020-02-29T07:00:00-05:00',
    });
  });

  test('is seen by every other session at once', async () => {
    const cookie = await logOn();
    await tt.addDefect({ cookie, pDefect: { summary: 'news' } });
    expect((await tt.getDefect({ cookie: await logOn('lake', 'water'), summary: 'news' })).summary).toBe(
      'news',
    );
  });

  test('has the number 0 in a project that does not number', async () => {
    const cookie = await logOn('admin', 'secret', 'Unnumbered');
    const recordID = await tt.addDefect({ cookie, pDefect: { summary: 'new' } });
    expect((await tt.getDefectByRecordID({ cookie, recordID })).defectnumber).toBe(0);
    expect((await tt.getDefect({ cookie, summary: 'no number' })).defectnumber).toBe(0);
  });

  test.each([
    ['no defect', undefined, '2'],
    ['no summary', { type: 'Cosmetic' }, '23'],
    ['an empty summary', { summary: '' }, '23'],
    ['a value that is not in the list', { summary: 's', priority: 'Whenever' }, '23'],
    ['an entered-by that nobody is', { summary: 's', enteredby: 'Nobody, At All' }, '23'],
    ['an entered-by in the other name format', { summary: 's', enteredby: 'System Administrator' }, '23'],
    ['an event that is none', { summary: 's', eventlist: [{ name: 'Celebrate' }] }, '23'],
  ])('with %s is refused and not stored', async (_, pDefect, detail) => {
    const cookie = await logOn();
    expect((await faultOf(tt.addDefect({ cookie, pDefect }))).detail).toBe(detail);
    expect(await tt.addDefect({ cookie, pDefect: { summary: 'the next one' } })).toBe(104);
  });

  test('must have what the project requires, and the fault names the renamed field', async () => {
    const cookie = await logOn('admin', 'secret', 'Strict');
    const ticket = { $type: 'CStringField', name: 'Ticket', value: 'T-1' } as const;
    const whole = { summary: 's', type: 'Cosmetic', product: 'WysiCalc', customFieldList: [ticket] };
    const { product: _, ...noProduct } = whole;
    expect((await faultOf(tt.addDefect({ cookie, pDefect: noProduct }))).text).toContain(
      'Bug Category is required',
    );
    const { customFieldList: __, ...noTicket } = whole;
    expect((await faultOf(tt.addDefect({ cookie, pDefect: noTicket }))).text).toContain('Ticket is required');
    expect(await tt.addDefect({ cookie, pDefect: whole })).toBe(1);
  });
});

describe('a saved defect', () => {
  const saved = async (change: object, cookie?: number) => {
    const mine = cookie ?? (await logOn());
    const before = await tt.editDefect({ cookie: mine, defectNumber: 11 });
    await tt.saveDefect({ cookie: mine, pDefect: { ...before, ...change } });
    return tt.getDefect({ cookie: mine, defectNumber: 11 });
  };

  test('keeps what was not sent and takes what was', async () => {
    const cookie = await logOn();
    await tt.editDefect({ cookie, defectNumber: 11 });
    await tt.saveDefect({ cookie, pDefect: { recordid: 101, priority: 'Low' } });
    expect(await tt.getDefect({ cookie, defectNumber: 11 })).toMatchObject({
      summary: 'Printer on fire',
      priority: 'Low',
    });
  });

  test('is found under its new summary and no longer under the old one', async () => {
    const cookie = await logOn();
    await saved({ summary: 'Printer extinguished' }, cookie);
    expect((await tt.getDefect({ cookie, summary: 'Printer extinguished' })).recordid).toBe(101);
    expect((await faultOf(tt.getDefect({ cookie, summary: 'Printer on fire' }))).detail).toBe('6');
  });

  test('notes who changed it and when, whatever the client sends there', async () => {
    twin.clock.advance('1h');
    expect(
      await saved({
        summary: 'Fire',
        modifiedbyuser: 'Plain, Anna',
        datetimemodified: '2001-01-01T00:00:00Z',
      }),
    ).toMatchObject({
      modifiedbyuser: 'Administrator, System',
      datetimemodified: '2026-03-02T11:00:00-05:00',
    });
  });

  test('ignores read-only members', async () => {
    const readOnly = {
      state: 'Closed',
      locationaddedfrom: 'Mars',
      actualhourstofix: 99,
      estimatedhours: 9,
      variance: 1,
    };
    expect(await saved(readOnly)).toMatchObject({
      state: 'Open',
      locationaddedfrom: 'Scenario',
      actualhourstofix: 0,
      estimatedhours: 0,
    });
  });

  test('keeps text to the letter: leading blanks, CR LF, tabs, ]]>, markup and umlauts', async () => {
    const text = '  leading\r\n\ttab & <b> ]]> "quotes" äöü € 🚀 \r\n';
    const changed = await saved({ reference: text, workaround: text });
    expect([changed.reference, changed.workaround]).toEqual([text, text]);
  });

  test('keeps numbers beyond 2^53 exact', async () => {
    const large = 2n ** 62n + 1n;
    expect((await saved({ storypoints: large })).storypoints).toBe(large);
  });

  test('keeps several reports, each with its test configuration, and drops one that is not sent again', async () => {
    const cookie = await logOn();
    const first = await tt.getDefect({ cookie, defectNumber: 11 });
    const report = {
      comments: 'me too',
      showorder: 2,
      standardtestconfig: { systemname: 'Laptop' },
      foundby: 'Lake, Veronica B',
    };
    const two = await saved({ reportedbylist: [...(first.reportedbylist ?? []), report] }, cookie);
    expect(two.reportedbylist).toMatchObject([
      { comments: 'a\r\nb' },
      {
        comments: 'me too',
        foundby: 'Lake, Veronica B',
        standardtestconfig: { systemname: 'Laptop', osname: 'Debian' },
      },
    ]);
    const one = await saved({ reportedbylist: two.reportedbylist?.slice(1) }, cookie);
    expect(one.reportedbylist?.map(({ recordid }) => recordid)).toEqual([two.reportedbylist?.[1]?.recordid]);
  });

  test('refuses a report with an unknown ID or test configuration', async () => {
    const cookie = await logOn();
    await tt.editDefect({ cookie, defectNumber: 11 });
    const save = (report: object) =>
      tt.saveDefect({ cookie, pDefect: { recordid: 101, reportedbylist: [report] } });
    expect((await faultOf(save({ recordid: 77 }))).detail).toBe('23');
    expect((await faultOf(save({ standardtestconfig: { systemname: 'Mainframe' } }))).detail).toBe('23');
  });
});

describe('the name of a user', () => {
  test('shows in the format of the user who is logged on', async () => {
    const cookie = await logOn('plain', 'plain');
    expect((await tt.getDefect({ cookie, defectNumber: 11 })).enteredby).toBe('Veronica B Lake');
    expect((await tt.getDefect({ cookie: await logOn(), defectNumber: 11 })).enteredby).toBe(
      'Lake, Veronica B',
    );
  });

  test('can be given as uid: with the record ID', async () => {
    const cookie = await logOn();
    const recordID = await tt.addDefect({ cookie, pDefect: { summary: 'by id', enteredby: 'uid:15' } });
    expect((await tt.getDefectByRecordID({ cookie, recordID })).enteredby).toBe('Plain, Anna');
  });

  test('that two users share means the one with the lower record ID, unless it was not touched', async () => {
    const cookie = await logOn();
    const recordID = await tt.addDefect({ cookie, pDefect: { summary: 'shared', enteredby: 'uid:15' } });
    const pDefect = await tt.editDefectByRecordID({ cookie, recordID });
    await tt.saveDefect({ cookie, pDefect });
    const renamed = await tt.addDefect({
      cookie,
      pDefect: { summary: 'shared too', enteredby: 'Plain, Anna' },
    });
    // The one that was left alone still means user 15; the one by name means the lower record ID.
    const seen = { cookie: await logOn('twin', 'twin') };
    expect((await tt.getDefectByRecordID({ ...seen, recordID })).enteredby).toBe('Plain, Anna');
    expect((await tt.getDefectByRecordID({ ...seen, recordID: renamed })).enteredby).toBe('Plain, Anna');
  });
});

describe('a deleted defect', () => {
  test('is gone for everybody, by number and by record ID', async () => {
    const cookie = await logOn();
    expect(await tt.deleteDefect({ cookie, defectNumber: 11 })).toBe(0);
    expect((await faultOf(tt.getDefectByRecordID({ cookie, recordID: 101 }))).detail).toBe('6');
    expect(await tt.deleteDefectByRecordID({ cookie, recordID: 102 })).toBe(0);
    expect((await faultOf(tt.deleteDefect({ cookie, defectNumber: 11 }))).detail).toBe('6');
  });

  test('does not give its numbers to the next one', async () => {
    const cookie = await logOn();
    const recordID = await tt.addDefect({ cookie, pDefect: { summary: 'short-lived' } });
    await tt.deleteDefectByRecordID({ cookie, recordID });
    expect(await tt.addDefect({ cookie, pDefect: { summary: 'next' } })).toBe(Number(recordID) + 1);
  });
});

describe('command security', () => {
  test('keeps a guest from everything but reading, with 5', async () => {
    const cookie = await logOn('guest', 'guest');
    expect((await tt.getDefect({ cookie, defectNumber: 11 })).summary).toBe('Printer on fire');
    const refused = [
      tt.addDefect({ cookie, pDefect: { summary: 'x' } }),
      tt.editDefect({ cookie, defectNumber: 11 }),
      tt.saveDefect({ cookie, pDefect: { recordid: 101 } }),
      tt.deleteDefect({ cookie, defectNumber: 11 }),
    ];
    for (const call of refused) expect((await faultOf(call)).detail).toBe('5');
  });

  test('names the missing command in the hint', async () => {
    const cookie = await logOn('guest', 'guest');
    const fault = await faultOf(tt.addDefect({ cookie, pDefect: { summary: 'x' } }));
    expect(fault.outcome.headers.get('x-twintrack-hint')).toContain('"Add Defects"');
  });
});
