import { describe, expect, test } from 'vitest';
import { PinoLog } from '../../src/log/pino-log.ts';
import { readableLine } from '../../src/log/readable.ts';

async function logged(
  options: { level?: 'info' | 'debug' | 'error' | 'silent'; format?: 'human' | 'json' },
  tell: (log: PinoLog) => void,
) {
  let text = '';
  const log = new PinoLog({
    level: options.level ?? 'info',
    format: options.format ?? 'json',
    write: (line) => {
      text += line;
    },
  });
  tell(log);
  await log.flush();
  return text;
}

test('lines come in the order they were told, also those from before pino was loaded', async () => {
  const text = await logged({}, (log) => {
    log.info('one');
    log.warn('two', { status: 3 });
    log.error('three');
  });
  const lines = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines).toMatchObject([
    { level: 'info', msg: 'one' },
    { level: 'warn', msg: 'two', status: 3 },
    { level: 'error', msg: 'three' },
  ]);
  for (const line of lines) expect(line.time).toBeTypeOf('number');
});

test.each([
  ['silent', ''],
  ['error', 'e'],
  ['info', 'ewi'],
  ['debug', 'ewid'],
] as const)('the level %s keeps "%s"', async (level, kept) => {
  const text = await logged({ level }, (log) => {
    log.error('e');
    log.warn('w');
    log.info('i');
    log.debug('d');
  });
  expect([...text.matchAll(/"msg":"(.)"/g)].map(([, sign]) => sign).join('')).toBe(kept);
});

test('secrets are hidden in every line', async () => {
  const text = await logged({}, (log) => {
    log.info('x', { password: 'hush', cookie: 4711, input: { password: 'hush', rpctoken: 'hush' } });
  });
  expect(text).not.toMatch(/hush|4711/);
  expect(text).toContain('(hidden)');
});

test('an error keeps its stack in the log', async () => {
  const text = await logged({ format: 'human' }, (log) =>
    log.error('A mistake', { error: new TypeError('inside') }),
  );
  expect(text).toMatch(/error A mistake\n +TypeError: inside\n +at /);
});

describe('a line for people', () => {
  test('has time, level, sentence, fields and the hint below', () => {
    const json = JSON.stringify({
      level: 'info',
      time: 0,
      msg: 'refused with 6',
      hint: 'Look there.',
      status: 3,
      who: 'a b',
    });
    expect(readableLine(json)).toBe(
      '00:00:00.000 info  refused with 6 status=3 who="a b"\n             Look there.\n',
    );
  });

  test('shows signs that steer a terminal instead of sending them', () => {
    const json = JSON.stringify({ level: 'info', time: 0, msg: 'a\u001b[31m\nb', hint: 'c\rd\ne' });
    expect(readableLine(json)).toBe(
      '00:00:00.000 info  a\\u001b[31m\\nb\n             c\\u000dd\n             e\n',
    );
  });
});

test('a sentence alone is there at once, before long work begins', () => {
  let text = '';
  const write = (line: string) => {
    text += line;
  };
  new PinoLog({ level: 'info', format: 'json', write }).info('Loading');
  expect(JSON.parse(text)).toEqual({ level: 'info', time: expect.any(Number), msg: 'Loading' });
});
