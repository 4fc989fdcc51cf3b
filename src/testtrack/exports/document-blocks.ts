import type { DocumentContent } from '../rules/document-snapshots.ts';
import { tagOf } from '../rules/requirement-types.ts';
import { fieldsWriter, type Showing } from './record-blocks.ts';
import { type Block, heading } from './word-document.ts';

/** A requirement document: its description, then every requirement under its outline number, tag and summary. */
export function documentBlocks({ document, entries }: DocumentContent, showing: Showing): readonly Block[] {
  const { project } = showing.view;
  const fields = fieldsWriter(showing);
  const { text } = document.description;
  return [
    ...(text === '' ? [] : [{ kind: 'text', text } as const]),
    ...entries.flatMap(({ requirement, outlineNumber }) => [
      heading(
        outlineNumber.split('.').length,
        [outlineNumber, tagOf(project, requirement), requirement.summary]
          .filter((part) => part !== '')
          .join(' '),
      ),
      { kind: 'fields', fields: fields(requirement) } as const,
    ]),
  ];
}
