import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTwin, type Twin } from '../../src/index.ts';
import { runProgram } from './run-program.ts';
import { scenario } from './story.ts';

/** What `curl --version` begins with, after its name. */
async function curlVersion(): Promise<string> {
  const output = await runProgram(['/usr/bin/curl', '--version']);
  return output.split(' ')[1] ?? '';
}

describe('curl', () => {
  let twin: Twin;
  let version = '';

  beforeAll(async () => {
    twin = await startTwin({ scenario });
    version = await curlVersion();
  });
  afterAll(() => twin?.close());

  const curl = (...args: string[]) => runProgram(['/usr/bin/curl', '--silent', '--show-error', ...args]);
  const common = 'rpctoken=token&username=lake&suite=Example';
  const get = (query: string) => curl('--globoff', `${twin.url}/atm/run/rpc.mpl?${common}&${query}`);
  const post = (...fields: string[]) =>
    curl(
      ...[...common.split('&'), ...fields].flatMap((field) => ['--data-urlencode', field]),
      `${twin.url}/run/rpc.mpl`,
    );
  const tells = (
    topic: 'Log on' | 'Read' | 'Edit, save' | 'Text' | 'Faults',
    sentence: string,
    run: () => Promise<void>,
  ) =>
    test(sentence, ({ task }) => {
      task.meta.interop = {
        client: 'curl, for rpc.mpl',
        note: 'GET and POST, answers as text and as JSON.',
        topic,
        version,
      };
      return run();
    });

  tells('Read', 'lists suites, sets and tests, one a line', async () => {
    expect(await get('command=getSuiteList')).toBe('0\nExample\n');
    expect(await get('command=getSetList')).toBe('0\nGroup_A/Group_B/My_Set\n');
    expect(await get('command=getTestList&set=Group_A/Group_B/My_Set')).toBe(
      '0\nATM_Administration.dir/Help_Screen.bts\nATM_Administration.dir/Login.bts\nReports.dir/Weekly.bts\n',
    );
    expect(await get('command=getTestUUID&name=ATM_Administration/Help_Screen')).toBe(
      '0\nAC2CD7D2-955D-11D8-A214-90E5C9F5B464\n',
    );
  });

  tells('Edit, save', 'creates a session, records results in it and sees them counted', async () => {
    const created = await post('command=createSession', 'set=Group_A/Group_B/My_Set', 'name=Nightly');
    expect(created).toMatch(/^0\n\d+\n$/);
    const number = created.split('\n')[1] ?? '';
    expect(await get(`command=getSessionList`)).toContain(`${number};Nightly`);

    expect(await get(`command=result&sess=${number}&tid=0&result=pass`)).toMatch(/^0\n/);
    expect(
      await post(
        'command=result',
        `sess=${number}`,
        'id=Reports.dir/Weekly.bts',
        'result=fail',
        'note=Grüße',
      ),
    ).toMatch(/^0\n[\x20-\x7e\n]*$/);
    expect(
      await get(`command=getTestCaseResult&uuid=AC2CD7D2-955D-11D8-A214-90E5C9F5B464&sessNum=${number}`),
    ).toBe('0\npass\n');
    expect(await get(`command=getSessionStatus&sessnum=${number}`)).toBe(
      '0\nnumtests=3;pass=1;untested=1;fail=1\n',
    );
  });

  tells(
    'Text',
    'takes several results at once as JSON in the address, brackets and quotes as they are',
    async () => {
      const [, number = ''] = (await get('command=createSession&set=Group_A/Group_B/My_Set')).split('\n');
      const several = '{"label":[{"tid":"0","result":"pass"},{"tid":"1","result":"fail"}]}';
      expect(await get(`command=result&sess=${number}&result=${several}`)).toMatch(/^0\n/);
      const answer: unknown = JSON.parse(
        await get(`command=getTestCaseResult&name=ATM_Administration/Login&sessNum=${number}&returnJSON=1`),
      );
      expect(answer).toEqual({ result: 0, data: 'fail' });
    },
  );

  tells('Faults', 'answers what is wrong with code 1 and a sentence that names the argument', async () => {
    const wrongToken = await curl(
      `${twin.url}/run/rpc.mpl?rpctoken=no&username=lake&suite=Example&command=getSetList`,
    );
    expect(wrongToken).toMatch(/^1\n.*rpctoken/);
    expect(await get('command=getSessionStatus&sessNum=999')).toMatch(/^1\n.*sessNum/i);
  });

  tells('Log on', 'logs on to TestTrack with an envelope written by hand', async () => {
    const envelope =
      '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:urn="urn:testtrack-interface">' +
      '<soapenv:Header/><soapenv:Body><urn:DatabaseLogon><dbname>Project</dbname><username>username</username>' +
      '<password>password</password></urn:DatabaseLogon></soapenv:Body></soapenv:Envelope>';
    const answer = await curl(
      ...['--header', 'Content-Type: text/xml; charset=UTF-8', '--data-binary', envelope],
      twin.soapUrl,
    );
    expect(answer).toMatch(
      /<ttns:DatabaseLogonResponse>.*<Cookie>\d+<\/Cookie>.*<\/ttns:DatabaseLogonResponse>/,
    );
  });
});
