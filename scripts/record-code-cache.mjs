/**
 * Runs the built program as far as its first answers and writes down what V8 compiled on the way: beside it, for
 * `src/cli/launcher.ts`, or where a second argument says. Plain JavaScript, because it must run in the very Node that the
 * program will run in, with nothing else loaded.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import vm from 'node:vm';

const program = path.resolve(process.argv[2]);
const record = process.argv[3] ?? `${program}.cache`;

// Wrapped and named exactly as the launcher does it.
const code = `(function(exports,require,module,__filename,__dirname){${readFileSync(program, 'latin1')}\n})`;
const script = new vm.Script(code, { filename: 'twintrack/cli/program.cjs' });

const envelope = (operation, parts) =>
  `<?xml version="1.0"?><S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><S:Body><t:${operation} xmlns:t="urn:testtrack-interface">${parts}</t:${operation}></S:Body></S:Envelope>`;

/** What a first user and a CI job do: calls of both products of each usual kind, some of them refused. */
async function firstAnswers(url) {
  const soap = async (operation, parts = '') => {
    const request = { method: 'POST', body: envelope(operation, parts) };
    return (await fetch(`${url}/cgi-bin/ttsoapcgi.exe`, request)).text();
  };
  const rpc = async (query) =>
    (await fetch(`${url}/run/rpc.mpl?rpctoken=token&username=lake&suite=Example&${query}`)).text();
  for (const operation of ['getDatabaseList', 'getProjectDataOptionList', 'getDefect']) await soap(operation);
  const logon = '<dbname>Sample Project</dbname><username>administrator</username><password></password>';
  const [, number] = />(\d+)</.exec(await soap('DatabaseLogon', logon)) ?? [];
  const cookie = `<cookie>${number}</cookie>`;
  for (const defect of [1, 2, 3]) {
    await soap('getDefect', `${cookie}<defectNumber>${defect}</defectNumber>`);
    const edited = await soap('editDefect', `${cookie}<defectNumber>${defect}</defectNumber>`);
    const [record = ''] = /<pDefect>.*<\/pDefect>/s.exec(edited) ?? [];
    await soap('saveDefect', cookie + record.replace('<summary>', '<summary>Again: '));
  }
  const columns =
    '<columnlist><item><name>Number</name></item><item><name>Summary</name></item></columnlist>';
  await soap('getRecordListForTable', `${cookie}<tablename>Defect</tablename>${columns}`);
  await soap('DatabaseLogoff', cookie);
  for (const command of ['getSuiteList', 'getSessionList', 'getSessionStatus&sessNum=1'])
    await rpc(`command=${command}`);
  await rpc('command=result&sess=1&tid=0&result=pass&note=Done');
}

const show = process.stdout.write.bind(process.stdout);
process.stdout.write = (text) => {
  const [, url] = /answers on (http:\S+)/.exec(text) ?? [];
  if (url === undefined) return show(text);
  firstAnswers(url).then(() => {
    writeFileSync(record, script.createCachedData());
    process.exit(0);
  });
  return true;
};
process.on('exit', (code) => {
  if (code !== 0) process.stderr.write('No code cache was written: the program starts, but takes longer.\n');
});
process.argv = [process.execPath, program, 'serve', '--port', '0', '--log-level', 'silent'];
const module = { exports: {} };
script.runInThisContext()(module.exports, createRequire(program), module, program, path.dirname(program));
