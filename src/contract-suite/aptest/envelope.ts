import type { ApTestBench } from '../aptest-bench.ts';
import { type CheckGroup, checksOf } from '../check.ts';
import { expectEqual, expectRefusal, expectThat } from '../expectations.ts';

const { documented, observed, inferred } = checksOf<ApTestBench>();
const listSuites = ['command', 'getSuiteList'] as const;

/** How rpc.mpl is called and how it answers. */
export const envelopeChecks: CheckGroup<ApTestBench> = {
  area: 'Calls and answers',
  checks: [
    documented('an answer is plain text: the code 0, then message lines', async (bench) => {
      const { body, contentType } = await bench.raw([listSuites]);
      expectThat('the content type', {
        holds: contentType.startsWith('text/plain'),
        expected: 'text/plain',
        got: contentType,
      });
      const [code, ...lines] = body.split('\n');
      expectEqual('the first line', code, '0');
      expectThat('the lines', {
        holds: lines.includes(bench.target.suite),
        expected: `with ${bench.target.suite}`,
        got: lines,
      });
    }),
    observed(
      'lines end with a line feed alone, also the first of an answer without a message',
      async (bench) => {
        const { body } = await bench.raw([
          ['command', 'getTestUUID'],
          ['name', bench.unique('nobody')],
        ]);
        expectEqual('the answer', body, '0\n\n');
      },
    ),
    documented('with returnJSON=1 an answer is JSON with result and data', async (bench) => {
      const { body, contentType } = await bench.raw([listSuites, ['returnJSON', '1']]);
      expectThat('the content type', {
        holds: contentType.startsWith('application/json'),
        expected: 'application/json',
        got: contentType,
      });
      const names = Object.keys(JSON.parse(body) as object).sort();
      expectEqual('the members', names, ['data', 'result']);
    }),
    inferred('the result of a JSON answer is the number 0', async (bench) => {
      const { body } = await bench.raw([listSuites, ['returnJSON', '1']]);
      expectEqual('the result', (JSON.parse(body) as { result: unknown }).result, 0);
    }),
    documented('GET and POST answer alike', async (bench) => {
      const [posted, got] = [await bench.raw([listSuites]), await bench.raw([listSuites], 'GET')];
      expectEqual('the answer to GET', got.body, posted.body);
    }),
    documented('a wrong token is refused with 1 and a message', async (bench) => {
      await expectRefusal('the list', bench.at.with({ token: bench.target.label }).getSuiteList());
    }),
    inferred('a refusal as text is the code 1 and a line that explains it, with HTTP 200', async (bench) => {
      const { body, status } = await bench.raw([listSuites, ['rpctoken', bench.target.label]]);
      expectEqual('the HTTP status', status, 200);
      expectThat('the answer', {
        holds: /^1\n[^\n]+\n/.test(body),
        expected: '1, then a line of text',
        got: body,
      });
    }),
    inferred('an unknown user is refused', async (bench) => {
      await expectRefusal('the list', bench.at.with({ username: bench.target.label }).getSuiteList());
    }),
    inferred('an unknown suite is refused', async (bench) => {
      await expectRefusal('the sets', bench.at.with({ suite: bench.target.label }).getSetList());
    }),
    inferred('a call without a suite is refused, but for getSuiteList', async (bench) => {
      const { token, username, label } = bench.target;
      const open = bench.at.with({ suite: '', token, username });
      expectThat('the suites', { holds: (await open.getSuiteList()).length > 0, expected: 'some', got: [] });
      await expectRefusal(`the sets without a suite (${label})`, open.getSetList());
    }),
    inferred('an unknown command is refused', async (bench) => {
      await expectRefusal('the command', bench.at.send('makeCoffee'));
    }),
    inferred('a missing argument is refused', async (bench) => {
      await expectRefusal('getTestUUID without a name', bench.at.send('getTestUUID'));
    }),
  ],
};

/** What a suite holds. Reads only. */
export const suiteChecks: CheckGroup<ApTestBench> = {
  area: 'Suite',
  checks: [
    documented('getSuiteList names the suite', async (bench) => {
      const suites = await bench.at.getSuiteList();
      expectThat('the suites', {
        holds: suites.includes(bench.target.suite),
        expected: `with ${bench.target.suite}`,
        got: suites,
      });
    }),
    documented('the tests of a suite are listed by name and by UUID, as many of each', async (bench) => {
      const names = await bench.testNames();
      expectEqual('the UUIDs', (await bench.at.getTestsSuiteByUUID()).length, names.length);
    }),
    documented('getTestUUID gives the UUID of a test', async (bench) => {
      const [name = ''] = await bench.testNames();
      const [uuid = ''] = await bench.at.getTestsSuiteByUUID();
      expectEqual('the UUID', (await bench.at.getTestUUID({ name })).toLowerCase(), uuid.toLowerCase());
    }),
    documented('getTestUUID and getReqUUID of nobody are empty, not refused', async (bench) => {
      const name = bench.unique('nobody');
      expectEqual('the UUID of the test', await bench.at.getTestUUID({ name }), '');
      expectEqual('the UUID of the requirement', await bench.at.getReqUUID({ name }), '');
    }),
    documented('getTestCaseDetails finds a test by name and by UUID', async (bench) => {
      const [name = ''] = await bench.testNames();
      const byName = await bench.at.getTestCaseDetails({ name });
      const uuid = await bench.at.getTestUUID({ name });
      expectEqual('the details', await bench.at.getTestCaseDetails({ uuid }), byName);
    }),
    inferred('a test that is not there is refused', async (bench) => {
      await expectRefusal('the details', bench.at.getTestCaseDetails({ name: bench.unique('nobody') }));
    }),
    inferred('a session that is not there is refused', async (bench) => {
      await expectRefusal('the status', bench.at.getSessionStatus({ session: 99_999_999 }));
    }),
    inferred('a set that is not there is refused', async (bench) => {
      await expectRefusal('the tests', bench.at.getTestList({ set: bench.unique('nobody') }));
    }),
  ],
};
