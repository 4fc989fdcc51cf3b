import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SoapFault } from '../../src/soap/soap-fault.ts';
import { decodeBody } from '../../src/soap/text-encoding.ts';
import { faultOf, soapCall, soapClient } from './soap-client.ts';
import { envelope, readAnswer, wsdlModel } from './soap-message.ts';
import { codec } from './soap-requests.ts';

/** Answers getDefect with what it was asked for, and everything else with a fault. */
function respond(bytes: Buffer, contentType: string | undefined): { status: number; text: string } {
  try {
    const { operation, input } = codec.readRequest(decodeBody(bytes, contentType));
    if (operation !== 'getDefect')
      throw new SoapFault({ code: 'Server', text: 'Session Dropped.', detail: '17', hint: 'A test.' });
    const defect = { recordid: 1, defectnumber: input.defectNumber, summary: input.summary };
    return { status: 200, text: codec.writeAnswer(operation, defect).toString() };
  } catch (error) {
    if (!(error instanceof SoapFault)) throw error;
    return { status: 500, text: codec.writeFault(error).toString() };
  }
}

let server: Server;
let url = '';

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { status, text } = respond(Buffer.concat(chunks), request.headers['content-type']);
    response.writeHead(status, { 'content-type': 'text/xml; charset=utf-8' }).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});

afterAll(() => server.close());

describe('the test client', () => {
  it('gives the typed result of a call', async () => {
    const defect = await soapClient(url).getDefect({
      cookie: 2n ** 60n,
      defectNumber: 11,
      summary: ' Müller\r\n<b>',
    });
    expect(defect).toEqual({ recordid: 1, defectnumber: 11, summary: ' Müller\r\n<b>' });
  });

  it('rejects with the fault, its number and the whole outcome', async () => {
    const fault = await faultOf(soapClient(url).editDefect({ cookie: 1 }));
    expect(fault).toMatchObject({ code: 'Server', text: 'Session Dropped.', detail: '17' });
    expect(fault.outcome).toMatchObject({ status: 500 });
    expect(fault.message).toBe('editDefect: Session Dropped. (detail 17)');
  });

  it('posts any body and headers instead of its own', async () => {
    const body = Buffer.from(envelope('<ns:getDefect><summary>\u00e4</summary></ns:getDefect>'), 'latin1');
    const headers = { 'content-type': 'text/xml; charset=iso-8859-1', soapaction: undefined };
    const { result, fault } = await soapCall(url, 'getDefect', {}, { body, headers });
    expect([result, fault]).toEqual([{ recordid: 1, defectnumber: 0, summary: 'ä' }, undefined]);
  });

  it('says so when a call that should fail succeeds', async () => {
    await expect(faultOf(soapClient(url).getDefect())).rejects.toThrow('expected a fault, got');
  });
});

describe('an answer that breaks the WSDL is reported', () => {
  const answer = (content: string) =>
    codec.writeAnswer('getDefect', {}).toString().replace('<pDefect></pDefect>', content);

  it.each([
    ['<pDefect><zz/></pDefect>', 'CDefect has no member zz'],
    ['<pDefect><summary/><recordid>1</recordid></pDefect>', 'CDefect.recordid is doubled or out of order'],
    ['<pDefect><summary/><summary/></pDefect>', 'CDefect.summary is doubled or out of order'],
    ['<pDefect><recordid>1.0</recordid></pDefect>', "recordid has the text '1.0'"],
    ['<pDefect><recordid xsi:type="xsd:long">1</recordid></pDefect>', 'recordid has attributes'],
    ['<pDefect xsi:type="ttns:CUser"/>', 'CUser is no kind of CDefect'],
    ['<pDefect><eventlist><item/></eventlist></pDefect>', 'array eventlist: arrayType is undefined'],
    ['<pDefect><dateentered>2018-01-31T00:00:00</dateentered></pDefect>', 'dateentered has the text'],
    ['<pTask/>', 'expected {}pDefect, got {}pTask'],
    ['<pDefect/><pDefect/>', 'getDefect answered 2 parts'],
  ])('%s', (content, message) => {
    expect(() => readAnswer('getDefect', answer(content), wsdlModel)).toThrow(message);
  });
});
