import { expect, test } from 'vitest';
import { splitUrl } from '../../src/http/endpoint.ts';

test.each([
  ['/a/b?c=d?e', '/a/b', 'c=d?e'],
  ['/a', '/a', ''],
  ['/a?', '/a', ''],
  ['http://host:80/a?b', '/a', 'b'],
  ['http://host', '/', ''],
  ['?a', '/', 'a'],
  ['*', '*', ''],
])('the target %s is taken apart', (target, path, query) => {
  expect(splitUrl(target)).toEqual({ path, query });
});
