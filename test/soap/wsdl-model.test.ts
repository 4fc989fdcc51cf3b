import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readWsdl, WsdlError, type WsdlField } from '../../src/soap/wsdl-model.ts';

const text = readFileSync(new URL('../../wsdl/ttsoapcgi.wsdl', import.meta.url), 'utf8');
const model = readWsdl(text);
const names = (fields: readonly WsdlField[] | undefined) => fields?.map((field) => field.name);

/** A small contract in other prefixes than ours; `types` and `operation` go in where they belong. */
function contract({
  types = '',
  input = '',
  output = '<w:part name="r" type="s:int"/>',
  action = 'a',
}): string {
  return `<w:definitions xmlns:w="http://schemas.xmlsoap.org/wsdl/" xmlns:so="http://schemas.xmlsoap.org/wsdl/soap/"
      xmlns:s="http://www.w3.org/2001/XMLSchema" xmlns:e="http://schemas.xmlsoap.org/soap/encoding/"
      xmlns:x="urn:x" targetNamespace="urn:x">
    <w:types><s:schema targetNamespace="urn:x">${types}</s:schema></w:types>
    <w:message name="DoRequest">${input}</w:message><w:message name="DoReply">${output}</w:message>
    <w:portType name="P"><w:operation name="Do"><w:input message="x:DoRequest"/><w:output message="x:DoReply"/></w:operation></w:portType>
    <w:binding name="B" type="x:P"><w:operation name="Do"><so:operation soapAction="${action}"/></w:operation></w:binding>
  </w:definitions>`;
}

describe('the model of the TestTrack contract', () => {
  it('has every operation, struct and array', () => {
    expect(model.namespace).toBe('urn:testtrack-interface');
    expect([model.operations.size, model.structs.size, model.arrays.size]).toEqual([162, 63, 37]);
  });

  it('lists the parts of an operation in order', () => {
    const operation = model.operations.get('getDefect');
    expect(names(operation?.input)).toEqual(['cookie', 'defectNumber', 'summary', 'bDownloadAttachments']);
    expect(operation?.input[0]).toEqual({
      name: 'cookie',
      type: { kind: 'simple', name: 'long' },
      optional: false,
      nillable: false,
    });
    expect(operation?.output).toMatchObject({ name: 'pDefect', type: { kind: 'struct', name: 'CDefect' } });
    expect(operation?.soapAction).toBe('urn:testtrack-interface#getDefect');
  });

  it('keeps an empty SOAPAction apart from a missing binding', () => {
    expect(model.operations.get('promoteUser')?.soapAction).toBe('');
    const unbound = contract({}).replace('<so:operation soapAction="a"/>', '');
    expect(() => readWsdl(unbound)).toThrow('operation Do has no SOAP 1.1 binding');
  });

  it('puts inherited members before own ones, through every level', () => {
    expect(names(model.structs.get('CTestCaseVariantField')?.fields)).toEqual([
      'recordid',
      'name',
      'values',
      'dropdownValues',
      'type',
    ]);
    expect(names(model.structs.get('CDefectEvent')?.fields)).toEqual(
      names(model.structs.get('CEvent')?.fields),
    );
    expect(model.structs.get('CObjectGenerationError')?.fields).toEqual([]);
  });

  it('knows which types may stand for a base, directly or not', () => {
    expect(model.structs.get('CMultiSelectDropdownField')?.subtypes).toEqual([
      'CTestRunVariantField',
      'CTestCaseVariantField',
    ]);
    expect(model.structs.get('CField')?.subtypes).toHaveLength(12);
    expect(model.structs.get('CDefect')?.subtypes).toEqual([]);
    expect(model.structs.get('CDatabase')?.base).toBeUndefined();
  });

  it('tells optional and nillable members and names with a dash', () => {
    const find = (type: string, name: string) => model.structs.get(type)?.fields.find((f) => f.name === name);
    expect(find('CDefect', 'summary')).toMatchObject({ optional: true, nillable: true });
    expect(find('CUser', 'phoneone')).toMatchObject({ optional: true, nillable: false });
    expect(find('CField', 'name')).toMatchObject({ optional: false, nillable: true });
    expect(find('CFile', 'm-pFileData')?.type).toEqual({ kind: 'simple', name: 'base64Binary' });
  });

  it('reads arrays of structs, of simple values, and of the type that holds them', () => {
    expect(model.arrays.get('ArrayOflong')?.item).toEqual({ kind: 'simple', name: 'long' });
    expect(model.arrays.get('ArrayOfCField')?.item).toEqual({ kind: 'struct', name: 'CField' });
    expect(model.structs.get('CTreeNodeSoap')?.fields.at(-1)?.type).toEqual({
      kind: 'array',
      name: 'ArrayOfCTreeNodeSoap',
      item: { kind: 'struct', name: 'CTreeNodeSoap' },
    });
  });
});

