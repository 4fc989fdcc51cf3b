import type { IncomingHttpHeaders } from 'node:http';

/** Which trace a request is part of, by the W3C's header `traceparent`. */
export interface TraceContext {
  readonly traceId: string;
  /** Of the span that made the request. */
  readonly spanId: string;
}

const form = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-.*)?$/;

/**
 * Reads the header `traceparent`. Of later versions the parts of the first are read, as the recommendation asks; what is not
 * well written counts as not sent.
 */
export function traceOf({ traceparent }: IncomingHttpHeaders): TraceContext | undefined {
  if (typeof traceparent !== 'string') return undefined;
  const [, version, traceId = '', spanId = '', more] = form.exec(traceparent) ?? [];
  if (version === undefined || version === 'ff' || (version === '00' && more !== undefined)) return undefined;
  if (/^0+$/.test(traceId) || /^0+$/.test(spanId)) return undefined;
  return { traceId, spanId };
}
