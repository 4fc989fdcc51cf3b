import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { packageRoot } from '../../src/package/package-root.ts';
import { version } from '../../src/package/version.ts';

interface Step {
  readonly name?: string;
  readonly run?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}
interface Job {
  readonly needs?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const workflow = (name: string): Workflow =>
  parse(readFileSync(path.join(packageRoot, '.github/workflows', name), 'utf8'));
const folder = mkdtempSync(path.join(tmpdir(), 'twintrack-release-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a step as a runner does, in a folder that has the package's package.json. */
function run({ run: line = '' }: Step, env: Readonly<Record<string, string>>): number | null {
  copyFileSync(path.join(packageRoot, 'package.json'), path.join(folder, 'package.json'));
  return spawnSync('bash', ['-eo', 'pipefail', '-c', line], { cwd: folder, env: { ...process.env, ...env } })
    .status;
}

describe('the release', () => {
  const { on, permissions, jobs } = workflow('release.yml');
  const stepsOf = (job: string): readonly Step[] => jobs[job]?.steps ?? [];
  const stepWith = (job: string, text: string): Step => {
    const found = stepsOf(job).find(({ run: line, uses }) => (line ?? uses ?? '').includes(text));
    if (!found) throw new Error(`${job} has no step with ${text}`);
    return found;
  };

  test('begins with a tag, and neither package, executable nor image goes out before the tests passed', () => {
    expect(on).toEqual({ push: { tags: ['v*'] } });
    expect(permissions).toEqual({ contents: 'read' });
    expect(stepWith('test', 'npm test')).toBeDefined();
    expect([jobs.package, jobs.executable, jobs.image].map((job) => job?.needs)).toEqual([
      'test',
      'test',
      'test',
    ]);
  });

  test('goes on for the tag of the package’s version only', () => {
    const step = stepWith('test', 'GITHUB_REF_NAME');
    expect(run(step, { GITHUB_REF_NAME: `v${version}` })).toBe(0);
    expect(run(step, { GITHUB_REF_NAME: 'v99.0.0' })).not.toBe(0);
  });

  test('publishes with provenance, which needs the repository’s name and an identity', () => {
    expect(run(stepWith('package', 'npm pkg set'), { GITHUB_REPOSITORY: 'team/twintrack' })).toBe(0);
    expect(JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'))).toMatchObject({
      version,
      repository: { type: 'git', url: 'git+https://github.com/team/twintrack.git' },
    });
    expect(stepWith('package', 'npm publish').run).toBe('npm publish --provenance --access public');
    expect(jobs.package?.permissions).toMatchObject({ 'id-token': 'write' });
  });

  test('puts the executable, its licences and their sums beside the release, which it makes if it is not there', () => {
    const name = 'twintrack-linux-x64';
    for (const file of [name, `${name}.txt`]) writeFileSync(path.join(folder, file), file);
    // Stands for GitHub's program: writes down how it was called, and knows no release yet.
    const gh = '#!/bin/sh\necho "$*" >> calls\ntest "$2" != view\n';
    writeFileSync(path.join(folder, 'gh'), gh, { mode: 0o755 });
    const env = {
      PATH: `${folder}:${process.env.PATH}`,
      GITHUB_REF_NAME: 'v9.9.9',
      GITHUB_REPOSITORY: 'team/tt',
    };
    expect(run(stepWith('executable', 'gh release'), env)).toBe(0);
    const [, create, upload] = readFileSync(path.join(folder, 'calls'), 'utf8').split('\n');
    expect(create).toBe('release create v9.9.9 --repo team/tt --verify-tag --generate-notes');
    expect(upload).toBe(`release upload v9.9.9 --clobber --repo team/tt ${name} ${name}.txt ${name}.sha256`);
    expect(run({ run: `sha256sum --check ${name}.sha256` }, {})).toBe(0);
    expect(jobs.executable?.permissions).toEqual({ contents: 'write' });
  });

  test('builds and pushes the image for two architectures', () => {
    expect(stepWith('image', 'docker/build-push-action').with).toMatchObject({
      platforms: 'linux/amd64,linux/arm64',
      push: true,
    });
    expect(jobs.image?.permissions).toMatchObject({ packages: 'write' });
  });
});

test('the site is built for each change, and published from main alone', () => {
  const { on, jobs } = workflow('site.yml');
  expect(Object.keys(on)).toEqual(['push', 'pull_request']);
  expect(jobs.build?.steps.some(({ run: line }) => /vitepress@[\d.]+ build docs/.test(line ?? ''))).toBe(
    true,
  );
  expect(jobs.publish).toMatchObject({ needs: 'build', if: "github.event_name == 'push'" });
});
