import { expect, test } from 'vitest';
import { isSecretName, secretsIn, withoutSecrets } from '../../src/text/secrets.ts';

test.each([
  'password',
  'Password',
  'VAR_password',
  'cookie',
  'Cookie',
  'Set-Cookie',
  'rpctoken',
  'rpcToken',
  'token',
  'rpc_token',
  'rpctoken ',
  'rpctoken[]',
  'rpctokn',
])('%s names a secret', (name) => expect(isSecretName(name)).toBe(true));

test.each(['cookies', 'summary', 'tokenizer', 'passwordHint', 'name'])('%s names none', (name) =>
  expect(isSecretName(name)).toBe(false),
);

test('what was sent as a secret is taken out of messages', () => {
  const secrets = secretsIn({
    cookie: 123_456,
    pUser: { password: 'hush', name: 'Ann' },
    rpctoken: ['one', 'two'],
  });
  expect([...secrets]).toEqual(['123456', 'hush', 'one', 'two']);
  expect(withoutSecrets('Nobody has 123456 or hush, says Ann.', secrets)).toBe(
    'Nobody has *** or ***, says Ann.',
  );
});

test('nothing stays of a secret that begins with another one', () => {
  expect(withoutSecrets('hush-hush is no hush', ['hush', 'hush-hush'])).toBe('*** is no ***');
});
