// Long because each feature that the manual of the client describes is one test here, under its name.
import { describe, expect, test } from 'vitest';
import {
  type AnyCField,
  type CDefect,
  type Credentials,
  editLockFailed,
  hasErrored,
  haveEditLock,
  leaveEdit,
  TestTrackApiError,
  TestTrackClient,
  TestTrackConnectionError,
  TestTrackLogonError,
  wasSaved,
} from '../../src/client/index.ts';
import { noSoap, people, twinWith } from '../support/twin.ts';

const { twin } = await twinWith([
  {
    name: 'Project',
    users: people,
    groups: [noSoap],
    defects: [
      {
        recordId: 101,
        number: 11,
        summary: 'Printer on fire',
        priority: 'High',
        workaround: '  water\r\n',
        enteredBy: 'lake',
        description: 'smoke',
        customFields: {
          Rank: 7,
          Since: '2026-01-31',
          Colours: ['Red', 'Blue'],
          Spent: { amount: 1.5, unit: 'Hours' },
        },
      },
      { recordId: 102, number: 12, summary: 'Paper jam' },
    ],
    customFields: {
      Defect: [
        { name: 'Rank', type: 'integer' },
        { name: 'Since', type: 'date' },
        { name: 'Heard', type: 'dateTime' },
        { name: 'Colours', type: 'multiselect', values: ['Red', 'Green', 'Blue'] },
        { name: 'Spent', type: 'timespan' },
        { name: 'Note', type: 'string' },
        { name: 'Sure', type: 'boolean' },
      ],
    },
    testConfigs: [{ name: 'Laptop', osName: 'Debian' }],
  },
]);

const credentials: Credentials = { project: 'Project', username: 'admin', password: 'secret' };
const logOn = (change: Partial<Credentials> = {}) =>
  TestTrackClient.logOn({ url: twin.url, ...credentials, ...change });
const colleague = () => logOn({ username: 'lake', password: 'water' });
const priorityOf = async (tt: TestTrackClient, defectNumber = 11) =>
  (await tt.getDefect({ defectNumber })).priority;
/** Whether another user may edit the defect now. */
const isFree = async (defectNumber = 11) => {
  await using other = await colleague();
  const scope = await other.editDefect({ defectNumber }, { ignoreEditLockError: true });
  return !editLockFailed(scope);
};
const errorOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    (value) => Promise.reject(new Error(`it was not refused: ${JSON.stringify(value)}`)),
    (error: unknown) => error,
  );

describe('the session', () => {
  test('is opened by project, user and password, and no call takes the cookie', async () => {
    await using tt = await logOn();
    expect((await tt.getUserForCurrentSession()).lastname).toBe('Administrator');
    expect(await tt.getTableList()).toHaveLength(13);
  });

  test('is logged off at the end of the block', async () => {
    let left: TestTrackClient;
    {
      await using tt = await logOn();
      left = tt;
      expect(tt.isLoggedOn).toBe(true);
    }
    expect(left.isLoggedOn).toBe(false);
    expect(await errorOf(left.getTableList())).toMatchObject({ number: 17, text: 'Session Dropped.' });
  });

  test('is logged off even if an error occurred, and the error is the one that is seen', async () => {
    let left: TestTrackClient | undefined;
    const failing = async () => {
      await using tt = await logOn();
      left = tt;
      throw new Error('mine');
    };
    expect(await errorOf(failing())).toMatchObject({ message: 'mine' });
    expect(left?.isLoggedOn).toBe(false);
  });

  test('ends without complaint when the server has dropped it already', async () => {
    await using tt = await logOn();
    twin.clock.advance('3h');
    expect(await errorOf(tt.getTableList())).toMatchObject({ number: 17 });
    await tt.logOff();
    await tt.logOff();
  });

  test('opens the areas that are asked for: requirements and test cases as well as defects', async () => {
    await using all = await logOn();
    const recordID = await all.addRequirement({
      pRequirement: { type: 'Functional Requirement', summary: 'r' },
    });
    expect((await all.getRequirementByRecordID({ recordID })).summary).toBe('r');
    expect(await all.addTestCase({ pTestCase: { summary: 't' } })).toBeGreaterThan(0);
    await using some = await logOn({ options: ['TestTrack RM'] });
    expect(await errorOf(some.getDefect({ defectNumber: 11 }))).toMatchObject({ number: 5 });
  });

  test('sends one call after another, however many are begun at once', async () => {
    await using tt = await logOn();
    const all = await Promise.all([11, 12, 11].map((defectNumber) => tt.getDefect({ defectNumber })));
    expect(all.map(({ defectnumber }) => defectnumber)).toEqual([11, 12, 11]);
  });

  test('can be opened on a server that was connected to before, which answers without a logon too', async () => {
    const server = await TestTrackClient.connect({ url: twin.soapUrl });
    expect(await server.getDatabaseList()).toEqual([{ name: 'Project' }]);
    expect((await server.getProjectList({ username: 'admin', password: 'secret' }))[0]?.options).toHaveLength(
      3,
    );
    await using tt = await TestTrackClient.logOn({ server, ...credentials });
    expect(await tt.getRootPublicFolderPath()).toBe('/Public');
  });

  test('can work from the WSDL that the server itself serves', async () => {
    await using tt = await TestTrackClient.logOn({ url: twin.url, wsdlUrl: twin.wsdlUrl, ...credentials });
    expect((await tt.getDefect({ defectNumber: 11 })).recordid).toBe(101);
  });
});

