import { describe, expect, test } from 'vitest';
import { createSoapCodec } from '../../src/soap/codec.ts';
import { SoapFault } from '../../src/soap/soap-fault.ts';
import { readWsdl } from '../../src/soap/wsdl-model.ts';
import { envelope, wsdlText } from '../support/edge.ts';

const codec = createSoapCodec(readWsdl(wsdlText));
const request = envelope('getDefect', '<cookie>1</cookie><defectNumber>7</defectNumber>');
const bytes = (text: string | Buffer) => (typeof text === 'string' ? Buffer.from(text) : text);
const numberIn = (body: string | Buffer, contentType = 'text/xml') =>
  codec.readBody(bytes(body), contentType).input.defectNumber;

function faultOf(body: string | Buffer, contentType?: string): SoapFault {
  try {
    codec.readBody(bytes(body), contentType);
  } catch (error) {
    if (error instanceof SoapFault) return error;
    throw error;
  }
  throw new Error('it was read');
}

describe('what stands around a document is passed over', () => {
  test.each([
    ['blanks and line ends before the declaration', `\r\n  \t${request}`],
    ['a byte order mark', `\uFEFF${request}`],
    ['two byte order marks and a blank', `\uFEFF\uFEFF ${request}`],
    ['comments before the declaration', `<!-- made -- by --> \n<!--2-->${request}`],
    ['comments before a document without one', `<!--1-->${request.slice(request.indexOf('?>') + 2)}`],
    ['a zero byte at the end', `${request}\0`],
    ['zero bytes and line ends at the end', `${request}\r\n\0\0\0`],
  ])('%s', (_what, body) => expect(numberIn(body)).toBe(7));

  test('a declared encoding counts behind blanks too', () => {
    const latin = Buffer.from(
      `\n<?xml version="1.0" encoding="ISO-8859-1"?>${envelope('getDatabaseList').slice(38)}<!--ü-->`,
      'latin1',
    );
    expect(codec.readBody(latin, undefined).operation).toBe('getDatabaseList');
  });

  test('megabytes of blanks or zero bytes are read at once', () => {
    const many = 4_000_000;
    expect(numberIn(' '.repeat(many) + request)).toBe(7);
    expect(numberIn(request + '\0'.repeat(many))).toBe(7);
    expect(faultOf('\0 '.repeat(many / 2)).hint).toContain('does not begin with XML');
  });
});

describe('a body of another shape is named', () => {
  test.each([
    ['{"defectNumber": 7}', 'application/json', 'The body is JSON (Content-Type application/json).'],
    ['[1]', undefined, 'The body is JSON. '],
    [
      'cookie=1&defectNumber=7',
      'application/x-www-form-urlencoded',
      'The body is a form (Content-Type application/x-www',
    ],
    ['--x\r\nfoo', 'multipart/form-data; boundary=x', 'only multipart/related is read here'],
    ['hello', 'text/plain', 'does not begin with XML (Content-Type text/plain)'],
    ['--x\r\n\r\n', 'multipart/related', 'without a boundary'],
  ])('%s as %s', (body, type, hint) => expect(faultOf(body, type).hint).toContain(hint));

  test('XML that is sent as a form, as curl does without a header, is read', () =>
    expect(numberIn(request, 'application/x-www-form-urlencoded')).toBe(7));
});
