import { z } from 'zod';
import { onlooker, requireTableName } from '../testtrack/desk/onlooker.ts';
import { fileOf, recordDetail } from '../testtrack/desk/record-detail.ts';
import { describedTable, recordPage, tablesOf } from '../testtrack/desk/record-pages.ts';
import { projects, serverScope } from '../testtrack/model/tables.ts';
import { plainValue } from '../text/plain-value.ts';
import { pageOf, pageParameters } from './paging.ts';
import { faultDetails, withRefusals } from './product-refusal.ts';
import { ControlError, type ControlRequest, type ControlRoute, controlRoute } from './route.ts';
import {
  projectSummarySchema,
  recordDetailSchema,
  recordIdParameter,
  recordPageSchema,
  storedFileSchema,
  tableDescriptionSchema,
} from './testtrack-schemas.ts';
import { shownLock } from './testtrack-shown.ts';

const project = z.string().describe('The name of the project');
const table = z.string().describe('The name of the table: Defect, Test Case, User …');
const recordId = recordIdParameter.describe('The record ID, which is not the number that people know');
const missing = { when: 'There is no such project, table or record.' };
const refused = (when: string) => ({ when, details: faultDetails });

/** A larger file is not written down at once; clients get it by the operations. */
const largestFile = 5 * 1024 * 1024;

/** What TestTrack holds, read without a session: what a person would look up in its GUI. */
export const testTrackRoutes: readonly ControlRoute[] = [
  controlRoute({
    method: 'GET',
    path: '/__admin/testtrack/projects',
    id: 'listProjects',
    purpose: 'Lists the projects of TestTrack and how many records each table has',
    gives: 'The projects by name.',
    answer: z.array(projectSummarySchema),
    run: ({ world }) =>
      world.runner.world
        .collection(projects, serverScope)
        .sorted()
        .map(({ name, options }) => ({ name, areas: options, tables: tablesOf(look(world, name)) })),
  }),
  controlRoute({
    method: 'GET',
    path: '/__admin/testtrack/table',
    id: 'describeTable',
    purpose: 'Names the columns and filters of a table',
    query: z.strictObject({ project, table }),
    example: { query: { project: 'Project', table: 'Defect' } },
    gives: 'The columns in the product’s order, and the filters that need no answers.',
    answer: tableDescriptionSchema,
    refusals: { 404: refused(missing.when) },
    run: ({ world, query }) =>
      withRefusals(() => ({
        project: query.project,
        table: query.table,
        ...describedTable(look(world, query.project), requireTableName(query.table)),
      })),
  }),
  controlRoute({
    method: 'GET',
    path: '/__admin/testtrack/records',
    id: 'listRecords',
    purpose:
      'Lists the records of a table page by page, with the product’s columns, filters and JSON queries',
    about:
      'Nobody’s rights count: what groups hide is shown. Filter and query both have to hold, as in `getRecordListForTableWithQuery`.',
    query: z.strictObject({
      project,
      table,
      filter: z.string().optional().describe('The name of a filter'),
      query: z.string().optional().describe("A JSON query such as {'Priority': 'High'}"),
      columns: z
        .string()
        .optional()
        .describe('Labels of columns with a semicolon between them; all by default'),
      ...pageParameters,
    }),
    example: {
      query: { project: 'Project', table: 'Defect', columns: 'Number;Summary;Status', limit: '20' },
    },
    gives: 'The records by record ID.',
    answer: recordPageSchema,
    refusals: {
      400: refused('There is no such filter or column, or the query is none.'),
      404: refused(missing.when),
    },
    run: ({ world, query }) =>
      withRefusals(() => {
        const { filter = '', query: text = '', columns = '' } = query;
        const part = pageOf(query);
        const page = recordPage(look(world, query.project), {
          table: requireTableName(query.table),
          filter,
          query: text,
          columns: columns === '' ? [] : columns.split(';').map((label) => label.trim()),
          ...part,
        });
        return { ...page, offset: part.offset };
      }),
  }),
  controlRoute({
    method: 'GET',
    path: '/__admin/testtrack/record',
    id: 'getRecord',
    purpose: 'Shows a record with its events, custom fields, links, files and its lock',
    query: z.strictObject({ project, table, recordId }),
    example: { query: { project: 'Project', table: 'Defect', recordId: '1' } },
    gives: 'The record.',
    answer: recordDetailSchema,
    refusals: { 404: refused(missing.when) },
    run: ({ world, query }) =>
      withRefusals(() => {
        const ref = { table: requireTableName(query.table), recordId: query.recordId };
        const { lock, wire, state, ...detail } = recordDetail(look(world, query.project), ref);
        return {
          project: query.project,
          ...ref,
          ...detail,
          ...(state === undefined ? {} : { state }),
          wire: plainValue(wire) ?? null,
          ...(lock === undefined ? {} : { lock: shownLock(lock) }),
        };
      }),
  }),
  controlRoute({
    method: 'GET',
    path: '/__admin/testtrack/file',
    id: 'getFile',
    purpose: 'Gives a file of a record: an attachment or a picture',
    query: z.strictObject({
      project,
      table,
      recordId,
      file: recordIdParameter.describe('The record ID of the file, as the record lists it'),
    }),
    example: { query: { project: 'Project', table: 'Defect', recordId: '1', file: '1' } },
    gives: 'Its name and what it holds.',
    answer: storedFileSchema,
    refusals: {
      404: refused(missing.when),
      409: { when: 'It has more than 5 MB; download it by the operations.' },
    },
    run: ({ world, query }) =>
      withRefusals(() => {
        const ref = { table: requireTableName(query.table), recordId: query.recordId };
        const { fileName, content } = fileOf(look(world, query.project), ref, query.file);
        if (content.size > largestFile) {
          throw new ControlError(
            409,
            `"${fileName}" has ${content.size} bytes; at most 5 MB are given here.`,
          );
        }
        return { fileName, size: content.size, base64: Buffer.from(content.bytes).toString('base64') };
      }),
  }),
];

function look({ runner }: ControlRequest['world'], name: string) {
  return onlooker(runner.world, name, runner.clock.now());
}
