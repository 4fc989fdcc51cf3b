/**
 * Time from the start of a program to its first answer, the median of 15 starts in turn:
 *
 *     node bench/first-answer.mjs executable/twintrack-linux-x64
 *
 * measures the built program with the Node that runs this, and each program that is named.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

const programs = [[process.execPath, 'dist/cli/main.js'], ...process.argv.slice(2).map((each) => [each])];

async function firstAnswerMs([program, ...words]) {
  const begun = performance.now();
  const child = spawn(program, [...words, 'serve', '--port', '0', '--log-level', 'silent'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  for await (const piece of child.stdout) {
    printed += piece;
    const [, url] = /answers on (http:\S+)/.exec(printed) ?? [];
    if (url === undefined) continue;
    await (await fetch(`${url}/__admin/health`)).text();
    break;
  }
  const taken = performance.now() - begun;
  child.kill();
  await once(child, 'exit');
  return taken;
}

const times = programs.map(() => []);
// The first question loads `fetch`.
await firstAnswerMs(programs[0]);
for (let round = 0; round < 15; round++)
  for (const [at, program] of programs.entries()) times[at].push(await firstAnswerMs(program));
for (const [at, program] of programs.entries()) {
  const [median] = times[at].sort((one, other) => one - other).slice(7);
  process.stdout.write(`${String(Math.round(median)).padStart(5)} ms  ${program.join(' ')}\n`);
}
