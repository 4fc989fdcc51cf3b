import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { servedWsdl } from '../../src/soap/wsdl-document.ts';
import { readWsdl, type WsdlField } from '../../src/soap/wsdl-model.ts';

const text = readFileSync(new URL('../../wsdl/ttsoapcgi.wsdl', import.meta.url), 'utf8');
const address = 'http://twin.example:8080/cgi-bin/ttsoapcgi.exe';
const current = servedWsdl(text, { address, form: 'current' });
const legacy = servedWsdl(text, { address, form: 'legacy' });

/** What clients do to the text, in the two spellings that their rule allows. */
const patches = {
  'any letter case': /(<element name="(?:date|date(?!time)\w*|\w*date)" type="xsd:date)Time"/gi,
  'small letters only': /(<element name="(?:date|date(?!time)[a-z]+|[a-z]+date)" type="xsd:date)Time"/g,
};
const patch = (served: string, rule: keyof typeof patches) => served.replace(patches[rule], '$1"');

function differences(before: string, after: string): string[] {
  const there = members(after);
  return [...members(before)]
    .filter(([name, type]) => there.get(name) !== type)
    .map(([name, type]) => `${name}: ${type} -> ${there.get(name)}`)
    .sort();
}

function members(served: string): Map<string, string> {
  const own = (name: string, fields: readonly WsdlField[]) =>
    fields.map((field): [string, string] => [`${name}.${field.name}`, field.type.name]);
  return new Map([...readWsdl(served).structs.values()].flatMap((type) => own(type.name, type.fields)));
}

describe('the contract as it is served', () => {
  it('announces the address that the client used and changes nothing else', () => {
    expect(current).toContain(`<soap:address location="${address}"/>`);
    expect(current.replace(address, 'http://127.0.0.1:8080/cgi-bin/ttsoapcgi.exe')).toBe(text);
  });

  it('escapes the address, so that a strange Host header cannot break the document', () => {
    const strange = `http://h/?a=1&b="<x>'$&$1`;
    const served = servedWsdl(text, { address: strange, form: 'current' });
    expect(served).toContain('location="http://h/?a=1&#38;b=&#34;&#60;x&#62;&#39;$&#38;$1"');
    expect(readWsdl(served).operations.size).toBe(162);
  });

  it('keeps the addresses of different clients apart', () => {
    const other = servedWsdl(text, { address: 'http://other/', form: 'current' });
    expect(other).toContain('location="http://other/"');
    expect(servedWsdl(text, { address, form: 'current' })).toBe(current);
  });

  it('serves another contract than the last one when asked to', () => {
    const small =
      '<definitions><soap:address location=""/><element name="datex" type="xsd:date"/></definitions>';
    expect(servedWsdl(small, { address: 'a', form: 'legacy' })).toContain('location="a"');
    expect(servedWsdl(small, { address: 'a', form: 'legacy' })).toContain('type="xsd:dateTime"');
    expect(servedWsdl(text, { address, form: 'legacy' })).toBe(legacy);
  });

  it('refuses a contract that has no address', () => {
    expect(() => servedWsdl('<definitions/>', { address, form: 'current' })).toThrow('no soap:address');
  });
});

describe('the contract from before 2014.0.1', () => {
  it('declares the seven date members that clients know as dateTime', () => {
    expect(differences(current, legacy)).toEqual([
      'CDefect.dateentered: date -> dateTime',
      'CReportedByRecord.datefound: date -> dateTime',
      'CRequirement.dateEntered: date -> dateTime',
      'CScheduleInfo.enddate: date -> dateTime',
      'CScheduleInfo.startdate: date -> dateTime',
      'CTask.dateassigned: date -> dateTime',
      'CTask.datedue: date -> dateTime',
    ]);
  });

  it('leaves the value of a custom date field a date, since no client repairs that name', () => {
    expect(members(legacy).get('CDateField.value')).toBe('date');
  });

  it('comes out the same as the current form once a client has repaired it', () => {
    expect(patch(legacy, 'any letter case')).toBe(patch(current, 'any letter case'));
  });

  it('comes out as the current form but for the two moments called date, which the repair spoils in any form', () => {
    const spoilt = ['CEvent.date: dateTime -> date', 'CLinkHistoryItem.date: dateTime -> date'];
    const derived = ['CDefectEvent.date: dateTime -> date'];
    expect(differences(current, patch(legacy, 'any letter case'))).toEqual([...derived, ...spoilt]);
    expect(differences(current, patch(current, 'any letter case'))).toEqual([...derived, ...spoilt]);
  });

  it('is repaired in all but dateEntered by a client that looks for small letters only', () => {
    expect(differences(patch(current, 'small letters only'), patch(legacy, 'small letters only'))).toEqual([
      'CRequirement.dateEntered: date -> dateTime',
    ]);
  });
});
