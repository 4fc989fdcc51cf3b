import { ApTestClient } from '../../src/client/index.ts';
import { soapClient } from '../support/soap-client.ts';

/** A project and a suite that the story is about. */
export const storyScenario = {
  twintrack: 1,
  testtrack: {
    projects: [
      {
        name: 'Own Ways',
        users: [
          { login: 'admin', password: 'secret', first: 'System', last: 'Administrator' },
          { login: 'lee', password: 'water', first: 'Bo', last: 'Lee' },
        ],
        renamedFields: { Defect: { Product: 'Bug Category' } },
        lists: { Defect: { Product: ['Tea', 'Coffee'], Priority: ['High', 'Low'] } },
        customFields: {
          Defect: [
            { name: 'Batch', type: 'string' },
            { name: 'Flavour', type: 'dropdown', values: ['Sweet', 'Sour'] },
          ],
        },
        workflows: {
          Defect: {
            states: [{ name: 'Brewing' }, { name: 'Tasted' }, { name: 'Poured', isOpen: false }],
            events: [
              { name: 'Taste', from: ['Brewing'], to: ['Tasted'] },
              { name: 'Hand Over', assigns: true },
              { name: 'Stir', hours: 'work' },
              { name: 'Pour', from: ['Tasted'], to: ['Poured', 'Brewing'] },
            ],
          },
        },
        defects: [
          {
            number: 400,
            summary: 'Too hot',
            product: 'Tea',
            priority: 'High',
            enteredBy: 'lee',
            createdAt: '2026-01-05T10:00:00Z',
            customFields: { Batch: 'B-1', Flavour: 'Sour' },
            events: [{ name: 'Hand Over', assignTo: 'lee', notes: 'please' }, { name: 'Taste' }],
          },
          { summary: 'Too cold', product: 'Coffee', priority: 'Low', createdAt: '2026-01-06T10:00:00Z' },
        ],
        tasks: [{ summary: 'Wash up' }],
        filters: { Defect: [{ name: 'Urgent', query: { Priority: 'High' } }] },
        folders: [{ name: 'Kitchen', items: [{ table: 'Defect', number: 400 }] }],
      },
    ],
  },
  aptest: {
    token: 'token',
    users: ['lake'],
    suites: [
      {
        name: 'Example',
        results: ['pass', 'untested', 'fail'],
        tests: ['a/one', 'a/two'],
        sets: [{ path: 'all', tests: ['a/one', 'a/two'] }],
        sessions: [
          {
            set: 'all',
            name: 'Nightly',
            number: 7,
            created: 1231790400,
            results: [{ test: 'a/one', result: 'pass', user: 'lake', when: 1231794600 }],
          },
        ],
      },
    ],
  },
};

const ignore = () => {};

/** What a client does in this story, reads and writes, faults among them. */
export async function tellStory(url: string): Promise<void> {
  const tt = soapClient(`${url}/cgi-bin/ttsoapcgi.exe`);
  await tt.getProjectList({ username: 'admin', password: 'secret' });
  await tt.DatabaseLogon({ dbname: 'Own Ways', username: 'lee', password: 'wrong' }).catch(ignore);
  const cookie = Number(
    await tt.DatabaseLogon({ dbname: 'Own Ways', username: 'admin', password: 'secret' }),
  );
  const other = Number(await tt.DatabaseLogon({ dbname: 'Own Ways', username: 'lee', password: 'water' }));
  const table = { cookie, tablename: 'Defect' };
  await tt.getTableList({ cookie });
  await tt.getColumnsForTable(table);
  await tt.getFilterListForTable(table);
  await tt.getDropdownFieldValuesForTable({ ...table, fieldname: 'Bug Category' });
  await tt.getEventDefinitionList(table);
  await tt.getCustomFieldsDefinitionList(table);
  await tt.getDefect({ cookie, defectNumber: 400 });
  await tt.getDefect({ cookie, defectNumber: 4711 }).catch(ignore);
  const columnlist = ['Record ID', 'Number', 'Summary', 'Status'].map((name) => ({ name }));
  await tt.getRecordListForTable({ ...table, filtername: 'Urgent', columnlist });
  const pDefect = { summary: 'Spilled', product: 'Tea', enteredby: 'Lee, Bo', customFieldList: [] };
  const added = await tt.addDefect({ cookie, pDefect });
  await tt.addDefect({ cookie, pDefect: { ...pDefect, product: 'Milk' } }).catch(ignore);
  const mine = await tt.getDefectByRecordID({ cookie, recordID: added });
  const edited = await tt.editDefect({ cookie, defectNumber: mine.defectnumber ?? 0 });
  await tt.editDefect({ cookie: other, defectNumber: mine.defectnumber ?? 0 }).catch(ignore);
  await tt.saveDefect({ cookie, pDefect: { ...edited, eventlist: [{ name: 'Taste', notes: 'hm' }] } });
  const tasted = await tt.editDefectByRecordID({ cookie, recordID: added });
  await tt.saveDefect({
    cookie,
    pDefect: { ...tasted, eventlist: [...(tasted.eventlist ?? []), { name: 'Stir', hours: 2 }] },
  });
  await tt.getDefectByRecordID({ cookie: other, recordID: added });
  await tt.getRecordListForTable({ ...table, filtername: '', columnlist });
  await tt.addTask({ cookie, pTask: { summary: 'Mop' } });
  await tt.getTask({ cookie, summary: 'Mop' });
  const folder = await tt.getFolder({ cookie, path: '/Public/Kitchen' });
  await tt
    .addEntityToFolderByRecordID({
      cookie,
      folderRecordID: folder.recordid ?? 0,
      publicFolder: true,
      tablename: 'Defect',
      recordID: added,
    } as never)
    .catch(ignore);
  await tt.getEntityListForFolderByRecordID({ cookie, recordID: folder.recordid ?? 0, publicFolder: true });
  const link = await tt.addLink({
    cookie,
    pLink: {
      linkDefinitionName: 'Related Items',
      childList: [
        { tablename: 'Defect', entityID: added },
        { tablename: 'Defect', entityID: 1 },
      ],
    },
  } as never);
  await tt.getLink({ cookie, linkID: link });
  await tt.getFolderPathSeparator({ cookie });
  await tt.DatabaseLogoff({ cookie: other });
  await tt.getTableList({ cookie: other }).catch(ignore);
  await tt.DatabaseLogoff({ cookie });
  await tellSuiteStory(url);
}

async function tellSuiteStory(url: string): Promise<void> {
  const ap = new ApTestClient({ url, token: 'token', username: 'lake', suite: 'Example' });
  await ap.getTestsSuiteByname();
  await ap.getSessionDetails({ session: 7 });
  const session = await ap.createSession({ set: 'all', name: 'Today' });
  await ap.result({ session, tid: 0, result: 'pass', note: 'fine' });
  await ap.result({ session, tid: 1, result: 'odd' }).catch(ignore);
  await ap.getTestResultData({ session, names: ['a/one'] });
  await ap.getSessionStatus({ session });
  await ap.getSessionList();
}
