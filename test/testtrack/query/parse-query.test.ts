import { describe, expect, test } from 'vitest';
import { parseQuery } from '../../../src/testtrack/query/parse-query.ts';
import { faultOf } from '../../support/testtrack.ts';
import { sampleCatalogue, sampleView } from './sample-fields.ts';

const view = sampleView();
const parse = (text: string) => parseQuery(text, { catalogue: sampleCatalogue, view });
const refusal = (text: string) => faultOf(() => parse(text));

const test1 = (field: string, test: object, more: object = {}) => ({
  op: 'field',
  field,
  condition: { op: 'test', test, matches: true, event: undefined, ...more },
});

describe('a query of one field', () => {
  test.each([
    ["{'Kind':'Red'}", test1('Kind', { is: 'terms', mode: 'any', terms: ['Red'] })],
    ["{'kIND':'red'}", test1('Kind', { is: 'terms', mode: 'any', terms: ['red'] })],
    ["{'%cnt%':25}", test1('Count', { is: 'numbers', numbers: [25] })],
    ["{'Count':'25'}", test1('Count', { is: 'numbers', numbers: [25] })],
    ["{'Count':{'<numbers>':[1,2]}}", test1('Count', { is: 'numbers', numbers: [1, 2] })],
    ["{'Count':{'<From>':1,'<THROUGH>':5}}", test1('Count', { is: 'range', from: 1, through: 5 })],
    ["{'Cost':{'<from>':1.5}}", test1('Cost', { is: 'range', from: 1.5, through: undefined })],
    ["{'Open':true}", test1('Open', { is: 'condition', value: true })],
    ["{'Open':'FALSE'}", test1('Open', { is: 'condition', value: false })],
    ["{'Open':{'<bool>':'True'}}", test1('Open', { is: 'condition', value: true })],
    ["{'Day':'2018-02-03'}", test1('Day', { is: 'dates', from: '2018-02-03', through: '2018-02-03' })],
    [
      "{'Moment':{'<from>':'2018-02-01T10:00','<through>':'2018-02-28'}}",
      test1('Moment', { is: 'dates', from: '2018-02-01T10:00', through: '2018-02-28' }),
    ],
    ["{'Day':'this week'}", test1('Day', { is: 'period', name: 'This Week' })],
    [
      "{'Day':{'<named>':'This Week','<matches>':false}}",
      test1('Day', { is: 'period', name: 'This Week' }, { matches: false }),
    ],
    ["{'Title':'fire'}", test1('Title', { is: 'terms', mode: 'exact', terms: ['fire'] })],
    [
      "{'Title':{'<all>':['fire','on']}}",
      test1('Title', { is: 'terms', mode: 'all', terms: ['fire', 'on'] }),
    ],
    ["{'Title':{'<wildcard>':'f?re*'}}", test1('Title', { is: 'terms', mode: 'wildcard', terms: ['f?re*'] })],
    ["{'Version':{'<from>':'5'}}", test1('Version', { is: 'versions', from: '5', through: undefined })],
    ["{'Owner':'uid:2'}", test1('Owner', { is: 'terms', mode: 'any', terms: ['uid:2'] })],
    ["{'Folders':{'<below>':'Public/a'}}", test1('Folders', { is: 'below', paths: ['Public/a'] })],
    ["{'Kind':''}", test1('Kind', { is: 'empty' })],
    ["{'Moment':{'<empty>':false}}", test1('Moment', { is: 'empty' }, { matches: false })],
    [
      "{'Words':{'<exact>':'x','<event>':'FIRST','<matches>':'false'}}",
      test1('Words', { is: 'terms', mode: 'exact', terms: ['x'] }, { matches: false, event: 'first' }),
    ],
  ])('%s', (text, expected) => {
    expect(parse(text)).toEqual(expected);
  });

  test('a list asks for one of several, an operator joins them as it says', () => {
    const red = {
      op: 'test',
      test: { is: 'terms', mode: 'any', terms: ['Red'] },
      matches: true,
      event: undefined,
    };
    const blue = { ...red, test: { ...red.test, terms: ['Blue'] } };
    const any = { op: 'field', field: 'Kind', condition: { op: 'or', parts: [red, blue] } };
    expect(parse("{'Kind':['Red','Blue']}")).toEqual(any);
    expect(parse("{'Kind':{'<or>':['Red','Blue']}}")).toEqual(any);
    expect(parse("{'Kind':{'<AND>':['Red',{'<not>':'Blue'}]}}")).toEqual({
      op: 'field',
      field: 'Kind',
      condition: { op: 'and', parts: [red, { op: 'not', part: blue }] },
    });
  });
});

