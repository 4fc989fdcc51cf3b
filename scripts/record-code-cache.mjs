/**
 * Runs the built program as far as its first answers and writes down what V8 compiled on the way, for
 * `src/cli/launcher.ts`. Plain JavaScript, because it must run in the very Node that the program will run in, with
 * nothing else loaded.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import vm from 'node:vm';

const program = path.resolve(process.argv[2]);

// Wrapped and named exactly as the launcher does it.
const code = `(function(exports,require,module,__filename,__dirname){${readFileSync(program, 'utf8')}\n})`;
const script = new vm.Script(code, { filename: 'twintrack/cli/program.cjs' });

const call = (operation) =>
  `<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"><Body><${operation} xmlns="urn:testtrack-interface"/></Body></Envelope>`;

/** What a first user does: the demo is served, a call of each product answered, one of them refused. */
async function firstAnswers(url) {
  for (const operation of ['getDatabaseList', 'getProjectDataOptionList', 'getDefect']) {
    await (await fetch(`${url}/cgi-bin/ttsoapcgi.exe`, { method: 'POST', body: call(operation) })).text();
  }
  await (await fetch(`${url}/run/rpc.mpl?command=getSuiteList`)).text();
}

const show = process.stdout.write.bind(process.stdout);
process.stdout.write = (text) => {
  const [, url] = /answers on (http:\S+)/.exec(text) ?? [];
  if (url === undefined) return show(text);
  firstAnswers(url).then(() => {
    writeFileSync(`${program}.cache`, script.createCachedData());
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
