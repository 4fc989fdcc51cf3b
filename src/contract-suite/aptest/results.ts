import type { ApTestBench } from '../aptest-bench.ts';
import { type CheckGroup, checksOf } from '../check.ts';
import { expectEqual, expectRefusal, expectThat } from '../expectations.ts';

const { documented, observed, inferred } = checksOf<ApTestBench>();

/** Results, notes and execution data. */
export const resultChecks: CheckGroup<ApTestBench> = {
  area: 'Results',
  checks: [
    documented(
      'a result that is recorded is the result of the test',
      async (bench) => {
        const session = await bench.addSession();
        const [code = ''] = await bench.resultCodes(session);
        const [id = ''] = await bench.at.getTestList({ session });
        await bench.at.result({ session, tid: 0, result: code });
        expectEqual('the result', await bench.at.getTestCaseResult({ session, name: id }), code);
      },
      'writes',
    ),
    documented(
      'a test is meant by its index, its path or its UUID',
      async (bench) => {
        const session = await bench.addSession();
        const codes = await bench.resultCodes(session);
        const [id = ''] = await bench.at.getTestList({ session });
        const uuid = await bench.at.getTestUUID({ name: id });
        const ways = [{ tid: 0 }, { id }, { uuid }];
        for (const [at, way] of ways.entries()) {
          const result = codes[at % codes.length] ?? '';
          await bench.at.result({ session, ...way, result });
          const stored = await bench.at.getTestCaseResult({ session, name: id });
          expectEqual(`the result by ${Object.keys(way)[0]}`, stored, result);
        }
      },
      'writes',
    ),
    documented(
      'getSessionStatus counts the tests by result',
      async (bench) => {
        const session = await bench.addSession();
        const [code = ''] = await bench.resultCodes(session);
        await bench.at.result({ session, tid: 0, result: code });
        const { numtests, ...counts } = await bench.at.getSessionStatus({ session });
        expectEqual(`the tests with ${code}`, counts[code], 1);
        expectEqual(
          'the sum',
          Object.values(counts).reduce((sum, each) => sum + each, 0),
          numtests,
        );
      },
      'writes',
    ),
    observed(
      'the answer is one line of HTML',
      async (bench) => {
        const session = await bench.addSession();
        const note = 'first line\nsecond line';
        const { body } = await bench.raw([
          ['command', 'result'],
          ['sess', session],
          ['tid', '0'],
          ['note', note],
        ]);
        const [code, fragment = '', rest] = body.split('\n');
        expectEqual('the code', code, '0');
        expectThat('the fragment', {
          holds: fragment.includes('<') && rest === '',
          expected: 'one line with HTML',
          got: body,
        });
      },
      'writes',
    ),
    documented(
      'without a result code the entry is a note: the test stays untested',
      async (bench) => {
        const session = await bench.addSession();
        const before = await bench.at.getSessionStatus({ session });
        await bench.at.result({ session, tid: 0, note: 'only a note' });
        expectEqual('the counts', await bench.at.getSessionStatus({ session }), before);
      },
      'writes',
    ),
    documented(
      'execution data stay unless they are sent again',
      async (bench) => {
        const session = await bench.addSession();
        const [code = ''] = await bench.resultCodes(session);
        await bench.at.result({ session, tid: 0, executionData: { prid: '4711' } });
        await bench.at.result({ session, tid: 0, result: code });
        const [id = ''] = await bench.at.getTestList({ session });
        const data = await bench.at.getTestResultData({ session, names: [id] });
        const fields = Object.values(data)[0];
        expectEqual('atm_prid', fields?.atm_prid, '4711');
      },
      'writes',
    ),
    documented(
      'time and author of a result can be given',
      async (bench) => {
        const session = await bench.addSession();
        const [code = ''] = await bench.resultCodes(session);
        const when = 1_234_567_890;
        await bench.at.result({ session, tid: 0, result: code, when, user: bench.target.username });
        const [id = ''] = await bench.at.getTestList({ session });
        const data = await bench.at.getTestResultData({ session, names: [id] });
        const fields = Object.values(data)[0];
        expectEqual('when', Number(fields?.when), when);
      },
      'writes',
    ),
    documented(
      'several results can be recorded at once as JSON',
      async (bench) => {
        await bench.testNames(2);
        const session = await bench.addSession();
        const [code = ''] = await bench.resultCodes(session);
        const entries = {
          label: [
            { tid: 0, result: code },
            { tid: 1, result: code },
          ],
        };
        await bench.at.results({ session, entries });
        expectEqual(`the tests with ${code}`, (await bench.at.getSessionStatus({ session }))[code], 2);
      },
      'writes',
    ),
    inferred(
      'of several results none is recorded when one is wrong',
      async (bench) => {
        const session = await bench.addSession();
        const [code = ''] = await bench.resultCodes(session);
        const before = await bench.at.getSessionStatus({ session });
        const entries = {
          label: [
            { tid: 0, result: code },
            { tid: 99_999, result: code },
          ],
        };
        await expectRefusal('the results', bench.at.results({ session, entries }));
        expectEqual('the counts', await bench.at.getSessionStatus({ session }), before);
      },
      'writes',
    ),
    inferred(
      'a result code that the suite does not have is refused',
      async (bench) => {
        const session = await bench.addSession();
        await expectRefusal('the result', bench.at.result({ session, tid: 0, result: 'no-such-code' }));
      },
      'writes',
    ),
    documented(
      'getSessionResults lists each test on request, with the fields that are wanted',
      async (bench) => {
        const set = await bench.addSet();
        const session = await bench.addSession({ set });
        const [code = ''] = await bench.resultCodes(session);
        await bench.at.result({ session, tid: 0, result: code });
        const [row] = await bench.at.getSessionResults({
          sets: [set],
          everyTest: true,
          resultFields: ['results'],
        });
        expectEqual('the session', Number(row?.sessNum), Number(session));
        const test = row?.tests?.[0];
        expectEqual('the result of the first test', test?.results, code);
        const holds = !('when' in (test ?? {}));
        expectThat('the first test', { holds, expected: 'no field that was not wanted', got: test });
      },
      'writes',
    ),
    documented(
      'the status filter follows the results',
      async (bench) => {
        await bench.testNames(2);
        const set = await bench.addSet();
        const session = await bench.addSession({ set });
        const [code = ''] = await bench.resultCodes(session);
        await bench.at.result({ session, tid: 0, result: code });
        const count = async (status: 'partial' | 'some' | 'needit' | 'notrun') =>
          (await bench.at.getSessionList({ sets: [set], status })).length;
        const counts = [
          await count('partial'),
          await count('some'),
          await count('needit'),
          await count('notrun'),
        ];
        expectEqual('listed as partial, some, needit, notrun', counts, [1, 1, 1, 0]);
      },
      'writes',
    ),
  ],
};

/** Files at the note of a test. */
export const fileChecks: CheckGroup<ApTestBench> = {
  area: 'Attachments',
  checks: [
    documented(
      'a file is attached to the note, whose text comes before the link',
      async (bench) => {
        const session = await bench.addSession();
        const content = new Uint8Array([0, 1, 254, 255]);
        const file = { fileName: 'bytes.bin', content, note: 'see the file' };
        const fragment = await bench.at.attachFile({ session, tid: 0, ...file });
        const [text, link] = [fragment.indexOf('see the file'), fragment.indexOf('href')];
        expectThat('the fragment', {
          holds: text >= 0 && link > text,
          expected: 'the text, then a link',
          got: fragment,
        });
      },
      'writes',
    ),
    documented(
      'attachFile without multipart is refused',
      async (bench) => {
        const session = await bench.addSession();
        const args = { sess: session, tid: '0', fileName: 'log.txt' };
        await expectRefusal('the call', bench.at.send('attachFile', Object.entries(args)));
      },
      'writes',
    ),
  ],
};
