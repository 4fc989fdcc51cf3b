import { describe, expect, it } from 'vitest';
import { atOnce } from '../../src/answers/steps.ts';
import { joinSurrogateReferences } from '../../src/soap/surrogate-references.ts';
import { summaryFrom } from '../support/soap-requests.ts';

describe('characters written as two references', () => {
  it('are read as one character, as Axis means it', () => {
    expect(summaryFrom('<summary>a &#xD83D;&#xDE00; b&#xd83d;&#xde01;</summary>')).toBe('a 😀 b😁');
  });

  it('stay text inside CDATA', () => {
    expect(summaryFrom('<summary><![CDATA[&#xD83D;&#xDE00;]]>&#xD83D;&#xDE00;</summary>')).toBe(
      '&#xD83D;&#xDE00;😀',
    );
  });

  it('are left alone when a half is missing', () => {
    expect(atOnce(joinSurrogateReferences('<a>&#xD83D; &#xDE00;&#xDE00;</a>'))).toBe(
      '<a>&#xD83D; &#xDE00;&#xDE00;</a>',
    );
  });
});