describe('an edit with a block of its own', () => {
  test('is saved at the end of the block, and the lock is released', async () => {
    await using tt = await logOn();
    const scope = await tt.editing(tt.editDefect({ defectNumber: 11 }), (defect) => {
      defect.priority = 'Immediate';
      expect(haveEditLock(defect)).toBe(true);
    });
    expect(await priorityOf(tt)).toBe('Immediate');
    expect(scope.state).toBe('saved');
    expect(await isFree()).toBe(true);
  });

  test('is cancelled on an exception, which goes on to the caller; the lock is released', async () => {
    await using tt = await logOn();
    const work = tt.editing(tt.editDefect({ defectNumber: 11 }), (defect) => {
      defect.priority = 'Low';
      throw new RangeError('mine');
    });
    expect(await errorOf(work)).toBeInstanceOf(RangeError);
    expect(await priorityOf(tt)).toBe('High');
    expect(await isFree()).toBe(true);
  });

  test('waits for work that takes its time', async () => {
    await using tt = await logOn();
    await tt.editing(tt.editDefectByRecordID({ recordID: 101 }), async (defect) => {
      defect.summary = `${(await tt.getDefect({ defectNumber: 12 })).summary} as well`;
    });
    expect((await tt.getDefect({ defectNumber: 11 })).summary).toBe('Paper jam as well');
  });

  test('is cancelled when the server refuses the record, because the lock would stay', async () => {
    await using tt = await logOn();
    const scope = await tt.editDefect({ defectNumber: 11 });
    const error = await errorOf(
      scope.run((defect) => {
        defect.priority = 'Whenever';
      }),
    );
    expect(error).toMatchObject({ number: 23, operation: 'saveDefect' });
    expect([scope.state, hasErrored(scope), scope.error]).toEqual(['cancelled', true, error]);
    expect(await isFree()).toBe(true);
  });

  test('can be left without saving by the break helper', async () => {
    await using tt = await logOn();
    const scope = await tt.editing(tt.editDefect({ defectNumber: 11 }), (defect) => {
      defect.priority = 'Low';
      if (defect.summary?.includes('fire')) leaveEdit(defect);
      throw new Error('never here');
    });
    expect([wasSaved(scope), hasErrored(scope), haveEditLock(scope)]).toEqual([false, false, false]);
    expect(await priorityOf(tt)).toBe('High');
    expect(await isFree()).toBe(true);
  });

  test('leaves an outer edit through an inner one', async () => {
    await using tt = await logOn();
    const outer = await tt.editing(tt.editDefect({ defectNumber: 11 }), async (_, scope) => {
      await tt.editing(tt.editDefect({ defectNumber: 12 }), () => scope.leave());
    });
    expect(outer.state).toBe('cancelled');
    expect([await isFree(11), await isFree(12)]).toEqual([true, true]);
  });
});

