import { expect, test } from 'vitest';
import { faultOf, project, testTrack } from '../../support/testtrack.ts';

const users = [
  { login: 'admin', password: 'secret', last: 'Administrator' },
  { login: 'guest', password: 'guest', last: 'Guest', groups: ['Guests'] },
];
const section = { users, defects: [{ summary: 'one', recordId: 47 }], folders: [{ name: 'A' }] };

test('hyperlinks of an item open it in the native and in the web client', () => {
  const { tt, cookie } = project(section);
  expect(tt.getItemHyperlinks({ cookie, itemType: 'Defect', itemID: 47 })).toEqual({
    ttstudioHyperlink: 'ttstudio://localhost:99//Project/dfct?recordID=47',
    httpHyperlink:
      'http://localhost/cgi-bin/ttcgi.exe?command=hyperlink&project=Project&table=dfct&recordID=47',
  });
  expect(tt.getItemHyperlinks({ cookie, itemType: 'Folder', itemID: 1 }).ttstudioHyperlink).toContain(
    '/fold?recordID=1',
  );
});

test('hyperlinks lead to the addresses of the server, and the name of the project is escaped', () => {
  const { tt } = testTrack({
    server: { webAddress: 'https://tt.example.com/scripts/ttcgi.exe', nativeAddress: 'tt.example.com:990' },
    projects: [{ name: 'Q&A / Test 1', ...section }],
  });
  const cookie = tt.DatabaseLogon({ dbname: 'Q&A / Test 1', username: 'admin', password: 'secret' });
  const project = 'Q%26A%20%2F%20Test%201';
  expect(tt.getItemHyperlinks({ cookie, itemType: 'Defect', itemID: 47 })).toEqual({
    ttstudioHyperlink: `ttstudio://tt.example.com:990//${project}/dfct?recordID=47`,
    httpHyperlink: `https://tt.example.com/scripts/ttcgi.exe?command=hyperlink&project=${project}&table=dfct&recordID=47`,
  });
});

test.each([
  ['a table that does not exist', 'Nonsense', 47, 77],
  ['no table', '', 47, 77],
  ['links, which no client can open', 'Links', 1, 77],
  ['an item that does not exist', 'Defect', 48, 6],
  ['no item', 'Defect', 0, 6],
])('hyperlinks of %s are refused', (_, itemType, itemID, code) => {
  const { tt, cookie } = project(section);
  expect(faultOf(() => tt.getItemHyperlinks({ cookie, itemType, itemID })).code).toBe(code);
});

test('hyperlinks of an item that the user may not see are refused', () => {
  const { tt, logOn } = project(section);
  const cookie = logOn('guest', 'guest');
  expect(faultOf(() => tt.getItemHyperlinks({ cookie, itemType: 'User', itemID: 1 })).code).toBe(5);
  expect(faultOf(() => tt.getItemHyperlinks({ cookie, itemType: 'Test Config', itemID: 1 })).code).toBe(5);
});

test('hyperlinks of an item in an area that the session did not open are refused', () => {
  const { tt, logOn } = project(section);
  const cookie = logOn('admin', 'secret', ['TestTrack TCM']);
  const fault = faultOf(() => tt.getItemHyperlinks({ cookie, itemType: 'Defect', itemID: 47 }));
  expect([fault.code, fault.hint]).toEqual([5, expect.stringContaining('TestTrack Pro')]);
});
