import { expect, test } from 'vitest';
import { TestTrackClient } from '../../src/client/index.ts';
import { startTwin } from '../../src/index.ts';
import { tinyScenario } from '../support/scenarios.ts';

test('a client is given the address of a world as it stands in world.url', async () => {
  await using twin = await startTwin({ scenario: tinyScenario });
  await using world = await twin.fork({ listen: false });
  const server = await TestTrackClient.connect({ url: world.url });
  await expect(server.call('getDatabaseList', {})).resolves.toHaveLength(1);
  expect(world.journal.entries()).toHaveLength(1);
});
