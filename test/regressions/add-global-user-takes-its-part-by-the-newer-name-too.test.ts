import { expect, test } from 'vitest';
import { soapCall } from '../support/soap-client.ts';
import { envelope } from '../support/soap-message.ts';
import { noSoap, people, twinWith } from '../support/twin.ts';

const globalUsers = [{ login: 'consultant', password: 'c', first: 'Nadia', last: 'Consultant' }];
const { twin, tt, logOn } = await twinWith(
  [{ name: 'Project', users: people, groups: [noSoap] }],
  {},
  { globalUsers },
);

test.each(['pUser', 'pGlobalUser'])('addGlobalUser takes its part as %s', async (part) => {
  const cookie = await logOn();
  const body = envelope(
    `<ns:addGlobalUser><cookie>${cookie}</cookie><${part}><loginname>consultant</loginname></${part}></ns:addGlobalUser>`,
  );
  expect((await soapCall(twin.soapUrl, 'addGlobalUser', {}, { body })).result).toBe(0);
  const user = await tt.getUser({ cookie, firstName: 'Nadia', middleInitials: '', lastName: 'Consultant' });
  expect(user.isglobal).toBe(true);
});
