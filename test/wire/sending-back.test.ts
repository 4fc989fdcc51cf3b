import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { startTwin } from '../../src/index.ts';
import type { CDefect } from '../../src/testtrack/model/operation-types.generated.ts';
import { operations } from '../../src/testtrack/operations/index.ts';
import { type SoapClient, soapClient } from '../support/soap-client.ts';

const twin = await startTwin({ checkInvariants: true });
beforeEach(() => twin.reset());
afterAll(() => twin.close());
const tt = soapClient(twin.soapUrl);
const logOn = async () =>
  Number(await tt.DatabaseLogon({ dbname: 'Sample Project', username: 'administrator', password: '' }));

type Call = (parts: object) => Promise<unknown>;
const call = (name: string) => tt[name as keyof SoapClient] as unknown as Call;

/** What was read and saved again: each family, its table, and the parts that name a record besides its ID. */
const families = [
  { family: 'Defect', table: 'Defect' },
  { family: 'TestCase', table: 'Test Case' },
  { family: 'TestRun', table: 'Test Run' },
  { family: 'Requirement', table: 'Requirement' },
  { family: 'RequirementDocument', table: 'Requirement Document' },
  { family: 'Folder', table: 'Folder', find: { publicFolder: true } },
  { family: 'User', table: 'User', isPerson: true },
  { family: 'Customer', table: 'Customer', isPerson: true },
  { family: 'TestConfig', table: 'Test Config' },
];

async function idsOf(cookie: number, tablename: string): Promise<number[]> {
  const { records } = await tt.getRecordListForTable({
    cookie,
    tablename,
    columnlist: [{ name: 'Record ID' }],
  });
  return (records ?? []).map(({ row }) => Number(row?.[0]?.value));
}

describe('a record that is sent back as it was read', () => {
  test.each(families)(
    '$family: changes nothing, not even who modified it',
    async ({ family, table, find, isPerson }) => {
      const cookie = await logOn();
      const ids = await idsOf(cookie, table);
      expect(ids.length).toBeGreaterThan(0);
      for (const recordID of ids) {
        const parts = { cookie, recordID, bDownloadAttachments: true, ...find };
        const before = await call(`get${family}ByRecordID`)(parts);
        twin.clock.advance('1m');
        const snapshot = twin.snapshot();
        const read = (await call(`edit${family}ByRecordID`)(parts)) as Record<string, unknown>;
        const name = isPerson
          ? { firstName: read.firstname, middleInitials: read.middleinitials, lastName: read.lastname }
          : {};
        await call(`save${family}`)({ cookie, ...name, [`p${family}`]: read });
        expect(await call(`get${family}ByRecordID`)(parts)).toEqual(before);
        expect(twin.diff(snapshot.name).report).toEqual([]);
        const { changes = [] } = twin.journal.entries().at(-2) ?? {};
        expect(changes.filter((change) => !/^lock of .* released$/.test(change))).toEqual([]);
        snapshot.drop();
      }
    },
  );

  test('Link: changes nothing, and its history stays', async () => {
    const cookie = await logOn();
    const ids = await idsOf(cookie, 'Defect');
    const links = await Promise.all(ids.map((id) => tt.getLinksForDefect({ cookie, defectRecordID: id })));
    expect(links.flat().length).toBeGreaterThan(0);
    for (const { recordid: linkID = 0 } of links.flat()) {
      const before = await tt.getLink({ cookie, linkID });
      twin.clock.advance('1m');
      await tt.saveLink({ cookie, pLink: await tt.editLink({ cookie, linkID }) });
      expect(await tt.getLink({ cookie, linkID })).toEqual(before);
    }
  });
});

