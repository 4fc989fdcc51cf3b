import { escapeMarkup } from '../../text/escapes.ts';
import { type CheckGroup, checksOf } from '../check.ts';
import { expectEqual, expectThat } from '../expectations.ts';
import type { TestTrackBench } from '../testtrack-bench.ts';

const { documented, observed, inferred } = checksOf<TestTrackBench>();
const nobody = '<ttns:getTableList><cookie>0</cookie></ttns:getTableList>';

/** What clients see of an answer's text. */
export const wireChecks: CheckGroup<TestTrackBench> = {
  area: 'Answers and faults on the wire',
  checks: [
    observed('an answer is <ttns:…Response> without attributes, and all on one line', async (bench) => {
      const { body } = await bench.raw('<ttns:getProjectDataOptionList/>');
      const found = /<ttns:getProjectDataOptionListResponse>.*<\/ttns:getProjectDataOptionListResponse>/.test(
        body,
      );
      expectThat('the answer', {
        holds: found,
        expected: '<ttns:getProjectDataOptionListResponse>… on one line',
        got: body,
      });
    }),
    observed('the cookie is <Cookie> with digits only', async (bench) => {
      const { credentials } = bench.target;
      const text = (value: string) => escapeMarkup(value, /[&<>]/g);
      const parts = `<username>${text(credentials.username)}</username><password>${text(credentials.password ?? '')}</password>`;
      const call = `<ttns:DatabaseLogon><dbname>${text(credentials.project)}</dbname>${parts}</ttns:DatabaseLogon>`;
      const { body } = await bench.raw(call);
      const [, cookie] = /<Cookie>(\d+)<\/Cookie>/.exec(body) ?? [];
      expectThat('the answer', {
        holds: cookie !== undefined,
        expected: '<Cookie>digits</Cookie>',
        got: body,
      });
      await bench.server.call('DatabaseLogoff', { cookie: Number(cookie) });
    }),
    inferred('a fault comes with HTTP 500', async (bench) => {
      expectEqual('the HTTP status', (await bench.raw(nobody)).status, 500);
    }),
    observed('the detail of a fault is the error number and nothing else', async (bench) => {
      const { body } = await bench.raw(nobody);
      expectThat('the fault', {
        holds: /<detail>17<\/detail>/.test(body),
        expected: '<detail>17</detail>',
        got: body,
      });
    }),
    observed(
      'SOAPAction, encoding style and xsi:type are not needed, and any prefix will do',
      async (bench) => {
        const { status } = await bench.raw('<x:getProjectDataOptionList xmlns:x="urn:testtrack-interface"/>');
        expectEqual('the HTTP status', status, 200);
      },
    ),
    inferred('an unknown operation is a Client fault that names it', async (bench) => {
      const { body } = await bench.raw('<ttns:makeCoffee/>');
      const isNamed =
        /faultcode>[^<]*Client</.test(body) && body.includes("Method 'ttns:makeCoffee' not implemented");
      expectThat('the fault', {
        holds: isNamed,
        expected: "Client, Method 'ttns:makeCoffee' not implemented…",
        got: body,
      });
    }),
    documented('a number in quotes is a fault since 2015.1', async (bench) => {
      const { status, body } = await bench.raw(
        '<ttns:getTableList><cookie>"274"</cookie></ttns:getTableList>',
      );
      expectEqual('the HTTP status', status, 500);
      expectThat('the fault', {
        holds: /faultcode>[^<]*Client</.test(body),
        expected: 'a Client fault',
        got: body,
      });
    }),
  ],
};
