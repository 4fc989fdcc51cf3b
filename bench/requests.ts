import type { Conversation } from './load.ts';

const envelopeStart =
  '<?xml version="1.0" encoding="UTF-8"?><SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" xmlns:SOAP-ENC="http://schemas.xmlsoap.org/soap/encoding/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:ttns="urn:testtrack-interface"><SOAP-ENV:Body SOAP-ENV:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/">';
const envelopeEnd = '</SOAP-ENV:Body></SOAP-ENV:Envelope>';
export const soapPath = '/cgi-bin/ttsoapcgi.exe';

/** One SOAP call as it goes over a kept connection. */
export function soapRequest(operation: string, parts: string): Buffer {
  const body = `${envelopeStart}<ttns:${operation}>${parts}</ttns:${operation}>${envelopeEnd}`;
  return Buffer.from(
    `POST ${soapPath} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: keep-alive\r\nContent-Type: text/xml; charset=UTF-8\r\nSOAPAction: "urn:testtrack-interface#${operation}"\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

/** One rpc.mpl call. */
export function rpcRequest(query: string): Buffer {
  return Buffer.from(
    `GET /run/rpc.mpl?rpctoken=token&username=lake&suite=Example&${query} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: keep-alive\r\n\r\n`,
  );
}

/** The same few requests in turn, each a round of its own. */
export function inTurn(requests: readonly Buffer[]): Conversation {
  let at = 0;
  return function* () {
    at = (at + 1) % requests.length;
    yield requests[at] ?? Buffer.alloc(0);
  };
}

/** The numbers from 1 to `count`, neighbours far apart. */
export function scatteredNumbers(count: number): number[] {
  return Array.from({ length: count }, (_, at) => ((at * 37) % count) + 1);
}

/**
 * Edits and saves one defect after another. A defect is edited again only after it was saved: Node takes one new
 * connection in a turn of its loop, so while a server is still cold one client may be a thousand rounds behind.
 */
export function editAndSave(cookie: number, numbers: readonly number[]): Conversation {
  const free = [...numbers];
  return function* () {
    const number = free.shift();
    if (number === undefined) throw new Error('there are more connections than defects to edit');
    const answer = yield soapRequest(
      'editDefect',
      `<cookie>${cookie}</cookie><defectNumber>${number}</defectNumber>`,
    );
    const defect = /<pDefect>.*<\/pDefect>/s.exec(answer.toString('utf8'))?.[0] ?? '';
    yield soapRequest('saveDefect', `<cookie>${cookie}</cookie>${defect}`);
    free.push(number);
  };
}
