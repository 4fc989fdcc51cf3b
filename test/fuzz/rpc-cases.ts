import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { commands } from '../../src/aptest/commands/index.ts';
import { type RpcResponse, refusalAnswer, successAnswer } from '../../src/aptest/rpc/answer.ts';
import { parseForm } from '../../src/aptest/rpc/form.ts';
import { callOfRequest, type RpcRequest, wantsJson } from '../../src/aptest/service.ts';
import { UploadError, uploadReader } from '../../src/http/upload.ts';
import { ProductFault } from '../../src/world/product-fault.ts';
import type { FuzzCase } from './fuzz-case.ts';
import { hostileText, mutated } from './mutate.ts';

type Args = Readonly<Record<string, string>>;

/** A call of every command that is done in the demo; one that needs another before it gets that from the case. */
const goodCalls: Readonly<Record<string, Args>> = {
  assignSession: { sessNum: '123', assignTo: 'tester1,tester2' },
  assignSet: { set: 'group1/set1', assignTo: 'tester1' },
  attachFile: { fileName: 'log.txt', sess: '123', tid: '0', note: 'see' },
  createGroup: { name: 'Fresh', description: 'd' },
  createSession: { set: 'theset', name: 'n', VAR_os: 'Linux', tests: 'foo,bar', startdatewindow: '14400' },
  createSet: { set: 'fresh', setGroup: 'Group_A', SCHEMA_priority: 'high', VAR_os: 'Linux' },
  deleteSession: { sess: '60' },
  deleteSet: { set: 'theSet' },
  getReqUUID: { name: 'top/sub/requirement_name' },
  getSessionDetails: { sessNum: '57' },
  getSessionList: { sets: 'theset' },
  getSessionResults: { sets: 'theset', everyTest: '1', showVars: '1', resultFields: 'when,results' },
  getSessionStatus: { sessNum: '57' },
  getSetList: { group: 'Group_A', recursive: '1' },
  getSuiteList: {},
  getTestCaseDetails: { name: 'foo' },
  getTestCaseResult: { name: 'foo', sessNum: '123' },
  getTestList: { sessNum: '57' },
  getTestResultData: { name: 'foo', sessNum: '123' },
  getTestsSuiteByname: {},
  getTestsSuiteByUUID: {},
  getTestUUID: { name: 'foo' },
  lockSession: { sess: '123' },
  lockSet: { set: 'theset' },
  result: { sess: '123', tid: '0', result: 'pass', note: 'n', EXECDATA_foo: 'x' },
  unlockSession: { sess: '2' },
  unlockSet: { set: 'theset' },
};

const values = [
  ...[
    '0',
    '1',
    '2',
    '57',
    '123',
    '00060',
    'foo',
    'bar',
    'theset',
    'Group_A',
    'Group_A/Group_B/My_Set',
    'pass',
    'fail',
  ],
  ...[
    'lake',
    'former',
    'test',
    'range',
    'locked',
    'partial',
    '14400',
    '1233446400',
    'Editor',
    '-1',
    '',
    '1e9',
    '{',
  ],
  ...['{"a":[{"tid":"0","result":"pass"},{"tid":"99"}]}', '{"a":[{"tid":"0","note":"n"}]}'],
];
const extra = [
  'tid',
  'uuid',
  'name',
  'sess',
  'returnJSON',
  'VAR_os',
  'EXECDATA_prid',
  'SCHEMA_id',
  'unknown',
];

/** A few commands one after another, as forms and as multipart. */
export async function rpcCase(fuzz: FuzzCase): Promise<void> {
  for (let count = 1 + fuzz.chance.below(4); count > 0; count--) {
    const command = fuzz.chance.of(commands);
    if (command.name === 'unlockSet') sendForm(fuzz, formOf(argsOf('lockSet', { set: 'theset' })));
    const args = argsFor(fuzz, command.name);
    if (command.name === 'attachFile' || fuzz.chance.happens(0.05)) await sendMultipart(fuzz, args);
    else sendForm(fuzz, shaken(fuzz, formOf(args)));
  }
}

