import { expect, test } from 'vitest';
import { message, secret } from '../../src/text/message.ts';

test('a message has its secrets for the client only', () => {
  expect(message`${2} values of ${'rpctoken'}: ${secret('a')}, ${secret('$&')}`).toEqual({
    whole: '2 values of rpctoken: a, $&',
    shown: '2 values of rpctoken: ***, ***',
  });
});

test('a message without secrets is shown as it is sent', () => {
  expect(message`No such set: ${'C:\\new'}`).toEqual({
    whole: 'No such set: C:\\new',
    shown: 'No such set: C:\\new',
  });
});
