import type { ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { Call } from '../runner/call.ts';

type OpenTelemetry = typeof import('@opentelemetry/api');

/** Where the API of OpenTelemetry notes what an SDK gave it. Without it nobody collects spans in this process. */
const registered = Symbol.for('opentelemetry.js.api.1');

/** Whether an SDK of OpenTelemetry collects spans in this process. */
export function isCollected(): boolean {
  return registered in globalThis;
}

/**
 * Opens a span for a call, where the user has an SDK of OpenTelemetry in the process: `@opentelemetry/api` is loaded by the first
 * call then, and never otherwise. The span ends with the answer.
 */
export function openSpan(response: ServerResponse, { api, name }: Call, world: string): void {
  const found = openTelemetry();
  if (!found) return;
  const { context, propagation, trace, SpanKind, SpanStatusCode } = found;
  const parent = propagation.extract(context.active(), response.req.headers);
  const span = trace.getTracer('twintrack').startSpan(
    `${api} ${name}`,
    {
      kind: SpanKind.SERVER,
      attributes: { 'rpc.system': api, 'rpc.method': name, 'twintrack.world': world },
    },
    parent,
  );
  response.once('close', () => {
    span.setAttribute('http.response.status_code', response.statusCode);
    if (!response.writableFinished || response.statusCode >= 500)
      span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  });
}

/** The user's own; undefined where it cannot be found, so that a call is answered all the same. */
function openTelemetry(): OpenTelemetry | undefined {
  try {
    return createRequire(import.meta.url)('@opentelemetry/api') as OpenTelemetry;
  } catch {
    return undefined;
  }
}
