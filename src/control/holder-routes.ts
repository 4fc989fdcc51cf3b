import { z } from 'zod';
import { lockActionSchema } from '../fault-rules/rule-schema.ts';
import { lockForAnother, lockTarget } from '../fault-rules/state-actions.ts';
import { endLock, enterEvent } from '../testtrack/desk/acts.ts';
import { licencesIn, locksIn, requireShownSession, sessionsIn } from '../testtrack/desk/holders.ts';
import { requireTableName } from '../testtrack/desk/onlooker.ts';
import { endSession } from '../testtrack/rules/sessions.ts';
import { pageOf, pageParameters, totalSchema } from './paging.ts';
import { faultDetails, withRefusals } from './product-refusal.ts';
import { ControlError, type ControlRoute, controlRoute } from './route.ts';
import {
  recordIdParameter,
  shownLicenceSchema,
  shownLockSchema,
  shownSessionSchema,
} from './testtrack-schemas.ts';
import { shownLock, shownSession } from './testtrack-shown.ts';

const ofProject = z.string().optional().describe('Of this project only');
const ofUser = z.string().optional().describe('Of the user with this login only, in any letter case');
const ofTable = z.string().optional().describe('On records of this table only');

const isAsked = (wanted: string | undefined, value: string): boolean =>
  wanted === undefined || wanted.toLowerCase() === value.toLowerCase();

const eventSchema = z.strictObject({
  project: z.string().describe('The name of the project'),
  table: z.string().describe('A table whose records have a workflow'),
  recordId: z.int().positive().describe('The record ID'),
  by: z.string().describe('The login of the user who enters it'),
  event: z.string().describe('The name of the event: Comment, Fix, Assign …'),
  notes: z.string().max(100_000).optional().describe('The text of the event'),
  resultingState: z.string().optional().describe('The workflow’s own where it is left out'),
  assignTo: z.array(z.string()).max(100).optional().describe('Logins of those who get the item'),
});