describe('a record that was read, sent to an operation that adds', () => {
  test('is a new one: record, reports, events and files get IDs of their own', async () => {
    const cookie = await logOn();
    const defectNumber = 1;
    const read = await tt.getDefect({ cookie, defectNumber, bDownloadAttachments: true });
    const recordID = Number(await tt.addDefect({ cookie, pDefect: read }));
    const added = await tt.getDefectByRecordID({ cookie, recordID, bDownloadAttachments: true });
    expect(idsWithin(read).length).toBeGreaterThan(5);
    expect(idsWithin(added)).toHaveLength(idsWithin(read).length);
    expect(idsWithin(added).filter((id) => idsWithin(read).includes(id))).toEqual([]);
    expect(added.eventlist?.map(({ name, notes }) => [name, notes])).toEqual(
      read.eventlist?.map(({ name, notes }) => [name, notes]),
    );
    expect(added.state).toBe(read.state);
    expect(await tt.getDefect({ cookie, defectNumber, bDownloadAttachments: true })).toEqual(read);
  });

  /** What must not be taken twice is changed; all else is sent as it was read, IDs and all. */
  const unlike: Readonly<Record<string, object>> = {
    User: { loginname: 'another', username: 'another' },
    Customer: { lastname: 'Another', company: 'Another' },
    Folder: { name: 'Another', path: '/Public/Another' },
    RequirementDocument: { name: 'Another' },
    TestConfig: { systemname: 'Another' },
  };

  test.each(families.filter(({ family }) => `add${family}` in operations))(
    '$family: is a new one, and nothing within it has the ID of what it was read from',
    async ({ family, table, find }) => {
      const cookie = await logOn();
      for (const recordID of await idsOf(cookie, table)) {
        const get = (id: number) =>
          call(`get${family}ByRecordID`)({ cookie, recordID: id, bDownloadAttachments: true, ...find });
        const read = (await get(recordID)) as object;
        const sent = { ...read, ...unlike[family] };
        const added = Number(await call(`add${family}`)({ cookie, [`p${family}`]: sent, ...find }));
        expect(added).not.toBe(recordID);
        const own = partsWithin(await get(added));
        expect(own.filter((id) => partsWithin(read).includes(id))).toEqual([]);
        expect(await get(recordID)).toEqual(read);
        twin.reset();
        return;
      }
    },
  );

  test('Link: is a new one with the same items, which get IDs of their own', async () => {
    const cookie = await logOn();
    const [defectRecordID = 0] = await idsOf(cookie, 'Defect');
    const ids = await idsOf(cookie, 'Defect');
    const links = await Promise.all(ids.map((id) => tt.getLinksForDefect({ cookie, defectRecordID: id })));
    expect(defectRecordID).toBeGreaterThan(0);
    for (const read of links.flat()) {
      const linkID = Number(await tt.addLink({ cookie, pLink: read }));
      expect(linkID).not.toBe(Number(read.recordid));
      const added = await tt.getLink({ cookie, linkID });
      expect(added.childList?.map(({ entityID }) => entityID)).toEqual(
        read.childList?.map(({ entityID }) => entityID),
      );
      expect(partsWithin(added).filter((id) => partsWithin(read).includes(id))).toEqual([]);
      expect(await tt.getLink({ cookie, linkID: Number(read.recordid) })).toEqual(read);
    }
  });
});

/** The record IDs of a record and of everything within it that is its own, each with the place where it stands. */
function partsWithin(value: unknown, place = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((each) => partsWithin(each, place));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    // Fields, variants and configurations have the IDs of their definitions, in any record.
    if (/customField|variant|config|field/i.test(name)) return [];
    return /^(?:m-)?recordid$/i.test(name)
      ? [`${place} ${String(member)}`]
      : partsWithin(member, `${place}/${name}`);
  });
}

/** The IDs of a defect and of what it consists of; custom fields and test configurations have theirs in any record. */
function idsWithin(defect: CDefect): string[] {
  const reports = defect.reportedbylist ?? [];
  return [
    `defect ${defect.recordid}`,
    ...reports.map(({ recordid }) => `report ${recordid}`),
    ...(defect.eventlist ?? []).map(({ recordid }) => `event ${recordid}`),
    ...reports.flatMap(({ attachmentlist = [] }) =>
      attachmentlist.map((file) => `file ${file['m-recordid']}`),
    ),
  ];
}
