import { type CheckGroup, checksOf, SkippedError } from '../check.ts';
import { expectEqual, expectFault } from '../expectations.ts';
import type { TestTrackBench } from '../testtrack-bench.ts';

const { documented, inferred } = checksOf<TestTrackBench>();

/** Links between items. */
export const linkChecks: CheckGroup<TestTrackBench> = {
  area: 'Links',
  checks: [
    documented(
      'a link between two defects is found from either of them, and deleted',
      async (bench) => {
        const { tt } = bench;
        const linkDefinitionName = 'Related Items';
        const definitions = (await tt.GetLinkDefinitionValues()).map(({ value }) => value);
        if (!definitions.includes(linkDefinitionName))
          throw new SkippedError(`there is no link definition ${linkDefinitionName}`);
        const ids = [await bench.addDefect(), await bench.addDefect()];
        const childList = ids.map((entityID) => ({ tablename: 'Defect', entityID }));
        const linkID = await bench.addItem('link', {
          add: () => tt.addLink({ pLink: { linkDefinitionName, childList } }),
          remove: (recordID) => tt.deleteLink({ linkID: recordID }),
        });
        for (const itemRecordID of ids) {
          const links = await tt.getLinksForItem({ tablename: 'Defect', itemRecordID });
          expectEqual(
            `the links of ${itemRecordID}`,
            links.map(({ recordid }) => recordid),
            [linkID],
          );
        }
        const [first = 0] = ids;
        const links = await tt.getLinksForDefect({ defectRecordID: first });
        expectEqual(
          'the links by getLinksForDefect',
          links.map(({ recordid }) => recordid),
          [linkID],
        );
        await tt.deleteLink({ linkID });
        const left = await tt.getLinksForItem({ tablename: 'Defect', itemRecordID: first });
        expectEqual('the links afterwards', left, []);
      },
      'writes',
    ),
    inferred(
      'a link by a definition that is not there is refused',
      async (bench) => {
        const childList = [{ tablename: 'Defect', entityID: await bench.addDefect() }];
        const pLink = { linkDefinitionName: bench.unique('definition'), childList };
        const adding = bench.tryAdd('link', {
          add: () => bench.tt.addLink({ pLink }),
          remove: (linkID) => bench.tt.deleteLink({ linkID }),
        });
        await expectFault('the link', adding);
      },
      'writes',
    ),
  ],
};