describe('a query of several fields', () => {
  test('joins those in one pair of braces by AND, as the operator does', () => {
    const implicit = parse("{'Count':1,'Open':true}");
    expect(implicit).toMatchObject({ op: 'and', parts: [{ field: 'Count' }, { field: 'Open' }] });
    expect(parse("{'<and>':[{'Count':1},{'Open':true}]}")).toEqual(implicit);
  });

  test('can be joined by <or> and turned by <not>', () => {
    expect(parse("{'<or>':[{'Count':1},{'<not>':{'Open':true,'Cost':2}}]}")).toMatchObject({
      op: 'or',
      parts: [
        { field: 'Count' },
        { op: 'not', part: { op: 'and', parts: [{ field: 'Open' }, { field: 'Cost' }] } },
      ],
    });
  });

  test('of no field lets everything through', () => {
    expect(parse('{}')).toEqual({ op: 'and', parts: [] });
  });
});

describe('the limits of a query', () => {
  const operators = (levels: number) => `${"{'<not>':".repeat(levels)}{'Count':1}${'}'.repeat(levels)}`;

  test('4 levels of operators are taken, 5 are not, wherever they stand', () => {
    parse(operators(4));
    expect(refusal(operators(5))).toMatchObject({
      code: 11,
      text: expect.stringContaining('more than 4 levels'),
    });
    const within = (levels: number) => `{'Kind':${"{'<not>':".repeat(levels)}'Red'${'}'.repeat(levels)}}`;
    parse(within(4));
    expect(refusal(within(5)).code).toBe(11);
    expect(refusal(`{'<and>':[${within(4)}]}`).code).toBe(11);
  });

  test('20 restrictions are taken, 21 are not', () => {
    const fields = (count: number) =>
      `{${Array.from({ length: count }, (_, at) => `'Field ${at}':1`).join()}}`;
    expect(refusal(fields(20)).text).toContain('"Field 0" is no field here');
    expect(refusal(fields(21))).toMatchObject({
      code: 11,
      text: 'A parameter is invalid: query: more than 20 restrictions.',
    });
  });

  test('a field stands once, under whichever name', () => {
    expect(refusal("{'Count':1,'count':2}").text).toBe(
      'A parameter is invalid: query: "Count" is there twice.',
    );
    expect(refusal("{'<or>':[{'Count':1},{'%CNT%':2}]}").text).toContain('"Count" is there twice');
  });
});

