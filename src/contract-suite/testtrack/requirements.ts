import type { CRequirement, CRequirementDocument, Long } from '../../client/index.ts';
import { type CheckGroup, checksOf } from '../check.ts';
import { expectContains, expectEqual, expectFault } from '../expectations.ts';
import type { TestTrackBench } from '../testtrack-bench.ts';
import { treeShape } from './tree-shape.ts';

const { documented, inferred } = checksOf<TestTrackBench>();

/** Requirements and their documents. */
export const requirementChecks: CheckGroup<TestTrackBench> = {
  area: 'Requirements',
  checks: [
    documented(
      'a new requirement needs its type',
      async (bench) => {
        const pRequirement = { summary: bench.unique('no type') };
        const adding = bench.tryAdd('requirement', {
          add: () => bench.tt.addRequirement({ pRequirement }),
          remove: (recordID) => bench.tt.deleteRequirementByRecordID({ recordID }),
        });
        await expectFault('the requirement', adding);
      },
      'writes',
    ),
    documented(
      'a requirement keeps its type and summary',
      async (bench) => {
        const summary = bench.unique('requirement');
        const recordID = await addRequirement(bench, { summary });
        const requirement = await bench.tt.getRequirementByRecordID({ recordID });
        expectEqual('the summary', requirement.summary, summary);
        expectEqual('the type', requirement.type, await requirementType(bench));
      },
      'writes',
    ),
    documented(
      'a document needs a name only',
      async (bench) => {
        const name = bench.unique('document');
        const recordID = await addDocument(bench, { name });
        expectEqual('the name', (await bench.tt.getRequirementDocumentByRecordID({ recordID })).name, name);
      },
      'writes',
    ),
    documented(
      'a requirement is appended at the end of a document or under a parent, and the tree shows it',
      async (bench) => {
        const { tt } = bench;
        const documentID = await addDocument(bench);
        const [first, second, child] = [
          await addRequirement(bench),
          await addRequirement(bench),
          await addRequirement(bench),
        ];
        await tt.appendToRequirementDocument({ requirementID: first, documentID, parentRequirementID: 0 });
        await tt.appendToRequirementDocument({ requirementID: second, documentID });
        await tt.appendToRequirementDocument({
          requirementID: child,
          documentID,
          parentRequirementID: first,
        });
        const tree = treeShape(await tt.getDocumentTree({ documentID }));
        expectEqual('the tree', tree, [documentID, [first, [child]], [second]]);
        const inside = await tt.getRequirementIDsForDocument({ documentID });
        expectContains('the requirements of the document', inside, first, second, child);
        const outside = await tt.getDocumentIDsForRequirement({ requirementID: child });
        expectEqual('the documents of a requirement', outside, [documentID]);
      },
      'writes',
    ),
    documented(
      'createSnapshot stores a version of a document',
      async (bench) => {
        const documentID = await addDocument(bench);
        const label = bench.unique('snapshot');
        expectEqual('the result', await bench.tt.createSnapshot({ documentID, snapshot: { label } }), 0);
        const { snapshotList = [] } = await bench.tt.getRequirementDocumentByRecordID({
          recordID: documentID,
        });
        expectEqual(
          'the labels',
          snapshotList.map((each) => each.label),
          [label],
        );
      },
      'writes',
    ),
    inferred(
      'the versions of a document count from 1',
      async (bench) => {
        const documentID = await addDocument(bench);
        for (const label of ['one', 'two'])
          await bench.tt.createSnapshot({ documentID, snapshot: { label } });
        const { snapshotList = [] } = await bench.tt.getRequirementDocumentByRecordID({
          recordID: documentID,
        });
        expectEqual(
          'the numbers',
          snapshotList.map(({ versionNumber }) => versionNumber),
          [1, 2],
        );
      },
      'writes',
    ),
    documented(
      'deleteRequirementDocument deletes the requirements too when told so',
      async (bench) => {
        const { tt } = bench;
        const recordID = await addDocument(bench);
        const requirementID = await addRequirement(bench);
        await tt.appendToRequirementDocument({ requirementID, documentID: recordID });
        await tt.deleteRequirementDocumentByRecordID({ recordID, bDeleteAssociatedRequirements: true });
        await expectFault('the requirement', tt.getRequirementByRecordID({ recordID: requirementID }), {
          number: 6,
        });
      },
      'writes',
    ),
  ],
};

async function requirementType({ tt }: TestTrackBench): Promise<string> {
  const fields = await tt.getDropdownFieldForTable({ tablename: 'Requirement' });
  const fieldname = fields.find(({ name }) => /type$/i.test(name ?? ''))?.name;
  const values =
    fieldname === undefined
      ? []
      : await tt.getDropdownFieldValuesForTable({ tablename: 'Requirement', fieldname });
  return values[0]?.value ?? 'Functional Requirement';
}

async function addRequirement(bench: TestTrackBench, change: CRequirement = {}): Promise<Long> {
  const type = await requirementType(bench);
  const pRequirement = { summary: bench.unique('requirement'), type, ...change };
  return bench.addItem('requirement', {
    add: () => bench.tt.addRequirement({ pRequirement }),
    remove: (recordID) => bench.tt.deleteRequirementByRecordID({ recordID }),
  });
}

function addDocument(bench: TestTrackBench, change: CRequirementDocument = {}): Promise<Long> {
  const pRequirementDocument = { name: bench.unique('document'), ...change };
  return bench.addItem('requirement document', {
    add: () => bench.tt.addRequirementDocument({ pRequirementDocument }),
    remove: (recordID) =>
      bench.tt.deleteRequirementDocumentByRecordID({ recordID, bDeleteAssociatedRequirements: false }),
  });
}