describe('an edit with "await using"', () => {
  test('is saved by save(), and released at the end of the block', async () => {
    await using tt = await logOn();
    {
      await using scope = await tt.editDefect({ defectNumber: 11 });
      scope.record.priority = 'Low';
      await scope.save();
      expect(scope.wasSaved).toBe(true);
    }
    expect(await priorityOf(tt)).toBe('Low');
    expect(await isFree()).toBe(true);
  });

  test('is cancelled at the end of the block when it was not saved, after an error too', async () => {
    await using tt = await logOn();
    const failing = async () => {
      await using scope = await tt.editDefect({ defectNumber: 11 });
      scope.record.priority = 'Low';
      throw new Error('mine');
    };
    expect(await errorOf(failing())).toMatchObject({ message: 'mine' });
    expect(await priorityOf(tt)).toBe('High');
    expect(await isFree()).toBe(true);
  });

  test('may be saved again when the server refused the record: the lock stays', async () => {
    await using tt = await logOn();
    await using scope = await tt.editDefect({ defectNumber: 11 });
    scope.record.priority = 'Whenever';
    expect(await errorOf(scope.save())).toMatchObject({ number: 23 });
    expect([haveEditLock(scope), hasErrored(scope), await isFree()]).toEqual([true, true, false]);
    scope.record.priority = 'Low';
    await scope.save();
    expect([wasSaved(scope), hasErrored(scope)]).toEqual([true, false]);
  });

  test('cannot be saved once it is over', async () => {
    await using tt = await logOn();
    const scope = await tt.editDefect({ defectNumber: 11 });
    await scope.cancel();
    expect(await errorOf(scope.save())).toMatchObject({
      message: expect.stringContaining('over (cancelled)'),
    });
  });

  test('is over after 15 minutes, and a late save says so', async () => {
    await using tt = await logOn();
    await using scope = await tt.editDefect({ defectNumber: 11 });
    twin.clock.advance('15m');
    expect(await errorOf(scope.save())).toMatchObject({ number: 7 });
    expect([scope.state, haveEditLock(scope), hasErrored(scope)]).toEqual(['lost', false, true]);
  });

  test('ends with the logoff', async () => {
    const tt = await logOn();
    const scope = await tt.editDefect({ defectNumber: 11 });
    await tt.logOff();
    expect(scope.state).toBe('cancelled');
    expect(await isFree()).toBe(true);
  });
});

describe('an edit lock that another user has', () => {
  test('is an error with the number 22', async () => {
    await using tt = await logOn();
    await using other = await colleague();
    await using _held = await other.editDefect({ defectNumber: 11 });
    const error = await errorOf(tt.editDefect({ defectNumber: 11 }));
    expect(error).toBeInstanceOf(TestTrackApiError);
    expect(error).toMatchObject({
      number: 22,
      operation: 'editDefect',
      text: 'The record is locked by another user.',
      hint: expect.stringContaining('being edited by Veronica B Lake'),
    });
  });

  test('is ignored with ignoreEditLockError: the work is passed over and processing goes on', async () => {
    await using tt = await logOn();
    await using other = await colleague();
    await using _held = await other.editDefect({ defectNumber: 11 });
    let worked = false;
    const scope = await tt.editing(
      tt.editDefect({ defectNumber: 11, bDownloadAttachments: false }, { ignoreEditLockError: true }),
      () => {
        worked = true;
      },
    );
    expect(worked).toBe(false);
    expect([haveEditLock(scope), wasSaved(scope), hasErrored(scope), editLockFailed(scope)]).toEqual([
      false,
      false,
      true,
      true,
    ]);
    expect(() => scope.record).toThrow(TestTrackApiError);
  });

  test('is the only error that is ignored', async () => {
    await using tt = await logOn();
    const absent = tt.editDefect({ defectNumber: 99 }, { ignoreEditLockError: true });
    expect(await errorOf(absent)).toMatchObject({ number: 6 });
  });
});

describe('what became of an edit', () => {
  test('wasSaved: the change is stored', async () => {
    await using tt = await logOn();
    const scope = await tt.editing(
      tt.editDefect({ defectNumber: 11 }, { ignoreEditLockError: true }),
      (defect) => {
        defect.priority = 'Immediate';
      },
    );
    expect([haveEditLock(scope), wasSaved(scope), hasErrored(scope), editLockFailed(scope)]).toEqual([
      false,
      true,
      false,
      false,
    ]);
  });

  test('hasErrored without editLockFailed: some other error, seen where other code catches it', async () => {
    await using tt = await logOn();
    const scope = await tt.editDefect({ defectNumber: 11 });
    await scope
      .run(() => {
        throw new Error('mine');
      })
      .catch(() => {});
    expect([wasSaved(scope), hasErrored(scope), editLockFailed(scope)]).toEqual([false, true, false]);
    expect(scope.error).toMatchObject({ message: 'mine' });
  });

  test('is nothing for a record that was never edited', async () => {
    await using tt = await logOn();
    const defect = await tt.getDefect({ defectNumber: 11 });
    expect([haveEditLock(defect), wasSaved(defect), hasErrored(defect), editLockFailed(defect)]).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect(() => leaveEdit(defect)).toThrow(TypeError);
  });
});

