import { setImmediate as othersTurn } from 'node:timers/promises';
import type { FileChild, TableRow } from 'docx';
import { xmlOf } from './docx-xml.ts';
import type { Block, FieldText, HeadingLevel, WordDocument } from './word-document.ts';
import { corePropertiesXml, withoutControls } from './word-xml.ts';
import { withFileDates } from './zip-dates.ts';

type Docx = typeof import('docx');

/** Between the margins of the page, in twentieths of a point. */
const textWidth = 9_026;
const labelWidth = 2_600;
const corePath = 'docProps/core.xml';
const textPath = 'word/document.xml';
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';

/** So many characters of XML are made at a stretch; then others have their turn. */
const charactersPerTurn = 64 * 1024;

/**
 * Writes a document as a .docx file. The library is loaded when the first document is asked for: most twins never
 * write one. It would write a long document in one go, seconds during which nobody else is answered; so it is given
 * the title alone, and the text of the rest is put in, made piece by piece. Equal documents give equal bytes: the
 * moment the library would write is replaced by the document's own.
 */
export async function packWord(document: WordDocument): Promise<Buffer> {
  const docx = await import('docx');
  const { title, author, madeAt } = document;
  const file = new docx.Document({
    title,
    creator: author,
    sections: [
      {
        footers: { default: pageNumber(docx) },
        children: [new docx.Paragraph({ heading: docx.HeadingLevel.TITLE, children: runsOf(docx, title) })],
      },
    ],
  });
  const context = { file, viewWrapper: file.Document };
  const frame = xmlOf(file.Document.View, context);
  const end = frame.lastIndexOf('<w:sectPr');
  const body = await gathered(bodyPieces(docx, document.blocks, (component) => xmlOf(component, context)));
  const overrides = [
    { path: textPath, data: `${declaration}${frame.slice(0, end)}${body}${frame.slice(end)}` },
    { path: corePath, data: corePropertiesXml(document) },
  ];
  return withFileDates(await docx.Packer.toBuffer(file, undefined, overrides), madeAt);
}

/** Joins pieces, and lets others do something in between. */
async function gathered(pieces: Iterable<string>): Promise<string> {
  const blocks: string[] = [];
  let block = '';
  for (const piece of pieces) {
    block += piece;
    if (block.length < charactersPerTurn) continue;
    blocks.push(block);
    block = '';
    await othersTurn();
  }
  return [...blocks, block].join('');
}

/** Writes something that stands in a document. */
type Write = (child: FileChild | TableRow) => string;

function* bodyPieces(docx: Docx, blocks: Iterable<Block>, write: Write): Generator<string> {
  for (const block of blocks) {
    if (block.kind === 'table') yield* tablePieces(docx, block, write);
    else for (const child of childrenOf(docx, block)) yield write(child);
  }
}

function pageNumber(docx: Docx) {
  const number = new docx.TextRun({ children: [docx.PageNumber.CURRENT] });
  return new docx.Footer({
    children: [new docx.Paragraph({ alignment: docx.AlignmentType.RIGHT, children: [number] })],
  });
}

function childrenOf(docx: Docx, block: Exclude<Block, { kind: 'table' }>): readonly FileChild[] {
  switch (block.kind) {
    case 'heading':
      return [
        new docx.Paragraph({ heading: headingOf(docx, block.level), children: runsOf(docx, block.text) }),
      ];
    case 'text':
      return [new docx.Paragraph({ children: runsOf(docx, block.text) })];
    case 'fields':
      return block.fields.length === 0 ? [] : [fieldsTable(docx, block.fields), betweenTables(docx)];
  }
}

/** Word joins two tables that nothing stands between. */
function betweenTables(docx: Docx) {
  return new docx.Paragraph('');
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

const tableEnd = '</w:tbl>';

/** A table may have as many rows as there are records: they are put in one by one. */
function* tablePieces(
  docx: Docx,
  { columns, rows }: Extract<Block, { kind: 'table' }>,
  write: Write,
): Generator<string> {
  if (columns.length === 0) return;
  const head = new docx.TableRow({
    tableHeader: true,
    children: columns.map((label) => headCell(docx, label)),
  });
  const width = Math.floor(textWidth / columns.length);
  const withHead = write(
    grid(
      docx,
      [head],
      columns.map(() => width),
    ),
  );
  yield withHead.slice(0, -tableEnd.length);
  for (const texts of rows)
    yield write(new docx.TableRow({ children: texts.map((text) => cell(docx, text)) }));
  yield tableEnd + write(betweenTables(docx));
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
