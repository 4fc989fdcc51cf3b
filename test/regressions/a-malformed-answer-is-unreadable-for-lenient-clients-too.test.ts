import { expect, test } from 'vitest';
import { TestTrackClient, TestTrackConnectionError } from '../../src/client/index.ts';
import { startTwin } from '../../src/index.ts';
import { tinyScenario } from '../support/scenarios.ts';

test('strong-soap, which passes over a broken beginning, cannot read it', async () => {
  await using twin = await startTwin({ scenario: tinyScenario });
  const server = await TestTrackClient.connect({ url: twin.url });
  await expect(server.call('getDatabaseList', {})).resolves.toHaveLength(1);
  twin.rules.add({ when: { operation: 'getDatabaseList' }, do: { malformed: true } });
  await expect(server.call('getDatabaseList', {})).rejects.toThrow(TestTrackConnectionError);
});