describe('save and cancelSave', () => {
  test('know the operation by the record', async () => {
    await using tt = await logOn();
    const { record: defect } = await tt.editDefect({ defectNumber: 11 });
    defect.priority = 'Low';
    await tt.save(defect);
    expect(wasSaved(defect)).toBe(true);
    const { record: config } = await tt.editTestConfig({ name: 'Laptop' });
    config.osname = 'FreeBSD';
    await tt.save(config);
    expect((await tt.getTestConfig({ name: 'Laptop' })).osname).toBe('FreeBSD');
    const { record: again } = await tt.editDefect({ defectNumber: 11 });
    await tt.cancelSave(again);
    expect(haveEditLock(again)).toBe(false);
    expect(await isFree()).toBe(true);
  });

  test('save a user under a new name, found by the old one', async () => {
    await using tt = await logOn();
    const { record: user } = await tt.editUser({ firstName: 'Anna', middleInitials: '', lastName: 'Plain' });
    user.lastname = 'Simple';
    await tt.save(user);
    expect((await tt.getUser({ firstName: 'Anna', middleInitials: '', lastName: 'Simple' })).loginname).toBe(
      'plain',
    );
  });

  test('work for every kind of record', async () => {
    await using tt = await logOn();
    const requirement = { type: 'Functional Requirement', summary: 'r' };
    const customer = { firstname: 'C', lastname: 'Ustomer', iscustomer: true };
    const ids = {
      task: await tt.addTask({ pTask: { summary: 'task' } }),
      testCase: await tt.addTestCase({ pTestCase: { summary: 'case' } }),
      requirement: await tt.addRequirement({ pRequirement: requirement }),
      document: await tt.addRequirementDocument({ pRequirementDocument: { name: 'document' } }),
      folder: await tt.addFolder({
        pFolder: { name: 'F', path: '/Public/F', foldertypename: 'Folder', ispublic: true },
      }),
      customer: await tt.addCustomer({ pCustomer: customer }),
    };
    const items = [101, 102].map((entityID) => ({ tablename: 'Defect', entityID }));
    const linkID = await tt.addLink({ pLink: { linkDefinitionName: 'Related Items', childList: items } });
    const [run] = await tt.generateTestRuns({ recordID: ids.testCase, testRunSet: 'WysiWrite 5.0' });
    const scopes = [
      await tt.editTaskByRecordID({ recordID: ids.task }),
      await tt.editTestCaseByRecordID({ recordID: ids.testCase }),
      await tt.editTestRunByRecordID({ recordID: run?.recordid ?? 0 }),
      await tt.editRequirementByRecordID({ recordID: ids.requirement }),
      await tt.editRequirementDocumentByRecordID({ recordID: ids.document }),
      await tt.editFolderByRecordID({ recordID: ids.folder, publicFolder: true }),
      await tt.editCustomerByRecordID({ recordID: ids.customer }),
      await tt.editLink({ linkID }),
    ];
    for (const scope of scopes) await scope.save();
    expect(scopes.map(wasSaved)).toEqual(scopes.map(() => true));
    const again = await tt.editCustomerByRecordID({ recordID: ids.customer });
    await tt.cancelSave(again.record);
    expect(again.state).toBe('cancelled');
  });

  test('rank the items of a folder', async () => {
    await using tt = await logOn();
    const pFolder = { name: 'F', path: '/Public/F', foldertypename: 'Folder', ispublic: true };
    const place = { recordID: await tt.addFolder({ pFolder }), publicFolder: true };
    for (const entityRecordID of [101, 102]) {
      await tt.addEntityToFolderByRecordID({ ...place, entityRecordID, entityTableName: 'Defect' });
    }
    await using scope = await tt.editFolderItemRank(place);
    scope.record = scope.record.map((item, at) => ({ ...item, rank: 2 - at }));
    await scope.save();
    const ranks = (await tt.getEntityListForFolderByRecordID(place)).map((item) => [
      item.entityrecordid,
      item.rank,
    ]);
    expect(Object.fromEntries(ranks)).toEqual({ 101: 2, 102: 1 });
  });

  test('want to be told the kind of a record that this client has not read', async () => {
    await using tt = await logOn();
    const record: CDefect = { recordid: 101, priority: 'Low' };
    expect(await errorOf(tt.save(record))).toMatchObject({
      message: expect.stringContaining('save(record, "Defect")'),
    });
    await tt.editDefect({ defectNumber: 11 });
    await tt.save(record, 'Defect');
    await tt.editDefect({ defectNumber: 11 });
    await tt.save({ $type: 'CDefect', recordid: 101, priority: 'Immediate' });
    expect(await priorityOf(tt)).toBe('Immediate');
  });

  test('are refused by the server for a record that nobody edits', async () => {
    await using tt = await logOn();
    const defect = await tt.getDefect({ defectNumber: 11 });
    expect(await errorOf(tt.save(defect))).toMatchObject({ number: 7 });
    expect(await errorOf(tt.cancelSave(defect))).toMatchObject({ number: 7 });
  });
});

