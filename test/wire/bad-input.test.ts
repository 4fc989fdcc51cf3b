import { describe, expect, test } from 'vitest';
import { soapCall } from '../support/soap-client.ts';
import { envelope } from '../support/soap-message.ts';
import { noSoap, people, twinWith } from '../support/twin.ts';

const { twin, tt, logOn } = await twinWith([
  { name: 'Project', users: people, groups: [noSoap], defects: [{ summary: 'untouched' }] },
]);

const send = (body: string | Uint8Array) => soapCall(twin.soapUrl, 'getDefect', {}, { body });
const whole = (call: string) => envelope(call);

describe('a message that is no good gets gSOAP’s fault, HTTP 500 and a hint', () => {
  test.each([
    ['nothing at all', ''],
    ['no XML', 'hello'],
    ['XML that is cut off', whole('<ns:getDefect><cookie>1</cookie>').slice(0, 200)],
    ['tags that do not match', '<a><b></a>'],
    ['no envelope', '<ns:getDefect xmlns:ttns="urn:testtrack-interface"/>'],
    ['a DOCTYPE', `<!DOCTYPE x [<!ENTITY y "z">]>${whole('<ns:getTableList/>')}`],
    ['an unknown operation', whole('<ns:getDefekt/>')],
    ['the operation constructor', whole('<ns:constructor/>')],
    ['the operation __proto__', whole('<ns:__proto__/>')],
    ['the operation toString', whole('<ns:toString/>')],
    ['an operation in another case', whole('<ns:GetDefect/>')],
    ['a word where a number is due', whole('<ns:getDefect><defectNumber>abc</defectNumber></ns:getDefect>')],
    ['an empty number', whole('<ns:getDefect><defectNumber></defectNumber></ns:getDefect>')],
    ['a number beyond a long', whole('<ns:getDefect><cookie>9223372036854775808</cookie></ns:getDefect>')],
    [
      'a truth value that is neither',
      whole('<ns:getDefect><bDownloadAttachments>maybe</bDownloadAttachments></ns:getDefect>'),
    ],
    ['a reference that leads nowhere', whole('<ns:getDefect><cookie href="#id9"/></ns:getDefect>')],
    ['an empty body', whole('')],
  ])('%s', async (_, body) => {
    const outcome = await send(body);
    expect(outcome.status).toBe(500);
    expect(outcome.fault?.text).toBeTruthy();
    expect(outcome.headers.get('x-twintrack-hint')).toBeTruthy();
    expect(outcome.body).not.toMatch(/node:|\.ts:|at Object|node_modules/);
  });

  test('in the very words of gSOAP where they are known', async () => {
    const fault = async (call: string) => (await send(whole(call))).fault?.text;
    expect(await fault('<ns:nope/>')).toBe(
      "Method 'ns:nope' not implemented: method name or namespace not recognized",
    );
    expect(await fault('<ns:getDefect><defectNumber>abc</defectNumber></ns:getDefect>')).toBe(
      "Validation constraint violation: invalid value in element 'defectNumber'",
    );
    expect(await fault('<ns:getDefect><defectNumber/></ns:getDefect>')).toBe(
      "Validation constraint violation: empty value provided where a value is required in element 'defectNumber'",
    );
  });
});

test('missing, extra and reordered parts are no fault', async () => {
  const cookie = await logOn();
  const sloppy = `<q:getDefect xmlns:q="urn:testtrack-interface"><x>1</x><defectNumber>1</defectNumber><cookie> ${cookie} </cookie></q:getDefect>`;
  expect((await send(whole(sloppy))).result).toMatchObject({ summary: 'untouched' });
});

test('a SOAPAction that is wrong, empty or missing is no fault', async () => {
  for (const soapaction of ['"urn:nonsense#deleteDefect"', '', undefined]) {
    const outcome = await soapCall(twin.soapUrl, 'getDatabaseList', {}, { headers: { soapaction } });
    expect(outcome.result).toEqual([{ name: 'Project' }]);
  }
});

test('after all of it the state is untouched and the twin answers', async () => {
  const cookie = await logOn();
  const before = await tt.getDefect({ cookie, defectNumber: 1 });
  for (const body of ['', '<a', whole('<ns:deleteDefect><defectNumber>x</defectNumber></ns:deleteDefect>')]) {
    await send(body);
  }
  expect(await tt.getDefect({ cookie, defectNumber: 1 })).toEqual(before);
});
