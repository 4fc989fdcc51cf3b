/** Limits that are given wrongly stop the start (item 29 of the list of attacks); given rightly, they hold. */
import { afterEach, describe, expect, test } from 'vitest';
import { type GivenSettings, startTwin, type Twin } from '../../src/index.ts';
import { envelope } from '../support/edge.ts';
import { tinyScenario } from '../support/scenarios.ts';

let twin: Twin | undefined;
afterEach(() => twin?.close());

describe('a twin does not start with', () => {
  test.each([
    { maxBody: '10MBB' },
    { maxBody: Number.NaN },
    { maxBody: -1 },
    { maxBody: 0 },
    { maxBody: Number.POSITIVE_INFINITY },
    { bodyTimeout: '10' },
    { bodyTimeout: '-1s' },
    { soapDepth: 'deep' },
    { gzipRatio: 1.5 },
  ] as GivenSettings[])('%j', async (settings) => {
    const [name = ''] = Object.keys(settings);
    await expect(startTwin({ scenario: tinyScenario, settings })).rejects.toThrow(`${name}: "`);
  });
});

test('the limits of a SOAP request can be set', async () => {
  const deep = (levels: number) => envelope('getDatabaseList', '<a>'.repeat(levels) + '</a>'.repeat(levels));
  const status = async (body: string) => (await fetch(twin?.soapUrl ?? '', { method: 'POST', body })).status;
  twin = await startTwin({ scenario: tinyScenario, settings: { soapDepth: 10, maxBody: '1kB' } });
  expect(await status(deep(7))).toBe(200);
  expect(await status(deep(8))).toBe(500);
  expect(await status('x'.repeat(1025))).toBe(413);
});

test.each([
  ['soapDepth', 10, '<a>'.repeat(8) + '</a>'.repeat(8)],
  ['soapElements', 5, '<a/>'.repeat(5)],
  ['soapAttributes', 2, '<a b="1" c="2" d="3"/>'],
])('a SOAP request over %s is told which setting that is', async (name, limit, parts) => {
  twin = await startTwin({ scenario: tinyScenario, settings: { [name]: limit } });
  const answer = await fetch(twin.soapUrl, { method: 'POST', body: envelope('getDatabaseList', parts) });
  expect(answer.status).toBe(500);
  expect(answer.headers.get('x-twintrack-hint')).toContain(`(setting ${name})`);
});
