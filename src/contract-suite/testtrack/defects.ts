import type { CDefect } from '../../client/index.ts';
import { type CheckGroup, checksOf, SkippedError } from '../check.ts';
import { expectEqual, expectFault, expectThat } from '../expectations.ts';
import type { TestTrackBench } from '../testtrack-bench.ts';

const { documented, observed, inferred } = checksOf<TestTrackBench>();

/** Changes a defect by an edit, and gives it as it was stored. */
async function saved(
  { tt }: TestTrackBench,
  recordID: CDefect['recordid'],
  change: CDefect,
): Promise<CDefect> {
  const id = recordID ?? 0;
  await tt.editing(tt.editDefectByRecordID({ recordID: id }), (defect) => {
    Object.assign(defect, change);
  });
  return tt.getDefectByRecordID({ recordID: id });
}

/** The life of a defect. */
export const defectChecks: CheckGroup<TestTrackBench> = {
  area: 'Defects',
  checks: [
    documented(
      'addDefect answers with the record ID',
      async (bench) => {
        const summary = bench.unique('new');
        const recordID = await bench.addDefect({ summary });
        expectEqual('the summary', (await bench.tt.getDefectByRecordID({ recordID })).summary, summary);
      },
      'writes',
    ),
    documented(
      'a new defect is created by the user of the session',
      async (bench) => {
        const { firstname = '', lastname = '' } = await bench.tt.getUserForCurrentSession();
        const { createdbyuser = '' } = await bench.tt.getDefectByRecordID({
          recordID: await bench.addDefect(),
        });
        expectThat('createdbyuser', {
          holds: createdbyuser.includes(firstname) && createdbyuser.includes(lastname),
          expected: `${lastname}, ${firstname}`,
          got: createdbyuser,
        });
      },
      'writes',
    ),
    inferred(
      'a new defect was added from SOAP',
      async (bench) => {
        const defect = await bench.tt.getDefectByRecordID({ recordID: await bench.addDefect() });
        expectEqual('locationaddedfrom', defect.locationaddedfrom, 'SOAP');
      },
      'writes',
    ),
    observed(
      'a day comes as YYYY-MM-DD and a moment with a numeric offset',
      async (bench) => {
        const reported = [{ recordid: 0, comments: 'found today', showorder: 1 }];
        const { reportedbylist, datetimecreated = '' } = await bench.tt.getDefectByRecordID({
          recordID: await bench.addDefect({ reportedbylist: reported }),
        });
        const { datefound = '' } = reportedbylist?.[0] ?? {};
        expectThat('datefound', {
          // The interface of 2013 declares a moment for a day.
          holds: /^\d{4}-\d\d-\d\d(?:T00:00:00[+-]\d\d:\d\d)?$/.test(datefound),
          expected: 'a day',
          got: datefound,
        });
        const isMoment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/.test(datetimecreated);
        expectThat('datetimecreated', {
          holds: isMoment,
          expected: 'a moment such as 2016-01-31T09:15:00-05:00',
          got: datetimecreated,
        });
      },
      'writes',
    ),
    documented(
      'the description is in the comments of the first report',
      async (bench) => {
        const report = { recordid: 0, showorder: 1, comments: 'what I saw' };
        const recordID = await bench.addDefect({ reportedbylist: [report] });
        const { reportedbylist = [] } = await bench.tt.getDefectByRecordID({ recordID });
        expectEqual('the comments', reportedbylist[0]?.comments, 'what I saw');
      },
      'writes',
    ),
    documented(
      'an edit that is saved is stored, and the save answers 0',
      async (bench) => {
        const recordID = await bench.addDefect();
        await using scope = await bench.tt.editDefectByRecordID({ recordID });
        const summary = bench.unique('changed');
        const result = await bench.tt.saveDefect({ pDefect: { ...scope.record, summary } });
        expectEqual('the result', result, 0);
        expectEqual('the summary', (await bench.tt.getDefectByRecordID({ recordID })).summary, summary);
      },
      'writes',
    ),
    documented(
      'an edit that is cancelled changes nothing',
      async (bench) => {
        const recordID = await bench.addDefect({ reference: 'before' });
        await using scope = await bench.tt.editDefectByRecordID({ recordID });
        scope.record.reference = 'after';
        await scope.cancel();
        expectEqual('the reference', (await bench.tt.getDefectByRecordID({ recordID })).reference, 'before');
      },
      'writes',
    ),
    documented(
      'text of several lines keeps its CR LF',
      async (bench) => {
        const workaround = 'first line\r\nsecond line';
        const defect = await saved(bench, await bench.addDefect(), { workaround });
        expectEqual('the workaround', defect.workaround, workaround);
      },
      'writes',
    ),
    observed(
      'text beyond ASCII comes back as it was sent',
      async (bench) => {
        const summary = bench.unique('Ä€ü & <b> "ß"');
        expectEqual(
          'the summary',
          (await saved(bench, await bench.addDefect(), { summary })).summary,
          summary,
        );
      },
      'writes',
    ),
    documented(
      'read-only members are ignored, not refused',
      async (bench) => {
        const recordID = await bench.addDefect();
        const before = await bench.tt.getDefectByRecordID({ recordID });
        const after = await saved(bench, recordID, {
          state: 'Nonsense',
          locationaddedfrom: 'Mars',
          actualhourstofix: 99,
        });
        const readOnly = ({ state, locationaddedfrom, actualhourstofix }: CDefect) => ({
          state,
          locationaddedfrom,
          actualhourstofix,
        });
        expectEqual('the read-only members', readOnly(after), readOnly(before));
      },
      'writes',
    ),
    observed(
      'a list that is not sent is left as it is',
      async (bench) => {
        const report = { recordid: 0, showorder: 1, comments: 'stays' };
        const recordID = await bench.addDefect({ reportedbylist: [report] });
        await using _held = await bench.tt.editDefectByRecordID({ recordID });
        await bench.tt.saveDefect({ pDefect: { recordid: recordID, reference: 'only this' } });
        const after = await bench.tt.getDefectByRecordID({ recordID });
        expectEqual('the reference', after.reference, 'only this');
        expectEqual('the comments', after.reportedbylist?.[0]?.comments, 'stays');
      },
      'writes',
    ),
    documented(
      'the state follows from the event that is added',
      async (bench) => {
        const definition = (await bench.tt.getEventDefinitionList({ tablename: 'Defect' })).find(
          ({ name }) => name === 'Fix',
        );
        const states = (definition?.resultingStateValues ?? []).map(({ value }) => value);
        if (states.length === 0)
          throw new SkippedError('the workflow has no event Fix with a resulting state');
        const date = (await bench.tt.getDefectByRecordID({ recordID: await bench.addDefect() }))
          .datetimecreated;
        const event = { recordid: 0, name: 'Fix', eventaddorder: 1, resultingstate: states[0], date };
        const defect = await saved(bench, await bench.addDefect(), { eventlist: [event] });
        expectEqual(
          'the events',
          defect.eventlist?.map(({ name }) => name),
          ['Fix'],
        );
        expectEqual('the state', defect.state, states[0]);
      },
      'writes',
    ),
    documented(
      'a value that is not in its list is refused with 23',
      async (bench) => {
        const recordID = await bench.addDefect();
        await using scope = await bench.tt.editDefectByRecordID({ recordID });
        scope.record.priority = bench.unique('priority');
        await expectFault('the save', scope.save(), { number: 23 });
      },
      'writes',
    ),
    documented(
      'a defect entered by a name that is no user is refused',
      async (bench) => {
        const recordID = await bench.addDefect();
        await using scope = await bench.tt.editDefectByRecordID({ recordID });
        scope.record.enteredby = 'Nobody, At All';
        await expectFault('the save', scope.save());
      },
      'writes',
    ),
    documented(
      'a user can be given as uid: with the record ID',
      async (bench) => {
        const { recordid, lastname = '' } = await bench.tt.getUserForCurrentSession();
        const defect = await saved(bench, await bench.addDefect(), { enteredby: `uid:${recordid}` });
        expectThat('enteredby', {
          holds: (defect.enteredby ?? '').includes(lastname),
          expected: `the name of ${lastname}`,
          got: defect.enteredby,
        });
      },
      'writes',
    ),
    inferred(
      'a new defect without a summary is refused with 23',
      async (bench) => {
        const adding = bench.tryAdd('defect', {
          add: () => bench.tt.addDefect({ pDefect: { reference: 'no summary' } }),
          remove: (recordID) => bench.tt.deleteDefectByRecordID({ recordID }),
        });
        await expectFault('the defect', adding, { number: 23 });
      },
      'writes',
    ),
    documented(
      'a deleted defect is gone',
      async (bench) => {
        const recordID = await bench.addDefect();
        expectEqual('the result', await bench.tt.deleteDefectByRecordID({ recordID }), 0);
        await expectFault('the defect', bench.tt.getDefectByRecordID({ recordID }), { number: 6 });
      },
      'writes',
    ),
    documented(
      'a defect has a link for the client and one for a browser',
      async (bench) => {
        const itemID = await bench.addDefect();
        const links = await bench.tt.getItemHyperlinks({ itemType: 'Defect', itemID });
        const { ttstudioHyperlink = '', httpHyperlink = '' } = links;
        expectThat('the client’s', {
          holds: ttstudioHyperlink.startsWith('ttstudio://'),
          expected: 'ttstudio://…',
          got: ttstudioHyperlink,
        });
        expectThat('the browser’s', {
          holds: /^https?:/.test(httpHyperlink),
          expected: 'http…',
          got: httpHyperlink,
        });
      },
      'writes',
    ),
  ],
};
