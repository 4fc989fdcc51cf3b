import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Generation, generations } from '../../src/wsdl/generations.ts';
import { wsdlTextOf } from '../../src/wsdl/older-wsdl.ts';
import { readWithStrongSoap } from '../support/wsdl-by-strong-soap.ts';

const newest = readFileSync(new URL('../../wsdl/ttsoapcgi.wsdl', import.meta.url), 'utf8');
const textOf = (generation: Generation) => wsdlTextOf(newest, generation);

/** What a WSDL says, a line a fact, without the places of members, which differ after the first that is missing. */
function factsOf(text: string): string[] {
  const { operations, types, arrays } = readWithStrongSoap(text);
  return [...operations, ...types.map((line) => line.replace(/ \d+ /, '.')), ...arrays];
}

/** How one WSDL differs from another: `-` what only the newer has, `+` what only the older has. */
function differences(newer: string, older: string): string[] {
  const [before, after] = [factsOf(newer), factsOf(older)];
  return [
    ...before.filter((line) => !after.includes(line)).map((line) => `- ${line}`),
    ...after.filter((line) => !before.includes(line)).map((line) => `+ ${line}`),
  ];
}

describe('the contract of a generation', () => {
  it.each([
    ['2016', 'newest'],
    ['2013', '2016'],
  ] as const)('of %s differs from the next as the vendor published it', async (older, newer) => {
    const found = differences(textOf(newer), textOf(older)).join('\n');
    await expect(`${found}\n`).toMatchFileSnapshot(`differences-${older}.txt`);
  });

  it.each([
    ['2013', 155, 59],
    ['2016', 161, 61],
    ['newest', 162, 63],
  ] as const)('of %s has %i operations and %i types', (generation, operations, types) => {
    const facts = readWithStrongSoap(textOf(generation));
    expect(facts.operations).toHaveLength(operations);
    expect(facts.portOperations).toHaveLength(operations);
    expect(facts.messages).toHaveLength(2 * operations);
    expect(new Set(facts.types.map((line) => line.split(' ')[0])).size).toBe(types);
  });

  it('is the text of the package where it is the newest', () => {
    expect(textOf('newest')).toBe(newest);
  });

  it.each(generations)('of %s names no type that it does not declare', (generation) => {
    const text = textOf(generation);
    const declared = new Set([...text.matchAll(/complexType name="(\w+)"/g)].map(([, name]) => name));
    const named = [
      ...text.matchAll(/<(?:element|part|extension|attribute) .*(?:type|base|arrayType)="ttns:(\w+)/g),
    ].map(([, name]) => name);
    expect(named.filter((name) => !declared.has(name))).toEqual([]);
  });

  it('of 2013 has no day, and no member that must be there and may be nil', () => {
    expect(textOf('2013')).not.toContain('"xsd:date"');
    expect(textOf('2013')).not.toMatch(/minOccurs="1" nillable="true"/);
  });

  it('of the newest lets no day be nil, which proxies of .NET could not be constructed from', () => {
    expect(newest).not.toMatch(/"xsd:date" .*nillable/);
    expect(textOf('2016')).toMatch(/"xsd:date" .*nillable/);
  });
});

describe('a client that repairs the days of the old contract', () => {
  /** What clients do to the text. */
  const repaired = (text: string) =>
    text.replace(/(<element name="(?:date|date(?!time)\w*|\w*date)" type="xsd:date)Time"/gi, '$1"');

  it('finds all but the value of a custom field', () => {
    const found = differences(textOf('2013'), repaired(textOf('2013')));
    expect(found.filter((line) => line.startsWith('+'))).toEqual([
      '+ CEvent.date: xsd:date',
      '+ CLinkHistoryItem.date: xsd:date optional nillable',
      '+ CReportedByRecord.datefound: xsd:date optional nillable',
      '+ CRequirement.dateEntered: xsd:date optional nillable',
      '+ CScheduleInfo.startdate: xsd:date optional nillable',
      '+ CScheduleInfo.enddate: xsd:date optional nillable',
      '+ CTask.datedue: xsd:date optional nillable',
      '+ CTask.dateassigned: xsd:date optional nillable',
    ]);
  });
});