describe('values', () => {
  test('come typed: numbers, booleans, lists, bytes, text to the letter', async () => {
    await using tt = await logOn();
    const defect = await tt.getDefect({ defectNumber: 11 });
    expect(defect).toMatchObject({
      recordid: 101,
      defectnumber: 11,
      workaround: '  water\r\n',
    });
    expect(defect.reportedbylist).toMatchObject([{ comments: 'smoke', showorder: 1 }]);
    expect((await tt.getUserForCurrentSession()).isactive).toBe(true);
    expect(await tt.getAttachmentTypes()).toEqual(['Standard', 'Script', 'Run Result']);
    expect(await tt.getFolderPathSeparator()).toBe(47);
  });

  test('custom fields keep their kinds through an edit', async () => {
    await using tt = await logOn();
    const before = (await tt.getDefect({ defectNumber: 11 })).customFieldList ?? [];
    expect(before.map(({ name, $type }) => [name, $type])).toEqual([
      ['Rank', 'CIntegerField'],
      ['Since', 'CDateField'],
      ['Heard', 'CDateTimeField'],
      ['Colours', 'CMultiSelectDropdownField'],
      ['Spent', 'CTimespanField'],
      ['Note', 'CStringField'],
      ['Sure', 'CBooleanField'],
    ]);
    await tt.editing(tt.editDefect({ defectNumber: 11 }), () => {});
    expect((await tt.getDefect({ defectNumber: 11 })).customFieldList).toEqual(before);
  });

  test('custom fields of every kind can be changed', async () => {
    await using tt = await logOn();
    const change = (field: AnyCField): AnyCField => {
      switch (field.$type) {
        case 'CIntegerField':
          return { ...field, value: -3 };
        case 'CDateField':
          return { ...field, value: '2026-02-28' };
        case 'CDateTimeField':
          return { ...field, value: '2026-02-28T09:00:00-05:00' };
        case 'CMultiSelectDropdownField':
          return { ...field, values: [{ value: 'Green' }] };
        case 'CTimespanField':
          return { ...field, value: 2.25, unit: 'Days' };
        case 'CStringField':
          return { ...field, value: ' <![CDATA[x]]> & "y" \t' };
        case 'CBooleanField':
          return { ...field, value: true };
        default:
          return field;
      }
    };
    await tt.editing(tt.editDefect({ defectNumber: 11 }), (defect) => {
      defect.customFieldList = defect.customFieldList?.map(change);
    });
    const fields = (await tt.getDefect({ defectNumber: 11 })).customFieldList ?? [];
    expect(Object.fromEntries(fields.map((field) => [field.name, { ...field }]))).toMatchObject({
      Rank: { value: -3 },
      Since: { value: '2026-02-28' },
      Heard: { value: '2026-02-28T09:00:00-05:00' },
      Colours: { values: [{ value: 'Green' }] },
      Spent: { value: 2.25, unit: 'Days' },
      Note: { value: ' <![CDATA[x]]> & "y" \t' },
      Sure: { value: true },
    });
  });

  test('a file is attached and comes back byte for byte', async () => {
    await using tt = await logOn();
    const content = Buffer.from(Array.from({ length: 100_000 }, (_, at) => at % 256));
    await tt.editing(tt.editDefect({ defectNumber: 11 }), (defect) => {
      const [report, ...others] = defect.reportedbylist ?? [];
      const file = { 'm-strFileName': 'all.bin', 'm-pFileData': content, 'm-recordid': 0 };
      defect.reportedbylist = [{ ...report, attachmentlist: [file] }, ...others];
    });
    const saved = await tt.getDefect({ defectNumber: 11, bDownloadAttachments: true });
    const [file] = saved.reportedbylist?.[0]?.attachmentlist ?? [];
    expect(file?.['m-pFileData']?.equals(content)).toBe(true);
  });

  test('a list of events grows by one that changes the state', async () => {
    await using tt = await logOn();
    await tt.editing(tt.editDefect({ defectNumber: 11 }), (defect) => {
      const event = { recordid: 0, name: 'Fix', date: '2026-03-02T15:00:00Z', eventaddorder: 1 };
      defect.eventlist = [...(defect.eventlist ?? []), event];
    });
    expect((await tt.getDefect({ defectNumber: 11 })).state).toBe('Fixed');
  });

  test('that the WSDL does not allow are refused before they are sent, with their place', async () => {
    await using tt = await logOn();
    const add = (pDefect: object) => errorOf(tt.addDefect({ pDefect }));
    expect(await add({ summary: 7 })).toMatchObject({
      name: 'TypeError',
      message: 'addDefect.pDefect.summary: expected a text, got number 7',
    });
    expect(await add({ sumary: 'x' })).toMatchObject({
      message: 'addDefect.pDefect: a CDefect has no sumary',
    });
    expect(await add({ summary: 'a\u0000b' })).toMatchObject({ message: expect.stringContaining('NUL') });
    expect(await add({ customFieldList: [{ $type: 'CUser', name: 'x' }] })).toMatchObject({
      message: expect.stringMatching(
        /^addDefect\.pDefect\.customFieldList\[0\]: \$type is string CUser, but only/,
      ),
    });
  });
});

