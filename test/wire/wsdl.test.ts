import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type InterfaceLines, statedLines } from '../support/interface-lines.ts';
import { type ForeignReading, readWithStrongSoap } from '../support/wsdl-by-strong-soap.ts';

const text = readFileSync(new URL('../../wsdl/ttsoapcgi.wsdl', import.meta.url), 'utf8');
const stated = statedLines();
const served = readWithStrongSoap(text);
const names = stated.operations.map((line) => line.split(' ')[0] ?? '');

/** Every line that only one side has: `-` for missing from the WSDL, `+` for extra in it. */
function differences(wsdl: ForeignReading): string[] {
  return (['operations', 'types', 'arrays'] as const).flatMap((part: keyof InterfaceLines) => [
    ...stated[part].filter((line) => !wsdl[part].includes(line)).map((line) => `- ${line}`),
    ...wsdl[part].filter((line) => !stated[part].includes(line)).map((line) => `+ ${line}`),
  ]);
}

describe('the WSDL, as strong-soap reads it', () => {
  it('has the 162 operations with their parts, answers and SOAPActions, no more and no fewer', () => {
    expect(names).toHaveLength(162);
    expect(served.operations).toEqual(stated.operations);
    expect(served.portOperations).toEqual(names);
  });

  it('has the 63 types with bases and members in order, optional and nillable as stated', () => {
    expect(stated.types.filter((line) => !/ \d+ /.test(line))).toHaveLength(63);
    expect(served.types).toEqual(stated.types);
  });

  it('has the 37 SOAP arrays with their item types', () => {
    expect(served.arrays).toHaveLength(37);
    expect(served.arrays).toEqual(stated.arrays);
  });

  it('is RPC and encoded throughout, in one namespace, with messages X and XResponse', () => {
    expect(served.styles).toEqual(new Set(['rpc encoded encoded']));
    expect(served.namespaces).toEqual(['urn:testtrack-interface']);
    expect(served.messages).toEqual(names.flatMap((name) => [name, `${name}Response`]).sort());
  });

  it('explains every operation', () => {
    const port = text.slice(text.indexOf('<portType'), text.indexOf('</portType>'));
    const explained = [
      ...port.matchAll(/<operation name="(\w+)">\s*<documentation>([^<]+)<\/documentation>/g),
    ];
    expect(explained.map(([, name]) => name).sort()).toEqual(names);
    expect(new Set(explained.map(([, , words]) => words)).size).toBeGreaterThan(155);
  });
});

describe('the comparison with the WSDL', () => {
  it.each([
    ['a part is renamed', 'part name="defectNumber"', 'part name="defectnumber"', '+ getDefect "urn'],
    ['a SOAPAction appears', 'soapAction=""', 'soapAction="urn:x"', '+ formattedTextSupport "urn:x"'],
    [
      'a member is renamed',
      'name="usergroupnamelist"',
      'name="usergroupnames"',
      '- CUser 27 usergroupnamelist',
    ],
    [
      'a type changes',
      'name="showorder" type="xsd:short"',
      'name="showorder" type="xsd:int"',
      '+ CReportedByRecord 15',
    ],
    [
      'a member becomes mandatory',
      'name="dateentered" type="xsd:date" minOccurs="0"',
      'name="dateentered" type="xsd:date" minOccurs="1"',
      '- CDefect 14 dateentered: xsd:date optional',
    ],
    [
      'a member may no longer be nil',
      'name="workaround" type="xsd:string" minOccurs="0" nillable="true"',
      'name="workaround" type="xsd:string" minOccurs="0"',
      '+ CDefect 12 workaround: xsd:string optional',
    ],
    [
      'a base changes',
      'extension base="ttns:CMultiSelect',
      'extension base="ttns:C',
      '- CTestRunVariantField <',
    ],
    [
      'an array changes',
      'arrayType="ttns:CFile[]"',
      'arrayType="ttns:CFileAttachment[]"',
      '- ArrayOfCFile of',
    ],
  ])('notices when %s', (_, before, after, found) => {
    expect(differences(served)).toEqual([]);
    expect(text).toContain(before);
    const changed = differences(readWithStrongSoap(text.replace(before, after)));
    expect(changed.filter((line) => line.startsWith(found)).length).toBeGreaterThan(0);
  });
});
