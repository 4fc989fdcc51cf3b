import { expect, test } from 'vitest';
import { faultOf } from '../support/soap-client.ts';
import { noSoap, people, twinWith } from '../support/twin.ts';

const type = 'Functional Requirement';
const { twin, tt, logOn } = await twinWith([
  {
    name: 'Project',
    users: people,
    groups: [noSoap],
    requirements: [{ type, summary: 'The editor prints' }],
    testCases: [{ summary: 'Print a page' }],
    defects: [{ summary: 'Prints blank pages' }, { summary: 'Print dialog is slow' }],
    folders: [{ name: 'Releases', folders: [{ name: '5.2' }] }],
  },
]);
const summaries = (items: readonly { summary?: string | undefined }[] = []) =>
  items.map(({ summary }) => summary);

test('a lead plans a sprint in folders, links what belongs together, and is warned when it changes', async () => {
  const lead = await logOn();

  // She makes a folder for the sprint below the release, with its dates.
  const release = await tt.getFolder({ cookie: lead, path: 'Public/Releases/5.2' });
  const sprintId = await tt.addFolder({
    cookie: lead,
    pFolder: {
      name: 'Sprint 1',
      path: `${release.path}/Sprint 1`,
      ispublic: true,
      foldertypename: 'Sprint',
      scheduleinfo: { startdate: '2026-03-02', enddate: '2026-03-13', usersavailable: 3 },
    },
  });
  const sprint = { recordID: sprintId, publicFolder: true };

  // She fills it, and puts the most urgent first.
  for (const [entityTableName, entityRecordID] of [
    ['Requirement', 1],
    ['Defect', 2],
    ['Defect', 1],
  ] as const) {
    await tt.addEntityToFolderByRecordID({ cookie: lead, ...sprint, entityTableName, entityRecordID });
  }
  const items = await tt.editFolderItemRank({ cookie: lead, ...sprint });
  const folderItemList = items.map((item) => ({
    ...item,
    rank: item.entitytablename === 'Defect' && item.entityrecordid === 1 ? 0 : item.rank,
  }));
  await tt.saveFolderItemRank({ cookie: lead, ...sprint, folderItemList });
  const plan = await tt.getEntityListForFolderByRecordID({ cookie: lead, ...sprint });
  expect(plan.map(({ entitytablename, entityrecordid }) => `${entitytablename} ${entityrecordid}`)).toEqual([
    'Defect 1',
    'Requirement 1',
    'Defect 2',
  ]);

  // She links the requirement to the test case that proves it, and the two defects to each other.
  const coverage = await tt.addLink({
    cookie: lead,
    pLink: {
      linkDefinitionName: 'Requirement Tested By',
      linkparent: { tablename: 'Requirement', entityID: 1 },
      childList: [{ tablename: 'Test Case', entityID: 1 }],
      comment: 'covers 3.1',
    },
  });
  const childList = [1, 2].map((entityID) => ({ tablename: 'Defect', entityID }));
  await tt.addLink({ cookie: lead, pLink: { linkDefinitionName: 'Related Items', childList } });
  const [related] = await tt.getLinksForDefect({ cookie: lead, defectRecordID: 1 });
  expect(summaries(related?.childList)).toEqual(['Prints blank pages', 'Print dialog is slow']);

  // The next day a colleague changes the requirement: the test case is suspect from then on.
  twin.clock.advance(24 * 3_600_000);
  const colleague = await logOn('plain', 'plain');
  const requirement = await tt.editRequirementByRecordID({ cookie: colleague, recordID: 1 });
  await tt.saveRequirement({
    cookie: colleague,
    pRequirement: { ...requirement, summary: 'The editor prints in color' },
  });
  const again = await logOn();
  const link = await tt.getLink({ cookie: again, linkID: coverage });
  expect([link.linkparent?.summary, link.linkparent?.issuspect]).toEqual([
    'The editor prints in color',
    false,
  ]);
  expect(link.childList?.map(({ issuspect }) => issuspect)).toEqual([true]);
  expect(link.historyList?.map(({ date, lastname }) => [date?.slice(0, 10), lastname])).toEqual([
    ['2026-03-02', 'Administrator'],
    ['2026-03-03', 'Plain'],
  ]);

  // The sprint moves to another release: one new path, and all that is in it moves along.
  await tt.addFolder({
    cookie: again,
    pFolder: { path: '/Public/Releases/5.3', name: '5.3', ispublic: true },
  });
  const folder = await tt.editFolder({ cookie: again, folderPath: '/Public/Releases/5.2/Sprint 1' });
  await tt.saveFolder({ cookie: again, pFolder: { ...folder, path: '/Public/Releases/5.3/Sprint 1' } });
  const planned = await tt.getFolderListForEntityByRecordID({
    cookie: again,
    tablename: 'Defect',
    recordID: 2,
  });
  expect(planned.map(({ path }) => path)).toEqual(['/Public/Releases/5.3/Sprint 1']);

  // One defect turns out to be none, and is gone from the plan and its link with it.
  await tt.deleteDefect({ cookie: again, defectNumber: 2 });
  expect(await tt.getLinksForDefect({ cookie: again, defectRecordID: 1 })).toEqual([]);
  expect(await tt.getEntityListForFolderByRecordID({ cookie: again, ...sprint })).toHaveLength(2);

  // When the release is called off its folders go, and the work in them stays.
  await tt.deleteFolder({ cookie: again, folderPath: '/Public/Releases' });
  expect((await faultOf(tt.getFolderByRecordID({ cookie: again, ...sprint }))).detail).toBe('6');
  expect((await tt.getDefect({ cookie: again, defectNumber: 1 })).summary).toBe('Prints blank pages');
});
