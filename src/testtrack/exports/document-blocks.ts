import type { DocumentContent } from '../rules/document-snapshots.ts';
import { tagOf } from '../rules/requirement-types.ts';
import { fieldsWriter, type Showing } from './record-blocks.ts';
import { type Block, heading } from './word-document.ts';

/** A requirement document: its description, then every requirement under its outline number, tag and summary. */
export function* documentBlocks({ document, entries }: DocumentContent, showing: Showing): Generator<Block> {
  const { project } = showing.view;
  const fields = fieldsWriter(showing);
  const { text } = document.description;
  if (text !== '') yield { kind: 'text', text };
  for (const { requirement, outlineNumber } of entries) {
    const title = [outlineNumber, tagOf(project, requirement), requirement.summary];
    yield heading(outlineNumber.split('.').length, title.filter((part) => part !== '').join(' '));
    yield { kind: 'fields', fields: fields(requirement) };
  }
}
