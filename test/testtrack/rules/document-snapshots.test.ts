import { expect, test } from 'vitest';
import { requirementDocuments } from '../../../src/testtrack/model/tables.ts';
import { ProjectView } from '../../../src/testtrack/project-view.ts';
import { contentOf, snapshotContent } from '../../../src/testtrack/rules/document-snapshots.ts';
import { Draft } from '../../../src/world/draft.ts';
import { project } from '../../support/testtrack.ts';

const type = 'Business Requirement';

test('a snapshot keeps the tree and the versions of the requirements, whatever happens to them later', () => {
  const { tt, cookie, runner } = project({
    requirements: ['a', 'b', 'c'].map((summary) => ({ type, summary })),
    requirementDocuments: [{ name: 'doc', tree: [{ requirement: 1, children: [2] }] }],
  });
  tt.createSnapshot({ cookie, documentID: 1, snapshot: { label: 'first', comment: 'before' } });
  const before = tt.editRequirement({ cookie, requirementNumber: 2 });
  tt.saveRequirement({ cookie, pRequirement: { ...before, summary: 'b, edited' } });
  tt.appendToRequirementDocument({ cookie, requirementID: 3, documentID: 1, parentRequirementID: 1 });
  tt.createSnapshot({ cookie, documentID: 1, snapshot: { label: 'second' } });
  tt.deleteRequirement({ cookie, requirementNumber: 1 });

  const view = new ProjectView(new Draft(runner.world), 'Project');
  const shown = (content: ReturnType<typeof snapshotContent>) =>
    content?.entries.map(
      ({ outlineNumber, requirement }) =>
        `${outlineNumber} ${requirement.summary} v${requirement.versions.length}`,
    );
  const document = view.table(requirementDocuments).get(1);
  expect(shown(snapshotContent(view, 1, 1))).toEqual(['1 a v1', '1.1 b v1']);
  expect(shown(snapshotContent(view, 1, 2))).toEqual(['1 a v1', '1.1 b, edited v2', '1.2 c v1']);
  expect(shown(document && contentOf(view, document))).toEqual(['1 b, edited v2', '2 c v1']);
  expect(snapshotContent(view, 1, 3)).toBeUndefined();
  expect(snapshotContent(view, 2, 1)).toBeUndefined();
});
