import { describe, expect, test } from 'vitest';
import { createSoapCodec } from '../../src/soap/codec.ts';
import { SoapFault } from '../../src/soap/soap-fault.ts';
import { readWsdl } from '../../src/soap/wsdl-model.ts';
import { envelope, wsdlText } from '../support/edge.ts';

const codec = createSoapCodec(readWsdl(wsdlText));
const content = Buffer.from([0, 1, 2, 13, 10, 45, 45, 255]);
const xop = '<xop:Include xmlns:xop="http://www.w3.org/2004/08/xop/include" href="cid:file%401"/>';

/** A call that saves one file, whose content is what is given. */
const call = (data: string) =>
  envelope(
    'addDefect',
    `<cookie>1</cookie><pDefect><summary>S</summary><reportedbylist><item><attachmentlist><item><m-strFileName>a</m-strFileName>${data}</item></attachmentlist></item></reportedbylist></pDefect>`,
  );
const root = (data: string) =>
  `Content-Type: application/xop+xml; charset=UTF-8; type="text/xml"\r\nContent-ID: <root@1>\r\n\r\n${call(data)}`;
const file = `Content-Type: application/octet-stream\r\nContent-ID: <file@1>\r\nContent-Transfer-Encoding: binary\r\n\r\n`;
const related = 'multipart/related; type="application/xop+xml"; boundary="b 1"; start="<root@1>"';

const message = (parts: readonly (string | Buffer)[], end = '\r\n--b 1--\r\n') =>
  Buffer.concat([
    ...parts.flatMap((part, at) => [Buffer.from(`${at === 0 ? '' : '\r\n'}--b 1\r\n`), Buffer.from(part)]),
    Buffer.from(end),
  ]);
const withFile = Buffer.concat([Buffer.from(file), content]);

function savedFile(body: Buffer, contentType = related): unknown {
  const { pDefect } = codec.readBody(body, contentType).input as {
    pDefect: { reportedbylist: { attachmentlist: Record<string, unknown>[] }[] };
  };
  return pDefect.reportedbylist[0]?.attachmentlist[0]?.['m-pFileData'];
}

function faultOf(body: Buffer, contentType = related): SoapFault {
  try {
    codec.readBody(body, contentType);
  } catch (error) {
    if (error instanceof SoapFault) return error;
    throw error;
  }
  throw new Error('it was read');
}

describe('the attachments of a request are read', () => {
  test.each([
    ['of MTOM, by an Include', root(`<m-pFileData>${xop}</m-pFileData>`)],
    ['of SOAP with attachments, by href', root('<m-pFileData href="cid:file@1"/>')],
  ])('%s', (_what, part) => {
    expect(savedFile(message([part, withFile]))).toEqual(content);
    // The root is where the type says, wherever that is.
    expect(savedFile(message([withFile, part]))).toEqual(content);
  });

  test('that come as base64, in a message with bare line feeds and without a start', () => {
    const part = `Content-ID: <file@1>\nContent-Transfer-Encoding: base64\n\n${content.toString('base64')}`;
    const body = message([root('<m-pFileData href="cid:file@1"/>'), part]).toString('latin1');
    expect(
      savedFile(Buffer.from(body.replaceAll('\r\n', '\n')), 'multipart/related; boundary="b 1"'),
    ).toEqual(content);
  });

  test('when a part has no headers at all', () => {
    const body = message([`\r\n${envelope('getDatabaseList')}`]);
    expect(codec.readBody(body, 'Multipart/Related; BOUNDARY="b 1"').operation).toBe('getDatabaseList');
  });
});

describe('a message in parts that cannot be read is refused with the reason', () => {
  test.each([
    ['a root that is missing', [withFile], related, "No part has the Content-ID '<root@1>'"],
    ['no part at all', [], related.replace('; start="<root@1>"', ''), 'holds no part'],
    ['no boundary', [withFile], 'multipart/related', 'without a boundary'],
    [
      'an encoding of a part',
      [root('').replace('\r\n\r\n', '\r\nContent-Transfer-Encoding: uuencode\r\n\r\n')],
      related,
      "'uuencode'",
    ],
  ])('%s', (_what, parts, type, hint) =>
    expect(faultOf(message(parts), type)).toMatchObject({
      text: 'MIME format error',
      hint: expect.stringContaining(hint),
    }),
  );

  test('a part without an end', () =>
    expect(faultOf(message([root('')], '')).hint).toContain('closing line of the boundary'));

  test.each([
    [[root('<m-pFileData href="cid:other"/>'), withFile], "There are: 'file@1'."],
    [[root(`<m-pFileData>${xop}</m-pFileData>`)], 'The message has no other part.'],
  ])('an attachment that is not there', (parts, hint) => {
    const fault = faultOf(message(parts));
    expect(fault.text).toBe('MIME href to missing attachment');
    expect(fault.hint).toContain(hint);
  });
});
