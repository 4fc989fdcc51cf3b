import { createPages } from '../../src/http/app.ts';
import { Runner } from '../../src/runner/runner.ts';
import { servedWsdl } from '../../src/soap/wsdl-document.ts';
import { Clock } from '../../src/world/clock.ts';
import { World } from '../../src/world/world.ts';
import { type Edge, KeptLog, startEdge, wsdlText } from './edge.ts';

/** A listener with the real pages and control over an empty world with a frozen clock. */
export async function startPages(
  options: { token?: string; boundHost?: string; allowedHosts?: readonly string[] } = {},
): Promise<{ edge: Edge; url: string; runner: Runner; log: KeptLog }> {
  const log = new KeptLog();
  const clock = new Clock(() => Date.parse('2026-05-05T05:05:05Z'), {
    mode: 'frozen',
    now: Date.parse('2026-01-31T09:15:00Z'),
  });
  const runner = new Runner(new World('seed'), clock);
  const app = createPages({
    version: '1.2.3',
    log,
    wsdl: (address) => servedWsdl(wsdlText, { address, form: 'current' }),
    controlled: { runner, version: '1.2.3' },
    guard: {
      token: options.token,
      boundHost: options.boundHost ?? '127.0.0.1',
      allowedHosts: options.allowedHosts ?? [],
    },
  });
  const edge = await startEdge({ pages: (request, response) => app(request, response) });
  return { edge, url: edge.listener.url, runner, log };
}