describe('reading any other contract', () => {
  const struct = (name: string, members: string) =>
    `<s:complexType name="${name}"><s:sequence>${members}</s:sequence></s:complexType>`;
  const array = (name: string, item: string) =>
    `<s:complexType name="${name}"><s:complexContent><s:restriction base="e:Array"><s:attribute ref="e:arrayType" w:arrayType="${item}"/></s:restriction></s:complexContent></s:complexType>`;

  it('goes by namespaces, not by prefixes', () => {
    const read = readWsdl(
      contract({ input: '<w:part name="p" type="x:A"/>', types: array('A', 's:string[7]') }),
    );
    expect(read.operations.get('Do')?.input[0]?.type).toEqual({
      kind: 'array',
      name: 'A',
      item: { kind: 'simple', name: 'string' },
    });
  });

  it('reads arrays of arrays', () => {
    const read = readWsdl(contract({ types: array('Rows', 'x:Row[]') + array('Row', 's:int[]') }));
    expect(read.arrays.get('Rows')?.item).toMatchObject({ kind: 'array', name: 'Row' });
  });

  it('is not led astray by names that every object has', () => {
    const types = struct('constructor', '<s:element name="__proto__" type="s:int"/>');
    const read = readWsdl(contract({ types, input: '<w:part name="toString" type="x:constructor"/>' }));
    expect(names(read.structs.get('constructor')?.fields)).toEqual(['__proto__']);
    expect(read.operations.get('valueOf')).toBeUndefined();
  });

  it.each([
    ['text that is not XML', '<w:definitions', 'not well-formed'],
    ['nothing', '', 'not well-formed|is empty'],
    ['another document', '<html/>', 'begins with <html>'],
    [
      'an unknown member type',
      contract({ types: struct('T', '<s:element name="m" type="x:No"/>') }),
      'T\\.m has the type \\{urn:x\\}No',
    ],
    [
      'an undeclared prefix',
      contract({ types: struct('T', '<s:element name="m" type="q:No"/>') }),
      'T\\.m has no type',
    ],
    [
      'a member without a name',
      contract({ types: struct('T', '<s:element type="s:int"/>') }),
      '<element> has no name',
    ],
    [
      'an answer of two parts',
      contract({ output: '<w:part name="a" type="s:int"/><w:part name="b" type="s:int"/>' }),
      'exactly one part',
    ],
    ['an answer of no part', contract({ output: '' }), 'exactly one part'],
    ['a missing message', contract({}).replace('x:DoReply', 'x:Gone'), 'operation Do has no output message'],
    [
      'an array with no item type',
      contract({ types: array('A', 's:int[]').replace('w:arrayType', 'w:other') }),
      'A has no type',
    ],
    [
      'a simple type that the codec cannot carry',
      contract({ input: '<w:part name="p" type="s:duration"/>' }),
      'XMLSchema\\}duration',
    ],
  ])('refuses %s and says where', (_, wsdl, message) => {
    expect(() => readWsdl(wsdl)).toThrow(WsdlError);
    expect(() => readWsdl(wsdl)).toThrow(new RegExp(message));
  });

  it('refuses a type that extends itself, or something undeclared', () => {
    const extending = (name: string, base: string) =>
      `<s:complexType name="${name}"><s:complexContent><s:extension base="x:${base}"><s:sequence/></s:extension></s:complexContent></s:complexType>`;
    const circle = contract({ types: extending('A', 'B') + extending('B', 'A') });
    expect(() => readWsdl(circle)).toThrow('the type A extends itself');
    expect(() => readWsdl(contract({ types: extending('A', 'Gone') }))).toThrow(
      'base type Gone is not declared',
    );
  });
});