/** Who holds what in TestTrack, and what its administrators and colleagues do about it, by the rules of the product. */
export const holderRoutes: readonly ControlRoute[] = [
  controlRoute({
    method: 'GET',
    path: '/__admin/testtrack/locks',
    id: 'listLocks',
    purpose: 'Lists the records that are being edited, and by whom',
    query: z.strictObject({ project: ofProject, table: ofTable, user: ofUser, ...pageParameters }),
    example: { query: { project: 'Project' } },
    gives: 'The locks that hold now, soonest over first.',
    answer: z.object({ total: totalSchema, locks: z.array(shownLockSchema) }),
    run: ({ world: { runner }, query }) => {
      const found = locksIn(runner.world, runner.clock.now()).filter(
        ({ project, table, user }) =>
          isAsked(query.project, project) && isAsked(query.table, table) && isAsked(query.user, user),
      );
      const { offset, limit } = pageOf(query);
      return { total: found.length, locks: found.slice(offset, offset + limit).map(shownLock) };
    },
  }),
  controlRoute({
    method: 'POST',
    path: '/__admin/testtrack/locks',
    id: 'lockRecord',
    purpose: 'Lets a colleague lock a record, as an edit in the GUI does',
    about: 'The same as the action `lock` of a fault rule.',
    input: lockActionSchema,
    example: { body: { project: 'Project', table: 'Defect', number: 1, by: 'lake' } },
    gives: 'It is locked.',
    answer: z.object({ locked: z.literal(true) }),
    refusals: {
      404: { when: 'There is no such project, record or user.' },
      409: { when: 'It is being edited already.' },
    },
    run: ({ world: { runner }, input }) => {
      const target = lockTarget(runner.world, input);
      if ('problem' in target) throw new ControlError(404, `The lock cannot be taken: ${target.problem}.`);
      if (!runner.change((draft, now) => lockForAnother(draft, input, now))) {
        const what = `${input.table} ${input.number}`;
        throw new ControlError(409, `${what} is being edited already; it stays with who edits it.`);
      }
      return { locked: true as const };
    },
  }),
  controlRoute({
    method: 'DELETE',
    path: '/__admin/testtrack/locks',
    id: 'endLock',
    purpose: 'Ends the lock of a record, of any holder',
    about: 'A later save of the session that held it is refused with 7, as after the 15 minutes.',
    query: z.strictObject({
      project: z.string().describe('The name of the project'),
      table: z.string().describe('The name of the table'),
      recordId: recordIdParameter.describe('The record ID'),
    }),
    example: { query: { project: 'Project', table: 'Defect', recordId: '1' } },
    gives: 'It was ended.',
    answer: z.object({ ended: z.literal(true) }),
    refusals: {
      404: {
        when: 'The record is not locked now, or there is no such project or table.',
        details: faultDetails,
      },
    },
    run: ({ world: { runner }, query }) => {
      withRefusals(() => runner.change((draft, now) => endLock(draft, query, now)));
      return { ended: true as const };
    },
  }),
  controlRoute({
    method: 'GET',
    path: '/__admin/testtrack/sessions',
    id: 'listSessions',
    purpose: 'Lists who is logged on to TestTrack, without cookies',
    query: z.strictObject({ project: ofProject, user: ofUser, ...pageParameters }),
    example: { query: { user: 'administrator' } },
    gives: 'The sessions that are open now, in the order in which they were opened.',
    answer: z.object({ total: totalSchema, sessions: z.array(shownSessionSchema) }),
    run: ({ world: { runner }, query }) => {
      const found = sessionsIn(runner.world, runner.clock.now()).filter(
        ({ project, user }) => isAsked(query.project, project) && isAsked(query.user, user),
      );
      const { offset, limit } = pageOf(query);
      return { total: found.length, sessions: found.slice(offset, offset + limit).map(shownSession) };
    },
  }),
  controlRoute({
    method: 'DELETE',
    path: '/__admin/testtrack/sessions/:id',
    id: 'dropSession',
    purpose:
      'Ends a session of TestTrack: its locks and its licences are free, its next call is refused with 17',
    params: z.object({ id: z.string().describe('The id of the session, as the list has it') }),
    example: { params: { id: '0123456789abcdef' } },
    gives: 'It was ended.',
    answer: z.object({ ended: z.literal(true) }),
    refusals: { 404: { when: 'It is not open any more, or never was.', details: faultDetails } },
    run: ({ world: { runner }, params }) => {
      withRefusals(() =>
        runner.change((draft, now) => endSession(draft, requireShownSession(draft, params.id, now))),
      );
      return { ended: true as const };
    },
  }),
  controlRoute({
    method: 'GET',
    path: '/__admin/testtrack/licences',
    id: 'listLicences',
    purpose: 'Lists the licences of TestTrack and how many are in use',
    query: z.strictObject({
      kind: z.string().optional().describe('Of this kind only: soap, pro, tcm, rm, rmReviewer or suite'),
      ...pageParameters,
    }),
    example: { query: { kind: 'suite' } },
    gives: 'The licences, those that SOAP sessions take first.',
    answer: z.object({ total: totalSchema, licences: z.array(shownLicenceSchema) }),
    run: ({ world: { runner }, query }) => {
      const found = licencesIn(runner.world, runner.clock.now()).filter(({ kind }) =>
        isAsked(query.kind, kind),
      );
      const { offset, limit } = pageOf(query);
      return { total: found.length, licences: found.slice(offset, offset + limit) };
    },
  }),
  controlRoute({
    method: 'POST',
    path: '/__admin/testtrack/events',
    id: 'enterEvent',
    purpose: 'Enters a workflow event as a user does in the GUI: every rule of edit and save counts',
    input: eventSchema,
    example: {
      body: {
        project: 'Project',
        table: 'Defect',
        recordId: 1,
        by: 'administrator',
        event: 'Comment',
        notes: 'Seen',
      },
    },
    gives: 'It was entered.',
    answer: z.object({ entered: z.literal(true) }),
    refusals: {
      404: { when: 'There is no such project, table, record or user.', details: faultDetails },
      409: {
        when: 'The product refuses it: the user may not, the record is being edited, or the workflow does not allow it now.',
        details: faultDetails,
      },
    },
    run: ({ world: { runner }, input }) => {
      withRefusals(() =>
        runner.change((draft, now) =>
          enterEvent(draft, { ...input, table: requireTableName(input.table) }, now),
        ),
      );
      return { entered: true as const };
    },
  }),
];
