import { readSettings } from '../../src/http/settings.ts';
import { createPages } from '../../src/pages/app.ts';
import type { Runner } from '../../src/runner/runner.ts';
import { servedWsdl } from '../../src/soap/wsdl-document.ts';
import { World } from '../../src/world/world.ts';
import { Worlds } from '../../src/worlds/worlds.ts';
import { type Edge, KeptLog, startEdge, wsdlText } from './edge.ts';

/** A listener with the real pages and control over an empty world with a frozen clock. */
export async function startPages(
  options: { token?: string; boundHost?: string; allowedHosts?: readonly string[] } = {},
): Promise<{ edge: Edge; url: string; runner: Runner; worlds: Worlds; log: KeptLog }> {
  const log = new KeptLog();
  const worlds = new Worlds(
    { world: new World('seed'), clock: { mode: 'frozen', now: Date.parse('2026-01-31T09:15:00Z') } },
    { host: { now: () => Date.parse('2026-05-05T05:05:05Z') }, idleMs: 60_000, most: 10 },
  );
  const app = createPages({
    version: '1.2.3',
    log,
    wsdl: (address) => servedWsdl(wsdlText, address),
    controlled: {
      worlds,
      version: '1.2.3',
      startOf: async () => ({ world: new World('other'), clock: { mode: 'real' } }),
      moves: undefined,
      open: async () => 'http://127.0.0.1:1',
      reload: async () => worlds.main.runner.clock.state(),
    },
    guard: {
      token: options.token,
      boundHost: options.boundHost ?? '127.0.0.1',
      allowedHosts: options.allowedHosts ?? [],
    },
    limits: readSettings(),
  });
  const edge = await startEdge({ pages: app, world: worlds.main });
  return { edge, url: edge.listener.url, runner: worlds.main.runner, worlds, log };
}