describe('errors', () => {
  test('a refused logon is a TestTrackLogonError with the number', async () => {
    const error = await errorOf(logOn({ password: 'wrong' }));
    expect(error).toBeInstanceOf(TestTrackLogonError);
    expect(error).toBeInstanceOf(TestTrackApiError);
    expect(error).toMatchObject({ number: 5, hint: expect.stringContaining('password') });
    expect(await errorOf(logOn({ project: 'Nope' }))).toMatchObject({
      name: 'TestTrackLogonError',
      number: 1,
    });
  });

  test('a fault is a TestTrackApiError with number and text', async () => {
    await using tt = await logOn();
    const error = await errorOf(tt.getDefect({ defectNumber: 99 }));
    expect(error).toBeInstanceOf(TestTrackApiError);
    expect(error).toMatchObject({
      name: 'TestTrackApiError',
      number: 6,
      code: 'SOAP-ENV:Server',
      text: 'The specified record does not exist in the database.',
      message: 'getDefect: The specified record does not exist in the database. (6)',
    });
  });

  test('a server that is not there, or is none, is a TestTrackConnectionError', async () => {
    const nobody = await errorOf(TestTrackClient.logOn({ url: 'http://127.0.0.1:1', ...credentials }));
    expect(nobody).toBeInstanceOf(TestTrackConnectionError);
    expect(nobody).toMatchObject({
      message: expect.stringContaining('nothing listens there'),
      url: 'http://127.0.0.1:1/cgi-bin/ttsoapcgi.exe',
    });
    const page = await errorOf(TestTrackClient.logOn({ url: `${twin.url}/nowhere`, ...credentials }));
    expect(page).toBeInstanceOf(TestTrackConnectionError);
    expect(page).toMatchObject({ status: 404 });
    const contract = { url: twin.url, wsdlUrl: `${twin.url}/nowhere.wsdl` };
    expect(await errorOf(TestTrackClient.connect(contract))).toBeInstanceOf(TestTrackConnectionError);
    expect(await errorOf(TestTrackClient.connect({ url: 'nonsense' }))).toBeInstanceOf(TypeError);
  });
});
