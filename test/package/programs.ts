/** What stands in the projects that the package is installed into. */
export const moduleProgram = `import { startTwin, TestSession } from 'twintrack';

const twin = await startTwin();
const inExample = { suite: 'Example', user: 'lake' };
const code = twin.inSuite(inExample, (suite) => new TestSession(suite, 57, true).result(0, 'pass'));
console.log(twin.summary.projects[0].name, code);
await twin.close();
`;

export const commonJsProgram = `const { startTwin } = require('twintrack');
const { TestTrackClient } = require('twintrack/client');
const { TestSession } = require('twintrack/aptest');

startTwin().then(async (twin) => {
  const fork = await twin.fork();
  const inExample = { suite: 'Example', user: 'lake' };
  const code = fork.inSuite(inExample, (suite) => new TestSession(suite, 57, true).result(0, 'pass'));
  console.log(twin.summary.projects[0].name, typeof TestTrackClient, code);
  await twin.close();
});
`;

export const vitestFile = `import { twinTest } from 'twintrack/vitest';
import { expect } from 'vitest';

const test = twinTest();

test('has the demo', ({ world }) => {
  world.clock.advance('1h');
  expect(world.summary.projects.length).toBeGreaterThan(0);
});

test('shares nothing with the other', ({ world, twin }) => {
  expect(world.clock.now().getTime() - twin.clock.now().getTime()).toBeLessThan(60_000);
});
`;

export const typedProgram = `import { startTwin, TestSession, type Twin, type GivenRule } from 'twintrack';
import { TestTrackClient } from 'twintrack/client';
import { OpenSuite } from 'twintrack/aptest';

const rule: GivenRule = { when: { operation: 'saveDefect', call: 3 }, do: { fault: 22 } };
// @ts-expect-error: there is no such action
const wrong: GivenRule = { do: { faulty: 22 } };

export async function use(): Promise<string | undefined> {
  const twin: Twin = await startTwin({ settings: { maxBody: '20MB' } });
  twin.rules.add(rule);
  twin.rules.add(wrong);
  twin.journal.verify({ calls: [{ operation: 'saveDefect' }], times: 1 });
  const note = twin.inSuite({ suite: 'Example', user: 'lake' }, (suite: OpenSuite) => {
    new TestSession(suite, 57, true).note(0, 'Done', 'pass');
    return suite.name;
  });
  const fork = await twin.fork();
  await fork.drop();
  await twin.close();
  return note ?? TestTrackClient.name;
}
`;

/** Needs each library that is loaded when its time comes: first of what is imported, then of the program. */
export const seldomProgram = `import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { startTwin } from 'twintrack';
import { TestTrackClient } from 'twintrack/client';

const project = {
  name: 'Large',
  users: [{ login: 'ann', last: 'Lee' }],
  generate: { defects: 5 },
  exportTemplates: [{ name: 'List', kind: 'records', table: 'Defect', fields: ['Number', 'Summary'] }],
};
const scenario = { twintrack: 1, testtrack: { projects: [project] } };

const statusOf = (url) =>
  new Promise((resolve, reject) => {
    get(url, { rejectUnauthorized: false }, ({ statusCode }) => resolve(statusCode)).on('error', reject);
  });

async function useEach(url, tlsUrl) {
  const tt = await TestTrackClient.logOn({ url, project: 'Large', username: 'ann', password: '' });
  const { defectnumber } = await tt.getDefect({ defectNumber: 5 });
  const word = await tt.getDocForExportTemplate({ tablename: 'Defect', templateName: 'List' });
  const metrics = await (await fetch(url + '/__admin/metrics')).text();
  await tt.logOff();
  const secure = await statusOf(tlsUrl + '/__admin/health');
  console.log(defectnumber, JSON.stringify(word).length > 1000, /^# HELP/m.test(metrics), secure);
}

const twin = await startTwin({ scenario, tls: { port: 0 } });
await useEach(twin.url, twin.tlsUrl);
await twin.close();

writeFileSync('large.json', JSON.stringify(scenario));
const words = ['serve', '--scenario', 'large.json', '--port', '0', '--tls', '--tls-port', '0'];
const program = spawn(process.execPath, ['node_modules/twintrack/dist/cli/main.js', ...words]);
let said = '';
for await (const piece of program.stdout) {
  said += piece;
  if (said.includes('Ctrl+C')) break;
}
await useEach(/http:\\/\\/\\S+:\\d+/.exec(said)[0], /https:\\/\\/\\S+:\\d+/.exec(said)[0]);
program.kill();
`;

/**
 * Starts and calls with the console's files out of the way, and asks for the console when they are back: first of what is
 * imported, then of the program.
 *
 * @param files where they lie, and where they are meanwhile
 */
export const unwatchedProgram = (
  ...files: readonly (string | undefined)[]
) => `import { spawn } from 'node:child_process';
import { renameSync } from 'node:fs';
import { startTwin } from 'twintrack';
import { TestTrackClient } from 'twintrack/client';

const [its, aside] = ${JSON.stringify(files)};

async function use(start) {
  renameSync(its, aside);
  const url = await start();
  const tt = await TestTrackClient.logOn({ url, project: 'Sample Project', username: 'administrator', password: '' });
  const { defectnumber } = await tt.getDefect({ defectNumber: 2 });
  renameSync(aside, its);
  const { headers } = await fetch(url + '/__console/main.js');
  console.log(defectnumber, /javascript/.test(headers.get('content-type')) ? 'script' : 'no script');
}

let twin;
await use(async () => {
  twin = await startTwin();
  return twin.url;
});
await twin.close();

let program;
await use(async () => {
  program = spawn(process.execPath, ['node_modules/twintrack/dist/cli/main.js', 'serve', '--port', '0']);
  let said = '';
  for await (const piece of program.stdout) {
    said += piece;
    if (said.includes('Ctrl+C')) break;
  }
  return /http:\\/\\/\\S+:\\d+/.exec(said)[0];
});
program.kill();
`;
