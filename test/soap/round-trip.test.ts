import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSoapCodec } from '../../src/soap/codec.ts';
import { SoapFault } from '../../src/soap/soap-fault.ts';
import { decodeBody } from '../../src/soap/text-encoding.ts';
import type { TypeRef, WsdlModel } from '../../src/soap/wsdl-model.ts';
import { envelope, readAnswer, writeCall, wsdlModel } from '../support/soap-message.ts';
import { codec } from '../support/soap-requests.ts';
import { valuesOf, xmlText } from '../support/wsdl-values.ts';

const simpleTypes: TypeRef[] = (
  ['string', 'boolean', 'byte', 'short', 'int', 'long', 'double', 'date', 'dateTime', 'base64Binary'] as const
).map((name) => ({ kind: 'simple', name }));
const structs: TypeRef[] = [...wsdlModel.structs.keys()].map((name) => ({ kind: 'struct', name }));
const everyType = [...simpleTypes, ...structs, ...wsdlModel.arrays.values()];

/** A WSDL with one operation that takes and gives a value of one type. */
function echoModel(type: TypeRef): WsdlModel {
  const part = { name: 'value', type, optional: false, nillable: false };
  return {
    ...wsdlModel,
    operations: new Map([['echo', { name: 'echo', soapAction: '', input: [part], output: part }]]),
  };
}

describe('a value of every type of the contract', () => {
  it.each(everyType.map((type) => [type.name, type] as const))(
    '%s arrives in a request as it was sent',
    (_, type) => {
      const model = echoModel(type);
      const echo = createSoapCodec(model);
      const values = valuesOf(type, { model, allowsEmptyBinary: false });
      fc.assert(
        fc.property(values, (value) => {
          expect(echo.readRequest(writeCall('echo', { value }, model)).input.value).toEqual(value);
        }),
        { numRuns: 15 },
      );
    },
  );

  it.each(everyType.map((type) => [type.name, type] as const))(
    '%s leaves in an answer as it was given',
    (_, type) => {
      const model = echoModel(type);
      const echo = createSoapCodec(model);
      const values = valuesOf(type, { model, allowsEmptyBinary: true });
      fc.assert(
        fc.property(values, (value) => {
          const answer = echo.writeAnswer('echo', value).toString();
          expect(answer).not.toMatch(/[\r\n]/);
          expect(readAnswer('echo', answer, model)).toEqual({ result: value });
        }),
        { numRuns: 15 },
      );
    },
  );
});

describe('text', () => {
  it('comes back exactly, whatever XML can carry', () => {
    fc.assert(
      fc.property(xmlText, (text) => {
        const sent = writeCall('getDefect', { summary: text });
        expect(codec.readRequest(sent).input.summary).toBe(text);
        const answer = codec.writeAnswer('addUser', 1).toString();
        expect(readAnswer('addUser', answer)).toEqual({ result: 1 });
        const written = codec.writeFault({ code: 'Server', text, detail: '22' }).toString();
        expect(readAnswer('addUser', written)).toEqual({ fault: { code: 'Server', text, detail: '22' } });
      }),
    );
  });
});

/** What breaks XML readers, to be put anywhere. */
const piece = fc.constantFrom(
  ...['<', '>', '&', '&#0;', '&#xD800;', '&#x1F600;', '&x;', ']]>', '<![CDATA[', '<!--', '-->', '<?x?>'],
  ...['<!DOCTYPE a>', '\0', '"', ' href="#a"', ' id="a"', ' xsi:nil="1"', '</ns:x>', '<__proto__/>', '\r'],
  '9'.repeat(30),
);

describe('a damaged request', () => {
  const sound = [
    writeCall('getDefect', { cookie: 1, defectNumber: 11, summary: 'ä<b>', bDownloadAttachments: true }),
    writeCall('saveDefect', {
      cookie: 2n ** 62n,
      pDefect: {
        recordid: 1,
        dateentered: '2018-01-31',
        actualhourstofix: 1.5,
        customFieldList: [{ $type: 'CStringField', recordid: 1, value: 'x' }],
        reportedbylist: [{ attachmentlist: [{ 'm-pFileData': Buffer.from('abc') }] }],
      },
    }),
    envelope(
      '<ns:addDefect><cookie href="#a"/><pDefect href="#b"/></ns:addDefect><multiRef id="a">1</multiRef><multiRef id="b"><summary href="#c"/></multiRef><multiRef id="c"><![CDATA[x]]></multiRef>',
    ),
    `<?xml version="1.0" encoding="ISO-8859-1"?>\r\n${envelope('<ns:getDatabaseList/>').split('\n')[1]}`,
  ].map((xml) => Buffer.from(xml));

  const put: fc.Arbitrary<Uint8Array> = fc.oneof(
    fc.uint8Array({ maxLength: 4 }),
    piece.map((text) => Buffer.from(text)),
  );
  const wrecked = fc
    .record({
      bytes: fc.constantFrom(...sound),
      edits: fc.array(fc.record({ at: fc.nat(), cut: fc.nat({ max: 30 }), put }), {
        minLength: 1,
        maxLength: 6,
      }),
    })
    .map(({ bytes, edits }) => edits.reduce<Buffer>(edited, bytes));

  it('is answered with a fault that explains itself, or is read; nothing else is ever thrown', () => {
    fc.assert(
      fc.property(
        wrecked,
        fc.constantFrom(undefined, 'text/xml', 'text/xml; charset=utf-8'),
        (bytes, contentType) => {
          try {
            const { operation, input } = codec.readRequest(decodeBody(bytes, contentType));
            expect(wsdlModel.operations.has(operation)).toBe(true);
            expect(Object.getPrototypeOf(input)).toBe(Object.prototype);
          } catch (error) {
            if (!(error instanceof SoapFault)) throw error;
            expect(error.text).not.toBe('');
            expect(error.hint).toMatch(/\w+ .*[.…]$/);
            readAnswer('getDefect', codec.writeFault({ code: error.code, text: error.text }).toString());
          }
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it('of arbitrary text is answered with a fault', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(() => codec.readRequest(text)).toThrow(SoapFault);
      }),
    );
  });
});

function edited(bytes: Buffer, { at, cut, put }: { at: number; cut: number; put: Uint8Array }): Buffer {
  const start = at % (bytes.length + 1);
  return Buffer.concat([bytes.subarray(0, start), put, bytes.subarray(start + cut)]);
}
