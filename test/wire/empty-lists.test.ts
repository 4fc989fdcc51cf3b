import { describe, expect, test } from 'vitest';
import { writeCall } from '../support/soap-message.ts';
import { people, type RunningTwin, twinWith } from '../support/twin.ts';

const project = {
  name: 'Project',
  users: people.slice(0, 1),
  defects: [{ summary: 'Slow', enteredBy: 'admin', events: [{ name: 'Comment' }, { name: 'Fix' }] }],
  testCases: [{ summary: 'Plain' }],
};
const leavingOut = await twinWith([project]);
const writing = await twinWith([project], { emptyLists: 'array' });

async function answered({ twin, logOn }: RunningTwin, name: string, parts: object): Promise<string> {
  const body = writeCall(name, { cookie: await logOn(), ...parts });
  const headers = { 'content-type': 'text/xml' };
  return (await fetch(twin.soapUrl, { method: 'POST', headers, body })).text();
}

describe('a list without items', () => {
  const find = { testCaseNumber: 1 };

  test('is left out of a record', async () => {
    const body = await answered(leavingOut, 'getTestCase', find);
    expect(body).toContain('<summary>Plain</summary>');
    expect(body).not.toMatch(/eventlist|customFieldList|\[0\]/i);
  });

  test('is left out of a list of records', async () => {
    const parts = { tablename: 'Task', columnlist: [{ name: 'Summary' }] };
    const body = await answered(leavingOut, 'getRecordListForTable', parts);
    expect(body).toContain('<columnlist SOAP-ENC:arrayType="ttns:CTableColumn[1]">');
    expect(body).not.toContain('<records');
  });

  test('is there where it is the answer itself', async () => {
    expect(await answered(leavingOut, 'getFilterListForTable', { tablename: 'Task' })).toContain(
      '<pFilterList SOAP-ENC:arrayType="ttns:CFilter[0]"></pFilterList>',
    );
  });

  test('is written everywhere where the scenario says so', async () => {
    const empty = '<eventlist SOAP-ENC:arrayType="ttns:CEvent[0]"></eventlist>';
    expect((await answered(writing, 'getTestCase', find)).toLowerCase()).toContain(empty.toLowerCase());
    const parts = { tablename: 'Task', columnlist: [{ name: 'Summary' }] };
    expect(await answered(writing, 'getRecordListForTable', parts)).toContain(
      '<records SOAP-ENC:arrayType="ttns:CRecordRowSoap[0]"></records>',
    );
  });
});

test('an event that changes no state says so, whether its kind could have or not', async () => {
  const body = await answered(leavingOut, 'getDefect', { defectNumber: 1 });
  const states = [...body.matchAll(/<resultingstate>(.*?)<\/resultingstate>/g)].map(([, text]) => text);
  expect(states).toEqual(['&lt;No State Change&gt;', 'Fixed']);
});