const argsOf = (command: string, args: Args): Args => ({
  rpctoken: 'token',
  username: 'lake',
  suite: 'Example',
  command,
  ...args,
});

function argsFor({ chance }: FuzzCase, command: string): Args {
  const good = argsOf(command, goodCalls[command] ?? {});
  if (chance.happens(0.3)) return chance.happens(0.5) ? good : { ...good, returnJSON: '1' };
  const declared = commands.find(({ name }) => name === command)?.arguments ?? {};
  const names = [...extra, ...Object.values(declared).flatMap((each) => each.names), ...Object.keys(good)];
  const args = { ...good };
  for (let count = 1 + chance.below(4); count > 0; count--) {
    args[chance.of(names)] = chance.happens(0.8) ? chance.of(values) : hostileText(chance);
  }
  return args;
}

const formOf = (args: Args): string => {
  // Lone halves of characters become the sign for them, as in a browser.
  return new URLSearchParams({ ...args }).toString();
};

function shaken({ chance }: FuzzCase, form: string): string {
  return chance.happens(0.2) ? mutated(Buffer.from(form), chance).toString('latin1') : form;
}

function sendForm(fuzz: FuzzCase, form: string): void {
  const params = fuzz.timed('reading a form', () => parseForm(form));
  if (params) sendRpc(fuzz, { method: 'POST', params, isMultipart: false, baseUrl: 'http://twin/run/' });
}

const readUpload = uploadReader({ maxUpload: 1_000_000, maxBody: 1_000_000 });

async function sendMultipart(fuzz: FuzzCase, args: Args): Promise<void> {
  const { chance } = fuzz;
  const part = (head: string, body: string) =>
    `--edge\r\nContent-Disposition: form-data; ${head}\r\n\r\n${body}\r\n`;
  const fields = Object.entries(args).map(([name, value]) => part(`name="${name}"`, value));
  const fileName = chance.happens(0.8) ? 'a.txt' : hostileText(chance);
  const whole = Buffer.from(
    `${fields.join('')}${part(`name="f"; filename="${fileName}"`, 'bytes')}--edge--\r\n`,
  );
  const body = chance.happens(0.3) ? mutated(whole, chance) : whole;
  const headers = {
    'content-type': 'multipart/form-data; boundary=edge',
    'content-length': String(body.length),
  };
  const request = Object.assign(Readable.from([body]), { headers, complete: true });
  try {
    const form = await readUpload(request as unknown as IncomingMessage, {} as ServerResponse, undefined);
    sendRpc(fuzz, { method: 'POST', ...form, isMultipart: true, baseUrl: 'http://twin/run/' });
  } catch (error) {
    if (!(error instanceof UploadError)) fuzz.mistake('an upload', error);
    else fuzz.mustTellNothing('an upload', error.message);
    fuzz.count('unread upload', false);
  }
}

function sendRpc(fuzz: FuzzCase, request: RpcRequest): void {
  const before = fuzz.world;
  const { name } = callOfRequest(request);
  const label = name in goodCalls ? name : 'unknown command';
  const isJson = wantsJson(request.params);
  try {
    fuzz.timed(label, () => lookAt(fuzz, label, successAnswer(fuzz.main.apTest.call(request), isJson), 0));
    fuzz.count(label, true);
  } catch (error) {
    fuzz.count(label, false);
    if (error instanceof ProductFault) lookAt(fuzz, label, refusalAnswer(error, isJson), 1);
    else fuzz.mistake(label, error);
    if (fuzz.world !== before) fuzz.found(`${label} was refused and changed the state`);
  }
}

/** An answer is ASCII and begins with its code. */
function lookAt(fuzz: FuzzCase, name: string, { contentType, body }: RpcResponse, code: number): void {
  const text = typeof body === 'string' ? body : [...body].join('');
  fuzz.mustTellNothing(name, text);
  const told =
    contentType === 'application/json'
      ? (JSON.parse(text) as { result: unknown }).result
      : text.split('\n')[0];
  if (!/^[\n\x20-\x7e]*$/.test(text) || String(told) !== String(code))
    fuzz.found(`${name}: no answer of the product: ${JSON.stringify(text.slice(0, 500))}`);
}
