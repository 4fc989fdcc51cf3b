import { describe, expect, it } from 'vitest';
import { decodeBody } from '../../src/soap/text-encoding.ts';
import { faultFrom } from '../support/soap-requests.ts';

const text = '<?xml version="1.0"?><a>Müller 😀</a>';
const declared = (encoding: string, content = 'Müller') =>
  `<?xml version="1.0" encoding="${encoding}"?><a>${content}</a>`;
const wide = (content: string) => Buffer.from(content, 'utf16le');

describe('the text of a request body', () => {
  it.each([
    ['without any hint is UTF-8', Buffer.from(text), undefined, text],
    ['may begin with a UTF-8 mark, which is not part of it', Buffer.from(`\ufeff${text}`), 'text/xml', text],
    ['may be UTF-16 little-endian by its mark', wide(`\ufeff${text}`), 'text/xml; charset=utf-8', text],
    ['may be UTF-16 big-endian by its mark', wide(`\ufeff${text}`).swap16(), undefined, text],
    ['may be UTF-16 without a mark', wide(text), 'text/xml; charset="UTF-16"', text],
    ['may be UTF-16 big-endian without a mark', wide(text).swap16(), undefined, text],
    [
      'follows the charset of the header',
      Buffer.from(text.slice(0, -6), 'latin1'),
      'text/xml;charset=ISO-8859-1',
      text.slice(0, -6).replace('😀', '=\0'),
    ],
    [
      'follows the declaration when the header is silent',
      Buffer.from(declared('ISO-8859-1'), 'latin1'),
      'text/xml',
      declared('ISO-8859-1'),
    ],
    [
      'prefers the header to the declaration',
      Buffer.from(declared('ISO-8859-1')),
      'text/xml; charset=utf-8',
      declared('ISO-8859-1'),
    ],
    [
      'follows the declaration when the bytes contradict the header',
      Buffer.from(declared('latin1'), 'latin1'),
      'text/xml; charset=utf-8',
      declared('latin1'),
    ],
    [
      'is UTF-8 when an ASCII-readable declaration says UTF-16',
      Buffer.from(declared('UTF-16')),
      undefined,
      declared('UTF-16'),
    ],
    ['is UTF-8 when the header says ASCII', Buffer.from(text), 'text/xml; charset=us-ascii', text],
    [
      'may be Windows-1252',
      Buffer.concat([Buffer.from('<a>'), Buffer.from([0x80])]),
      'text/xml; charset=windows-1252',
      '<a>€',
    ],
    ['may be empty', Buffer.alloc(0), undefined, ''],
  ])('%s', (_, bytes, contentType, expected) => {
    const shown = expected.includes('\0')
      ? Buffer.from(text.slice(0, -6), 'latin1').toString('latin1')
      : expected;
    expect(decodeBody(bytes, contentType)).toBe(shown);
  });

  it.each([
    ['a byte that is no UTF-8', Buffer.from('<a>\xe4</a>', 'latin1'), undefined, 'not valid UTF-8'],
    ['a cut character', Buffer.from('ä').subarray(0, 1), 'text/xml; charset=utf-8', 'not valid UTF-8'],
    ['a surrogate in UTF-8', Buffer.from([0xed, 0xa0, 0x80]), undefined, 'not valid UTF-8'],
    [
      'a lone surrogate in UTF-16',
      Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0x41, 0]),
      undefined,
      'not valid UTF-16LE',
    ],
    ['half a character of UTF-16', Buffer.from([0xff, 0xfe, 0x41]), undefined, 'not valid UTF-16LE'],
    [
      'an encoding nobody knows',
      Buffer.from('<a/>'),
      'text/xml; charset=klingon',
      "The encoding 'klingon' is not read here",
    ],
    ['a declared encoding nobody knows', Buffer.from(declared('EBCDIC-CP-US')), undefined, 'EBCDIC-CP-US'],
  ])('%s is refused with the remedy', (_, bytes, contentType, hint) => {
    const fault = faultFrom(() => decodeBody(bytes, contentType));
    expect(fault.text).toBe('UTF content encoding error');
    expect(fault.hint).toContain(hint);
  });
});