describe('a faulty query is refused with 11', () => {
  test('naming the place where it stops being one', () => {
    const fault = refusal("{'Count':1");
    expect(fault).toMatchObject({
      code: 11,
      text: 'A parameter is invalid: query: expected a comma or "}" at character 11.',
    });
    expect(fault.hint).toContain("{'Priority': 'High'");
  });

  test.each([
    ['[]', 'fields in braces are missing'],
    ["'x'", 'fields in braces are missing'],
    ["{'<and>':{'Count':1}}", '<and> takes a list'],
    ["{'<or>':[1]}", 'fields in braces are missing'],
    ["{'Colour':1}", '"Colour" is no field here'],
    ["{'%XYZ%':1}", '"%XYZ%" is no field here'],
    ["{'Kind':'Rosa'}", '"Kind" has no value "Rosa"'],
    ["{'Kind':5}", '"Kind" takes a text in quotes, not 5'],
    ["{'Kind':[]}", '"Kind" has an empty list'],
    ["{'Kind':[['Red']]}", '"Kind" has a list within a list'],
    ["{'Kind':{}}", '"Kind" has no value'],
    ["{'Kind':{'<numbers>':[1]}}", '"Kind" does not know the key "<numbers>"'],
    ["{'Kind':{'<any>':'Red','<all>':'Red'}}", '"Kind" has "<any>" and "<all>" together'],
    ["{'Kind':{'<any>':'Red','<ANY>':'Blue'}}", '"Kind" has the key "<any>" twice'],
    ["{'Kind':{'<or>':['Red'],'<any>':'Red'}}", '"Kind" has <or> and other keys'],
    ["{'Kind':{'<or>':'Red'}}", '"Kind" needs a list for <or>'],
    ["{'Count':1.5}", '"Count" takes a whole number, not 1.5'],
    ["{'Cost':'much'}", '"Cost" takes a number, not "much"'],
    ["{'Count':{'<numbers>':[]}}", '"Count" has an empty list'],
    ["{'Count':{'<from>':1,'<numbers>':[1]}}", '"Count" has a range with something else'],
    ["{'Open':'yes'}", '"Open" takes true or false, not "yes"'],
    ["{'Open':{'<bool>':1}}", '"Open" takes true or false, not 1'],
    ["{'Day':'2018-02-30'}", '"Day" takes a date or a period, not "2018-02-30"'],
    ["{'Day':{'<from>':'2018-02-01T10:00'}}", '"Day" takes a date, not "2018-02-01T10:00"'],
    ["{'Day':{'<named>':'Someday'}}", '"Day" takes a date or a period, not "Someday"'],
    [`{'Title':{'<wildcard>':'${'x'.repeat(125)}'}}`, '"Title" has a pattern that is too long'],
    ["{'Title':{'<any>':['x','']}}", '"Title" takes a text in quotes, not ""'],
    ["{'Owner':'Nobody'}", '"Owner" names nobody by "Nobody"'],
    ["{'Title':{'<exact>':'x','<event>':'last'}}", '"Title" takes no <event>'],
    ["{'Words':{'<exact>':'x','<event>':'some'}}", '"Words" has an <event> that is unknown'],
    ["{'Words':{'<exact>':'x','<matches>':'maybe'}}", '"Words" takes true or false, not "maybe"'],
  ])('%s', (text, expected) => {
    const fault = refusal(text);
    expect(fault.code).toBe(11);
    expect(fault.text).toContain(expected);
    expect(fault.hint).not.toBe('');
  });

  test('whose hint says what is possible', () => {
    expect(refusal("{'Colour':1}").hint).toContain('Fields: Title, Version, Count');
    expect(refusal("{'Kind':'Rosa'}").hint).toContain('Values: Red, Green, Blue.');
    expect(refusal("{'Day':'Someday'}").hint).toContain('This Week');
    expect(refusal("{'Count':{'<bool>':true}}").hint).toContain('<numbers>, <from>, <through>, <empty>');
  });

  test('naming all faulty fields, sorted by name whatever their case', () => {
    const { text } = refusal("{'Open':1,'beta':2,'Alpha':3,'Count':4,'<or>':[{'Day':'x'}]}");
    expect(text.match(/"(\w+)" (?:is|takes)/g)).toEqual([
      '"Alpha" is',
      '"beta" is',
      '"Day" takes',
      '"Open" takes',
    ]);
  });

  test('showing only the beginning of a long value', () => {
    expect(refusal(`{'Count':'${'x'.repeat(10_000)}'}`).text.length).toBeLessThan(200);
  });
});
