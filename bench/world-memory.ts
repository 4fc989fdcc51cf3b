/**
 * What a small world takes of the memory, for docs/scale.md: `npm run scale:memory [-- --worlds N]`. A twin with the demo as users
 * start it; each world comes to be on its first use and gets ten defects of its own.
 */
import { parseArgs } from 'node:util';
import { demoScenario } from '../src/twin.ts';
import { soapClient } from '../test/support/soap-client.ts';
import { soapPath } from './requests.ts';
import { residentMegabytes, twinServer } from './servers.ts';

const { values } = parseArgs({ options: { worlds: { type: 'string', default: '1000' } } });
const count = Number(values.worlds);
if (!Number.isInteger(count) || count < 1) throw new Error('--worlds is a number from 1 on');

const DEFECTS_EACH = 10;
const twin = await twinServer(demoScenario, ['--worlds-on-demand', '--max-worlds', String(count + 2)]);

async function use(name: string): Promise<void> {
  const tt = soapClient(`http://127.0.0.1:${twin.port}/w/${name}${soapPath}`);
  const cookie = await tt.DatabaseLogon({ dbname: 'Project', username: 'username', password: 'password' });
  for (let defect = 1; defect <= DEFECTS_EACH; defect++)
    await tt.addDefect({ cookie, pDefect: { summary: `${defect} of ${name}` } });
}

// The first one loads what each of them needs.
await use('first');
const before = residentMegabytes(twin.pid);
for (let at = 1; at <= count; at++) await use(`job-${at}`);
const after = residentMegabytes(twin.pid);
await twin.stop();
const each = ((after - before) * 1024) / count;
console.log(
  `${count} worlds: ${before.toFixed(0)} MB before, ${after.toFixed(0)} MB after, ${each.toFixed(0)} kB each`,
);
