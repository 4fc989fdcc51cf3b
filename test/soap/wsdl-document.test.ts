import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { servedWsdl } from '../../src/soap/wsdl-document.ts';
import { readWsdl } from '../../src/soap/wsdl-model.ts';

const text = readFileSync(new URL('../../wsdl/ttsoapcgi.wsdl', import.meta.url), 'utf8');
const address = 'http://twin.example:8080/cgi-bin/ttsoapcgi.exe';
const served = servedWsdl(text, address);

describe('the contract as it is served', () => {
  it('announces the address that the client used and changes nothing else', () => {
    expect(served).toContain(`<soap:address location="${address}"/>`);
    expect(served.replace(address, 'http://127.0.0.1:8080/cgi-bin/ttsoapcgi.exe')).toBe(text);
  });

  it('escapes the address, so that a strange Host header cannot break the document', () => {
    const strange = servedWsdl(text, `http://h/?a=1&b="<x>'$&$1`);
    expect(strange).toContain('location="http://h/?a=1&#38;b=&#34;&#60;x&#62;&#39;$&#38;$1"');
    expect(readWsdl(strange).operations.size).toBe(162);
  });

  it('keeps the addresses of different clients apart', () => {
    expect(servedWsdl(text, 'http://other/')).toContain('location="http://other/"');
    expect(servedWsdl(text, address)).toBe(served);
  });

  it('serves another contract than the last one when asked to', () => {
    expect(servedWsdl('<definitions><soap:address location=""/></definitions>', 'a')).toContain(
      'location="a"',
    );
    expect(servedWsdl(text, address)).toBe(served);
  });

  it('refuses a contract that has no address', () => {
    expect(() => servedWsdl('<definitions/>', address)).toThrow('no soap:address');
  });
});
