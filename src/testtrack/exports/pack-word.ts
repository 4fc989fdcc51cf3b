import type { FileChild, TableRow } from 'docx';
import type { Block, FieldText, HeadingLevel, WordDocument } from './word-document.ts';
import { corePropertiesXml, withoutControls } from './word-xml.ts';
import { withFileDates } from './zip-dates.ts';

type Docx = typeof import('docx');

/** Between the margins of the page, in twentieths of a point. */
const textWidth = 9_026;
const labelWidth = 2_600;
const corePath = 'docProps/core.xml';

/**
 * Writes a document as a .docx file. The library is loaded when the first document is asked for: most twins never
 * write one. Equal documents give equal bytes: the moment the library would write is replaced by the document's own.
 */
export async function packWord(document: WordDocument): Promise<Buffer> {
  const docx = await import('docx');
  const { title, author, blocks, madeAt } = document;
  const file = new docx.Document({
    title,
    creator: author,
    sections: [
      {
        footers: { default: pageNumber(docx) },
        children: [
          new docx.Paragraph({ heading: docx.HeadingLevel.TITLE, children: runsOf(docx, title) }),
          ...blocks.flatMap((block) => childrenOf(docx, block)),
        ],
      },
    ],
  });
  const core = { path: corePath, data: corePropertiesXml(document) };
  return withFileDates(await docx.Packer.toBuffer(file, undefined, [core]), madeAt);
}

function pageNumber(docx: Docx) {
  const number = new docx.TextRun({ children: [docx.PageNumber.CURRENT] });
  return new docx.Footer({
    children: [new docx.Paragraph({ alignment: docx.AlignmentType.RIGHT, children: [number] })],
  });
}

function childrenOf(docx: Docx, block: Block): readonly FileChild[] {
  switch (block.kind) {
    case 'heading':
      return [
        new docx.Paragraph({ heading: headingOf(docx, block.level), children: runsOf(docx, block.text) }),
      ];
    case 'text':
      return [new docx.Paragraph({ children: runsOf(docx, block.text) })];
    // Word joins two tables that nothing stands between.
    case 'fields':
      return block.fields.length === 0 ? [] : [fieldsTable(docx, block.fields), new docx.Paragraph('')];
    case 'table':
      return block.columns.length === 0 ? [] : [table(docx, block), new docx.Paragraph('')];
  }
}

function headingOf(docx: Docx, level: HeadingLevel) {
  return docx.HeadingLevel[`HEADING_${level}`];
}

function fieldsTable(docx: Docx, fields: readonly FieldText[]) {
  const rows = fields.map(
    ({ label, text }) => new docx.TableRow({ children: [headCell(docx, label), cell(docx, text)] }),
  );
  return grid(docx, rows, [labelWidth, textWidth - labelWidth]);
}

function table(docx: Docx, { columns, rows }: Extract<Block, { kind: 'table' }>) {
  const head = new docx.TableRow({
    tableHeader: true,
    children: columns.map((label) => headCell(docx, label)),
  });
  const body = rows.map((texts) => new docx.TableRow({ children: texts.map((text) => cell(docx, text)) }));
  const width = Math.floor(textWidth / columns.length);
  return grid(
    docx,
    [head, ...body],
    columns.map(() => width),
  );
}

/** Widths stand at the table alone: a document may have very many cells. */
function grid(docx: Docx, rows: readonly TableRow[], columnWidths: readonly number[]) {
  const width = { size: textWidth, type: docx.WidthType.DXA };
  return new docx.Table({ rows, columnWidths, width, layout: docx.TableLayoutType.FIXED });
}

function cell(docx: Docx, text: string) {
  return new docx.TableCell({ children: [new docx.Paragraph({ children: runsOf(docx, text) })] });
}

function headCell(docx: Docx, text: string) {
  return new docx.TableCell({
    shading: { fill: 'F0F0F0' },
    children: [new docx.Paragraph({ children: runsOf(docx, text, { bold: true }) })],
  });
}

/** A run for each line of a text. */
function runsOf(docx: Docx, text: string, style: { readonly bold?: boolean } = {}) {
  return withoutControls(text)
    .split(/\r\n|\r|\n/)
    .map((line, at) => new docx.TextRun({ text: line, ...style, ...(at === 0 ? {} : { break: 1 }) }));
}
