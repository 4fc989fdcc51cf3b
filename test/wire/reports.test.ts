import { describe, expect, test } from 'vitest';
import { readPng } from '../support/png-file.ts';
import { reportPage, rowsOf } from '../support/report-page.ts';
import { faultOf, soapCall } from '../support/soap-client.ts';
import { noSoap, people, twinWith } from '../support/twin.ts';

const columns = ['Number', 'Summary', 'Priority'];
const { twin, tt, logOn } = await twinWith([
  {
    name: 'Project',
    users: people,
    groups: [noSoap],
    defects: [
      { summary: '<b>Crash</b> & "burn"', priority: 'High' },
      { summary: 'Größe 語 🚀', priority: 'Low' },
    ],
    filters: { Defect: [{ name: 'High', query: { Priority: 'High' } }] },
    reports: [
      { recordId: 30, name: 'Open defects', type: 'list', table: 'Defect', columns, sortOrder: 'Priority' },
      { name: 'High defects', type: 'detail', table: 'Defect', filter: 'High' },
      { name: 'By priority', type: 'distribution', table: 'Defect', groupBy: 'Priority' },
      { name: 'Burn down', type: 'live chart', table: 'Defect' },
    ],
  },
]);

describe('getReportRunResultsByName', () => {
  test('gives the page of a report, to the letter', async () => {
    const cookie = await logOn();
    const results = await tt.getReportRunResultsByName({ cookie, name: 'Open defects' });
    const page = reportPage(results);
    expect(rowsOf(page).slice(1)).toEqual([
      ['1', '<b>Crash</b> & "burn"', 'High'],
      ['2', 'Größe 語 🚀', 'Low'],
    ]);
    expect(results['m-FileList']).toEqual([
      {
        'm-pFileData': Buffer.from(page),
        'm-strFileName': 'Open_defects.html',
        'm-dateTimeCreated': '2026-03-02T10:00:00-05:00',
        'm-dateTimeModified': '2026-03-02T10:00:00-05:00',
      },
    ]);
  });

  test('gives the pictures of a report behind its page', async () => {
    const cookie = await logOn();
    const [page, picture, ...others] =
      (await tt.getReportRunResultsByName({ cookie, name: 'By priority' }))['m-FileList'] ?? [];
    expect(others).toEqual([]);
    expect(page?.['m-pFileData']?.toString('utf8')).toContain(`src="${picture?.['m-strFileName']}"`);
    expect(readPng(picture?.['m-pFileData'] ?? Buffer.alloc(0)).width).toBe(360);
  });

  test('takes further parts that clients send', async () => {
    const cookie = await logOn();
    const { result } = await soapCall(twin.soapUrl, 'getReportRunResultsByName', {
      cookie,
      name: 'High defects',
      summary: '',
    });
    expect(result).toMatchObject({ 'm-FileList': [{ 'm-strFileName': 'High_defects.html' }] });
  });

  test('is refused for an unknown report, a live chart, and without the command', async () => {
    const cookie = await logOn();
    const unknown = await faultOf(tt.getReportRunResultsByName({ cookie, name: 'Nonsense' }));
    expect([unknown.detail, unknown.text]).toEqual([
      '6',
      'The specified record does not exist in the database.',
    ]);
    const chart = await faultOf(tt.getReportRunResultsByName({ cookie, name: 'Burn down' }));
    expect([chart.detail, chart.outcome.headers.get('x-twintrack-hint')]).toEqual([
      '11',
      expect.stringContaining('Live charts'),
    ]);
    const guest = await logOn('guest', 'guest');
    expect((await faultOf(tt.getReportRunResultsByName({ cookie: guest, name: 'By priority' }))).detail).toBe(
      '5',
    );
    expect((await faultOf(tt.getReportRunResultsByName({ cookie: 1, name: 'By priority' }))).detail).toBe(
      '17',
    );
  });
});

describe('getReportRunResultsByRecordID', () => {
  test('gives the same as the name that the list of reports has for it', async () => {
    const cookie = await logOn();
    const columnlist = [{ name: 'Record ID' }, { name: 'Name' }];
    const { records } = await tt.getRecordListForTable({ cookie, tablename: 'Report', columnlist });
    const [recordID, name] = records?.[0]?.row?.map(({ value }) => value) ?? [];
    expect([recordID, name]).toEqual(['30', 'Open defects']);
    expect(await tt.getReportRunResultsByRecordID({ cookie, recordID: Number(recordID) })).toEqual(
      await tt.getReportRunResultsByName({ cookie, name: name ?? '' }),
    );
  });

  test('is refused for an ID that no report has, and for one that is no number', async () => {
    const cookie = await logOn();
    expect((await faultOf(tt.getReportRunResultsByRecordID({ cookie, recordID: 29 }))).detail).toBe('6');
    const { fault } = await soapCall(twin.soapUrl, 'getReportRunResultsByRecordID', {
      cookie,
      recordID: 'x',
    });
    expect(fault?.text).toContain('Validation constraint violation');
  });
});
