import { afterAll, expect, test } from 'vitest';
import { startTwin } from '../../src/index.ts';
import { soapClient } from '../support/soap-client.ts';

const twin = await startTwin();
afterAll(() => twin.close());
const tt = soapClient(twin.soapUrl);

test('the demo has something of every table, so that a newcomer can try every operation', async () => {
  const cookie = await tt.DatabaseLogon({
    dbname: 'Sample Project',
    username: 'administrator',
    password: '',
  });
  for (const { name: tablename = '' } of await tt.getTableList({ cookie })) {
    const columnlist = [{ name: 'Record ID' }];
    const { records } = await tt.getRecordListForTable({ cookie, tablename, columnlist });
    expect([tablename, records?.length ?? 0]).toEqual([tablename, expect.toSatisfy((length) => length > 0)]);
  }
});
