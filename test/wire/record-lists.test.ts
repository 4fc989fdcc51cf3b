import { describe, expect, test } from 'vitest';
import { faultOf, soapCall } from '../support/soap-client.ts';
import { people, twinWith } from '../support/twin.ts';

const { twin, tt, logOn } = await twinWith([
  {
    name: 'Project',
    users: people,
    groups: [{ name: 'No SOAP', commands: 'all', allowsSoap: false }],
    filters: { Defect: [{ name: 'Urgent', query: { Priority: ['Immediate', 'High'] } }] },
    defects: [
      { recordId: 101, number: 1, summary: 'Fire & <smoke>', priority: 'High', dateEntered: '2018-02-03' },
      {
        recordId: 102,
        number: 2,
        summary: 'Small',
        priority: 'Low',
        dateEntered: '2018-01-03',
        description: 'a\r\nb',
      },
    ],
  },
  { name: 'Locked', users: people.slice(0, 1), adminLock: { by: 'admin' } },
]);

const columnlist = [{ name: 'Summary' }, { name: 'Record ID' }];

describe('a record list on the wire', () => {
  test('has its columns as items, and a row of values in the same order for each record', async () => {
    const cookie = await logOn();
    const { body } = await soapCall(twin.soapUrl, 'getRecordListForTable', {
      cookie,
      tablename: 'Defect',
      columnlist,
    });
    expect(body).toContain(
      '<recordlist><columnlist SOAP-ENC:arrayType="ttns:CTableColumn[2]"><item><name>Summary</name></item><item><name>Record ID</name></item></columnlist>' +
        '<records SOAP-ENC:arrayType="ttns:CRecordRowSoap[2]"><item><row SOAP-ENC:arrayType="ttns:CRecordData[2]"><item><value>Fire &amp; &lt;smoke&gt;</value></item><item><value>101</value></item></row></item>',
    );
    expect(body).not.toContain('\n<');
  });

  test('takes a query whose operators are escaped, and sloppy arrays', async () => {
    const cookie = await logOn();
    const body = `<soapenv:Envelope xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:urn="urn:testtrack-interface"><soapenv:Header/><soapenv:Body><urn:getRecordListForTableWithQuery><cookie xsi:type="xsd:long">${cookie}</cookie><tablename>Defect</tablename><filtername></filtername><query>{'Date Entered':{'&lt;from&gt;':'2018-01-01','&lt;through&gt;':'2018-01-31'}}</query><columnlist soap-enc:arraytype="urn:CTableColumn[1]"><item><name>Number</name></item></columnlist></urn:getRecordListForTableWithQuery></soapenv:Body></soapenv:Envelope>`;
    const { result } = await soapCall(twin.soapUrl, 'getRecordListForTableWithQuery', {}, { body });
    expect(result).toEqual({ columnlist: [{ name: 'Number' }], records: [{ row: [{ value: '2' }] }] });
  });

  test('is refused in words that name the fields, with the remedy in the hint', async () => {
    const cookie = await logOn();
    const parts = { cookie, tablename: 'Defect', query: "{'Prio':'High','Number':'x'}", columnlist };
    const fault = await faultOf(tt.getRecordListForTableWithQuery(parts));
    expect(fault.detail).toBe('11');
    expect(fault.text).toBe(
      'A parameter is invalid: query: "Number" takes a whole number, not "x"; "Prio" is no field here.',
    );
    expect(fault.outcome.headers.get('x-twintrack-hint')).toContain('Number: Write a number');
    expect((await faultOf(tt.getRecordListForTable({ cookie, tablename: 'Bugs' }))).detail).toBe('77');
  });

  test('is empty when nothing is let through', async () => {
    const cookie = await logOn();
    const parts = {
      cookie,
      tablename: 'Defect',
      filtername: 'Urgent',
      query: "{'Priority':'Low'}",
      columnlist,
    };
    expect((await tt.getRecordListForTableWithQuery(parts)).records ?? []).toEqual([]);
  });
});

describe('tables on the wire', () => {
  test('name columns, filters, drop-down fields and values', async () => {
    const cookie = await logOn();
    const tablename = 'Defect';
    expect(await tt.getColumnsForTable({ cookie, tablename })).toContainEqual({ name: 'Fixed By User' });
    expect(await tt.getFilterList({ cookie })).toEqual([{ name: 'Urgent' }]);
    expect(await tt.getFilterListForTable({ cookie, tablename })).toEqual([{ name: 'Urgent' }]);
    expect(await tt.getDropdownFieldForTable({ cookie, tablename })).toContainEqual({ name: 'Priority' });
    const parts = { cookie, tablename, fieldname: 'Priority' };
    expect(await tt.addDropdownFieldValuesForTable({ ...parts, pValueList: [{ value: 'Never' }] })).toBe(0);
    expect((await tt.getDropdownFieldValuesForTable(parts)).at(-1)).toEqual({ value: 'Never' });
  });

  test('cannot be changed while somebody holds the administration lock: 75', async () => {
    const cookie = await logOn('admin', 'secret', 'Locked');
    const parts = { cookie, tablename: 'Defect', fieldname: 'Priority', pValueList: [{ value: 'Never' }] };
    expect((await faultOf(tt.addDropdownFieldValuesForTable(parts))).detail).toBe('75');
  });
});
