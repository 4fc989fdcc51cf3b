import type { TestTrackClient } from '../../client/index.ts';
import { type CheckGroup, checksOf, SkippedError } from '../check.ts';
import { expectContains, expectEqual, expectFault, expectThat } from '../expectations.ts';
import type { TestTrackBench } from '../testtrack-bench.ts';

const { documented, observed, inferred } = checksOf<TestTrackBench>();

/** Written out and not taken from the twin: what is expected must not come from what is measured by it. */
const tableNames = [
  'Customer',
  'Defect',
  'Folder',
  'Links',
  'Report',
  'Requirement',
  'Requirement Document',
  'Task',
  'Test Case',
  'Test Config',
  'Test Run',
  'Test Variant',
  'User',
];

/** What a project is made of: tables, columns, lists, names. Reads only, but for one check. */
export const tableChecks: CheckGroup<TestTrackBench> = {
  area: 'Tables and lists',
  checks: [
    documented('getTableList names documented tables only, Defect among them', async ({ tt }) => {
      const names = (await tt.getTableList()).map(({ name }) => name);
      expectContains('the tables', names, 'Defect');
      expectContains('the documented tables', tableNames, ...names);
    }),
    observed('the columns of Defect hold the record ID, the number and the summary', async ({ tt }) => {
      const columns = (await tt.getColumnsForTable({ tablename: 'Defect' })).map(({ name }) => name);
      expectContains('the columns', columns, 'Record ID', 'Number', 'Summary');
    }),
    documented('getRecordListForTable gives the columns in the order that was asked for', async ({ tt }) => {
      const names = ['Summary', 'Record ID', 'Number'];
      const list = await tt.getRecordListForTable({ tablename: 'Defect', columnlist: columns(...names) });
      expectEqual(
        'the columns',
        list.columnlist?.map(({ name }) => name),
        names,
      );
      const [first] = list.records ?? [];
      if (first) expectEqual('the cells of the first row', first.row?.length, names.length);
    }),
    documented('the column "Record ID" wants its letter case', async ({ tt }) => {
      const list = tt.getRecordListForTable({ tablename: 'Defect', columnlist: columns('record id') });
      await expectFault('the list', list);
    }),
    documented('a query by number finds that defect', async ({ tt }) => {
      const number = await someNumber(tt);
      const rows = await numbersOf(tt, `{'Number': ${number}}`);
      expectEqual('the numbers found', rows, [number]);
    }),
    documented(
      'a query does not mind the letter case of field names, nor the kind of quotes',
      async ({ tt }) => {
        const number = await someNumber(tt);
        expectEqual('the numbers found', await numbersOf(tt, `{"nUMBER": ${number}}`), [number]);
      },
    ),
    documented('getRecordListForTableWithQuery is for five tables only', async ({ tt }) => {
      const list = tt.getRecordListForTableWithQuery({ tablename: 'User', query: "{'Last Name': 'x'}" });
      await expectFault('a query for users', list);
    }),
    inferred('a query that makes no sense is refused', async ({ tt }) => {
      await expectFault(
        'the query',
        tt.getRecordListForTableWithQuery({ tablename: 'Defect', query: '{nonsense' }),
      );
    }),
    inferred('an unknown table is refused with 77', async ({ tt }) => {
      await expectFault('the columns', tt.getColumnsForTable({ tablename: 'Nonsense' }), { number: 77 });
    }),
    inferred('an unknown column is refused with 11', async ({ tt }) => {
      const list = tt.getRecordListForTable({ tablename: 'Defect', columnlist: columns('Nonsense') });
      await expectFault('the list', list, { number: 11 });
    }),
    inferred('an unknown filter is refused with 11', async ({ tt, target }) => {
      const list = tt.getRecordListForTable({
        tablename: 'Defect',
        filtername: target.label,
        columnlist: columns('Number'),
      });
      await expectFault('the list', list, { number: 11 });
    }),
    documented('every list field of Defect is a column, and has values', async ({ tt }) => {
      const names = (await tt.getColumnsForTable({ tablename: 'Defect' })).map(({ name }) => name);
      const fields = await tt.getDropdownFieldForTable({ tablename: 'Defect' });
      expectContains('the columns', names, ...fields.map(({ name }) => name));
      const fieldname = fields.find(({ name }) => name === 'Priority')?.name;
      if (fieldname === undefined) throw new SkippedError('the project has renamed the field Priority');
      const values = await tt.getDropdownFieldValuesForTable({ tablename: 'Defect', fieldname });
      expectThat('the priorities', {
        holds: values.every(({ value }) => value !== ''),
        expected: 'texts',
        got: values,
      });
    }),
    documented('getFilterList holds the filters of each table', async ({ tt }) => {
      const all = (await tt.getFilterList()).map(({ name }) => name);
      const own = await tt.getFilterListForTable({ tablename: 'Defect' });
      expectContains('all filters', all, ...own.map(({ name }) => name));
    }),
    documented(
      'every event definition takes user, date and notes, and never "hours since last"',
      async ({ tt }) => {
        const definitions = await tt.getEventDefinitionList({ tablename: 'Defect' });
        expectThat('the events of Defect', { holds: definitions.length > 0, expected: 'some', got: [] });
        for (const { name, user, datetime, notes, timeHoursSinceLast } of definitions) {
          const expected = { user: true, datetime: true, notes: true, timeHoursSinceLast: false };
          expectEqual(`the event ${name}`, { user, datetime, notes, timeHoursSinceLast }, expected);
        }
      },
    ),
    documented('getDefectEventDefinitionList, though deprecated, names the same events', async ({ tt }) => {
      const names = (await tt.getEventDefinitionList({ tablename: 'Defect' })).map(({ name }) => name);
      expectEqual(
        'the events',
        (await tt.getDefectEventDefinitionList()).map(({ name }) => name),
        names,
      );
    }),
    documented('attachments are Standard, Script or Run Result', async ({ tt }) => {
      expectEqual('the types', await tt.getAttachmentTypes(), ['Standard', 'Script', 'Run Result']);
    }),
    documented('test runs show their steps in two modes', async ({ tt }) => {
      expectEqual('the modes', await tt.getTestRunStepsModes(), ['Grid View', 'Free Form Text View']);
    }),
    documented('a variant of a test case has one of four types', async ({ tt }) => {
      const types = ['Included', 'Excluded', 'Generated', 'Additional'];
      expectEqual('the types', [...(await tt.getTestVariantTypes())].sort(), types.sort());
    }),
    documented('the folder path separator is "/"', async ({ tt }) => {
      expectEqual('its character code', await tt.getFolderPathSeparator(), 47);
    }),
    documented('public folders are under /Public', async ({ tt }) => {
      expectEqual('the root', await tt.getRootPublicFolderPath(), '/Public');
    }),
    documented(
      'a cell holds the first 128 characters of its text',
      async (bench) => {
        const { tt } = bench;
        const reference = 'x'.repeat(200);
        const recordID = await bench.addDefect({ reference });
        const query = `{'Number': ${await bench.numberOf(recordID)}}`;
        const list = await tt.getRecordListForTableWithQuery({
          tablename: 'Defect',
          query,
          columnlist: columns('Reference'),
        });
        expectEqual('the cell', list.records?.[0]?.row?.[0]?.value, reference.slice(0, 128));
      },
      'writes',
    ),
  ],
};

function columns(...names: readonly string[]): { name: string }[] {
  return names.map((name) => ({ name }));
}

async function numbersOf(tt: TestTrackClient, query: string): Promise<(string | undefined)[]> {
  const columnlist = columns('Number');
  const list = await tt.getRecordListForTableWithQuery({ tablename: 'Defect', query, columnlist });
  return (list.records ?? []).map(({ row }) => row?.[0]?.value);
}

async function someNumber(tt: TestTrackClient): Promise<string> {
  const list = await tt.getRecordListForTable({ tablename: 'Defect', columnlist: columns('Number') });
  const number = list.records?.[0]?.row?.[0]?.value;
  if (number === undefined || number === '0') throw new SkippedError('the project has no numbered defects');
  return number;
}
