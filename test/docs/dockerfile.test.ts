import { readFileSync } from 'node:fs';
import path from 'node:path';
import { validate } from 'dockerfile-utils';
import { expect, test } from 'vitest';
import { packageRoot } from '../../src/package/package-root.ts';

const dockerfile = readFileSync(path.join(packageRoot, 'Dockerfile'), 'utf8');

test('the Dockerfile has nothing that a linter complains about', () => {
  expect(validate(dockerfile)).toEqual([]);
  expect(validate(dockerfile.replace('USER node', 'USR node')), 'the linter sees mistakes').toHaveLength(1);
});

test('the image runs as a user without rights, checks its health and keeps state in mounted folders', () => {
  const [, shipped = ''] = dockerfile.split(/^FROM .*-alpine$/m).slice(-2);
  expect(shipped).toMatch(/^USER node$/m);
  expect(shipped).toMatch(/^HEALTHCHECK /m);
  expect(shipped).toMatch(/^VOLUME \["\/scenarios", "\/state"\]$/m);
});
