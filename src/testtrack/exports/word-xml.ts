import { escapeAsEntities } from '../../text/escapes.ts';
import type { Block, WordDocument } from './word-document.ts';

/** What every part of a Word file begins with. */
export const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
export const wordNamespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';

/** By this name the text finds its footer. */
export const footerId = 'footer';
const relations = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';

/** Lengths are in twentieths of a point: A4 with margins of an inch. */
const page = { width: 11_906, height: 16_838, margin: 1_440 };
const textWidth = page.width - 2 * page.margin;
const labelWidth = 2_600;

/** A text as XML, with what XML cannot carry replaced: control characters, halves of characters, U+FFFE and U+FFFF. */
export function escaped(text: string): string {
  const carried = text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Surrogate}/gu, '\ufffd');
  return escapeAsEntities(carried, /[&<>]/g);
}

/** What stands in a document, as XML: piece by piece, because there may be very many records. */
export function* documentPieces({ title, blocks }: WordDocument): Generator<string> {
  yield `${declaration}<w:document ${wordNamespace} ${relations}><w:body>${paragraph(title, 'Title')}`;
  for (const block of blocks) yield* blockPieces(block);
  const { width, height, margin } = page;
  const margins = ['top', 'right', 'bottom', 'left'].map((side) => ` w:${side}="${margin}"`).join('');
  yield [
    `<w:sectPr><w:footerReference w:type="default" r:id="${footerId}"/><w:pgSz w:w="${width}" w:h="${height}"/>`,
    `<w:pgMar${margins} w:header="708" w:footer="708" w:gutter="0"/></w:sectPr></w:body></w:document>`,
  ].join('');
}

function* blockPieces(block: Block): Generator<string> {
  switch (block.kind) {
    case 'heading':
      yield paragraph(block.text, `Heading${block.level}`);
      return;
    case 'text':
      yield paragraph(block.text);
      return;
    case 'fields': {
      const rows = block.fields.map(({ label, text }) => row([headCell(label), cell(text)]));
      if (rows.length > 0) yield tableStart([labelWidth, textWidth - labelWidth]) + rows.join('') + tableEnd;
      return;
    }
    case 'table': {
      const { columns, rows } = block;
      if (columns.length === 0) return;
      const width = Math.floor(textWidth / columns.length);
      yield tableStart(columns.map(() => width));
      yield row(columns.map(headCell), '<w:trPr><w:tblHeader/></w:trPr>');
      for (const texts of rows) yield row(texts.map(cell));
      yield tableEnd;
    }
  }
}

function paragraph(text: string, style?: string): string {
  const properties = style === undefined ? '' : `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>`;
  return `<w:p>${properties}${run(text)}</w:p>`;
}

function run(text: string, properties = ''): string {
  const lines = escaped(text).split(/\r\n|\r|\n/);
  const shown = lines.map((line) => `<w:t xml:space="preserve">${line}</w:t>`);
  return `<w:r>${properties}${shown.join('<w:br/>')}</w:r>`;
}

const borders = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV']
  .map((side) => `<w:${side} w:val="single" w:sz="4" w:color="auto"/>`)
  .join('');

/** Widths stand at the table alone: a document may have very many cells. */
function tableStart(widths: readonly number[]): string {
  const grid = widths.map((width) => `<w:gridCol w:w="${width}"/>`).join('');
  const properties = `<w:tblW w:w="${textWidth}" w:type="dxa"/><w:tblBorders>${borders}</w:tblBorders>`;
  return `<w:tbl><w:tblPr>${properties}<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>${grid}</w:tblGrid>`;
}

/** Word joins two tables that nothing stands between. */
const tableEnd = '</w:tbl><w:p/>';

function row(cells: readonly string[], properties = ''): string {
  return `<w:tr>${properties}${cells.join('')}</w:tr>`;
}

function cell(text: string): string {
  return `<w:tc><w:p>${run(text)}</w:p></w:tc>`;
}

function headCell(text: string): string {
  const shade = '<w:tcPr><w:shd w:val="clear" w:fill="F0F0F0"/></w:tcPr>';
  return `<w:tc>${shade}<w:p>${run(text, '<w:rPr><w:b/></w:rPr>')}</w:p></w:tc>`;
}
