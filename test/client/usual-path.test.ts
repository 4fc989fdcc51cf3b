import { expect, test } from 'vitest';
import { withUsualPath } from '../../src/client/usual-path.ts';

test.each([
  ['http://host', 'http://host/run/rpc.mpl'],
  ['http://host:8080/', 'http://host:8080/run/rpc.mpl'],
  ['http://host/w/checkout', 'http://host/w/checkout/run/rpc.mpl'],
  ['http://host/w/checkout/', 'http://host/w/checkout/run/rpc.mpl'],
  ['http://host/w/checkout/atm/run/rpc.mpl', 'http://host/w/checkout/atm/run/rpc.mpl'],
  ['http://host/atm/rpc.mpl', 'http://host/atm/rpc.mpl'],
  ['http://host/w', 'http://host/w'],
])('%s is called at %s', (url, whole) => {
  expect(withUsualPath(new URL(url), '/run/rpc.mpl')).toBe(whole);
});
