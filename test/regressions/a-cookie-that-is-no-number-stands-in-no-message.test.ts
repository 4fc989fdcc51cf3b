import { expect, test } from 'vitest';
import { envelope } from '../support/soap-message.ts';
import { codec, faultFrom } from '../support/soap-requests.ts';

test('what was sent as a cookie and is no number is not repeated in the hint, which goes to the log', () => {
  const call = '<ns:DatabaseLogoff><cookie>s3cret-word</cookie></ns:DatabaseLogoff>';
  const { text, hint } = faultFrom(() => codec.readRequest(envelope(call)));
  expect(`${text} ${hint}`).not.toContain('s3cret-word');
  expect(hint).toContain('cookie');
});
