import type { WordDocument } from './word-document.ts';
import { declaration, escaped, footerId, wordNamespace } from './word-xml.ts';

/** What Word asks for beside the text of a document, by its path in the file. [known from ECMA-376] */
export function wordParts(document: WordDocument): Readonly<Record<string, string>> {
  return {
    '[Content_Types].xml': contentTypes,
    '_rels/.rels': relations([
      ['document', `${office}/officeDocument`, 'word/document.xml'],
      ['core', `${packages}/relationships/metadata/core-properties`, 'docProps/core.xml'],
    ]),
    'word/_rels/document.xml.rels': relations([
      ['styles', `${office}/styles`, 'styles.xml'],
      ['settings', `${office}/settings`, 'settings.xml'],
      [footerId, `${office}/footer`, 'footer.xml'],
    ]),
    'word/styles.xml': styles,
    'word/settings.xml': settings,
    'word/footer.xml': footer,
    'docProps/core.xml': coreProperties(document),
  };
}

const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006';

function relations(targets: readonly (readonly [id: string, type: string, target: string])[]): string {
  const all = targets.map(([id, type, to]) => `<Relationship Id="${id}" Type="${type}" Target="${to}"/>`);
  return `${declaration}<Relationships xmlns="${packages}/relationships">${all.join('')}</Relationships>`;
}

const contentTypes = [
  `${declaration}<Types xmlns="${packages}/content-types">`,
  '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
  '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>',
  ...['document.main', 'styles', 'settings', 'footer'].map((type) => {
    const contentType = `application/vnd.openxmlformats-officedocument.wordprocessingml.${type}+xml`;
    return `<Override PartName="/word/${type.split('.')[0]}.xml" ContentType="${contentType}"/>`;
  }),
  '</Types>',
].join('');

const headingStyles = [
  '<w:color w:val="2E74B5"/><w:sz w:val="32"/>',
  '<w:color w:val="2E74B5"/><w:sz w:val="26"/>',
  '<w:color w:val="1F4D78"/><w:sz w:val="24"/>',
  '<w:i/><w:color w:val="2E74B5"/>',
  '<w:color w:val="2E74B5"/>',
  '<w:color w:val="1F4D78"/>',
];

const styles = [
  `${declaration}<w:styles ${wordNamespace}>`,
  '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>',
  paragraphStyle('Title', 'Title', '<w:sz w:val="56"/>'),
  ...headingStyles.map((look, at) => paragraphStyle(`Heading${at + 1}`, `heading ${at + 1}`, look)),
  '</w:styles>',
].join('');

/** Styles that have one of Word's own names are what its outline and its tables of contents go by. */
function paragraphStyle(id: string, name: string, look: string): string {
  const kin = '<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/>';
  return `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/>${kin}<w:rPr>${look}</w:rPr></w:style>`;
}

/** Without it Word opens the document in the mode of its version 12. */
const settings = [
  `${declaration}<w:settings ${wordNamespace}><w:compat>`,
  '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>',
  '</w:compat></w:settings>',
].join('');

/** The number of the page. */
const footer = [
  `${declaration}<w:ftr ${wordNamespace}><w:p><w:pPr><w:jc w:val="right"/></w:pPr>`,
  '<w:fldSimple w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p></w:ftr>',
].join('');

/** What a document says about itself. */
function coreProperties({ title, author, madeAt }: WordDocument): string {
  const made = new Date(madeAt).toISOString();
  const moment = (name: string) => `<dcterms:${name} xsi:type="dcterms:W3CDTF">${made}</dcterms:${name}>`;
  return [
    `${declaration}<cp:coreProperties xmlns:cp="${packages}/metadata/core-properties"`,
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"',
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">',
    `<dc:title>${escaped(title)}</dc:title><dc:creator>${escaped(author)}</dc:creator>`,
    `<cp:lastModifiedBy>${escaped(author)}</cp:lastModifiedBy>`,
    `${moment('created')}${moment('modified')}</cp:coreProperties>`,
  ].join('');
}
