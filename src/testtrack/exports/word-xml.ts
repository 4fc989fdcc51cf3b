import { escapeAsEntities } from '../../text/escapes.ts';
import type { WordDocument } from './word-document.ts';

/** A text with what XML cannot carry replaced: control characters, halves of characters, U+FFFE and U+FFFF. */
export function withoutControls(text: string): string {
  return text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Surrogate}/gu, '\ufffd');
}

function escaped(text: string): string {
  return escapeAsEntities(withoutControls(text), /[&<>]/g);
}

/** What a document says about itself: the library would write the time of the host. */
export function corePropertiesXml({ title, author, madeAt }: WordDocument): string {
  const made = new Date(madeAt).toISOString();
  const moment = (name: string) => `<dcterms:${name} xsi:type="dcterms:W3CDTF">${made}</dcterms:${name}>`;
  return [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"',
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"',
    ' xmlns:dcmitype="http://purl.org/dc/dcmitype/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">',
    `<dc:title>${escaped(title)}</dc:title><dc:creator>${escaped(author)}</dc:creator>`,
    `<cp:lastModifiedBy>${escaped(author)}</cp:lastModifiedBy><cp:revision>1</cp:revision>`,
    `${moment('created')}${moment('modified')}</cp:coreProperties>`,
  ].join('');
}
