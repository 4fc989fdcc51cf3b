import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { startTwin } from '../../src/index.ts';
import { cloned } from '../../src/real/clone/clone.ts';
import { runWords } from '../support/terminal.ts';
import { recordingOf, replayOf } from './recordings.ts';
import { storyScenario, tellStory } from './replay-story.ts';
import { cloneOptions, serverThat, temporaryFolder } from './servers.ts';

const env = { NO_COLOR: '1' };

async function storyRecorded() {
  const twin = await startTwin({ scenario: storyScenario });
  onTestFinished(() => twin.close());
  return { twin, recording: await recordingOf(twin.url, tellStory) };
}

test('a clone that could not begin leaves nothing that is in the way of the next one', async () => {
  const { twin } = await storyRecorded();
  const options = cloneOptions(twin.url, { project: 'Own Ways', password: 'wrong' });
  await expect(cloned(options)).rejects.toThrow('not valid');
  expect(existsSync(options.out.replace('.yaml', '.part'))).toBe(false);
  const right = cloneOptions(twin.url, { project: 'Own Ways', username: 'lee', password: 'water' });
  await cloned({ ...right, out: options.out });
  expect(readFileSync(options.out, 'utf8')).toContain('Own Ways');
});

test('a replay that is answered with a login page says so', async () => {
  const { recording } = await storyRecorded();
  const page = '<html><title>Sign in</title><form><input type="password"></form></html>';
  const url = await serverThat((_, answer) => void answer.setHeader('content-type', 'text/html').end(page));
  const { exchanges } = await replayOf([recording], url);
  const said = exchanges.map(({ difference }) => String(difference?.live));
  expect(said.filter((each) => each.includes('a login page (HTTP 200, “Sign in”)')).length).toBe(
    exchanges.length,
  );
});

test('a recording that was cut off is told of whatever is made of it', async () => {
  const { recording } = await storyRecorded();
  const folder = temporaryFolder();
  const file = `${folder}/cut.jsonl`;
  const whole = readFileSync(recording.file);
  writeFileSync(file, whole.subarray(0, Math.floor(whole.length / 2)));
  const told = `${file}: it was cut off within its last line, which is left out.\n`;
  const from = await runWords(['scenario', 'from', file, '--out', `${folder}/cut.yaml`], env);
  expect(from).toMatchObject({ exitCode: 0, err: told });
  const derived = await runWords(
    ['contract', 'derive', '--recording', file, '--out', `${folder}/c.json`],
    env,
  );
  expect(derived).toMatchObject({ exitCode: 0, err: told });
});

test('a journal of a twin that is not there is told with the cause', async () => {
  const { twin } = await storyRecorded();
  const { url } = twin;
  await twin.close();
  const { exitCode, err } = await runWords(['contract', 'derive', '--journal', url], env);
  expect([exitCode, err]).toEqual([2, `--journal: ${url} gives no journal: nothing listens there.\n`]);
});
