import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import { afterEach, describe, expect, test } from 'vitest';
import { traceOf } from '../../src/http/trace-context.ts';
import { startTwin } from '../../src/twin.ts';
import { KeptLog } from '../support/edge.ts';
import { soapClient } from '../support/soap-client.ts';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const spanId = '00f067aa0ba902b7';
const good = `00-${traceId}-${spanId}-01`;

describe('the header traceparent', () => {
  test('names trace and span, in later versions too', () => {
    expect(traceOf({ traceparent: good })).toEqual({ traceId, spanId });
    expect(traceOf({ traceparent: `cc-${traceId}-${spanId}-01-more` })).toEqual({ traceId, spanId });
  });

  test.each([
    ['is missing', undefined],
    ['has another form', 'trace'],
    ['has capitals', good.toUpperCase()],
    ['has a version that is none', `ff-${traceId}-${spanId}-01`],
    ['goes on in the first version', `${good}-more`],
    ['has a trace of zeros', `00-${'0'.repeat(32)}-${spanId}-01`],
    ['has a span of zeros', `00-${traceId}-${'0'.repeat(16)}-01`],
    ['is very long', `${good}${'x'.repeat(10_000)}`],
  ])('counts as not sent when it %s', (_what, traceparent) => {
    expect(traceOf({ ...(traceparent === undefined ? {} : { traceparent }) })).toBeUndefined();
  });
});

describe('a call that is part of a trace', () => {
  const call = (url: string, headers: Record<string, string> = { traceparent: good }) =>
    fetch(`${url}/run/rpc.mpl?command=getSuiteList&rpctoken=token&username=lake`, { headers });

  test('says so in the journal and in the log', async () => {
    const log = Object.assign(new KeptLog(), { isInfo: true });
    await using twin = await startTwin({ log });
    await call(twin.url);
    await call(twin.url, {});
    const [traced, untraced] = twin.journal.entries();
    expect(traced).toMatchObject({ operation: 'getSuiteList', traceId, spanId });
    expect(untraced).not.toHaveProperty('traceId');
    const told = log.lines.filter(({ message }) => message.startsWith('getSuiteList'));
    expect(told.map(({ fields }) => fields?.traceId)).toEqual([traceId, undefined]);
  });

  test('keeps its trace when a fault rule lets it wait, or answers in its place', async () => {
    await using twin = await startTwin();
    twin.rules.add({ name: 'slow', when: { operation: 'getSuiteList', call: 1 }, do: { delay: '1ms' } });
    twin.rules.add({
      name: 'no',
      when: { operation: 'getSuiteList', call: 2 },
      do: { fault: { text: 'No' } },
    });
    await call(twin.url);
    await call(twin.url);
    expect(twin.journal.entries()).toMatchObject([
      { traceId, note: expect.stringContaining('slow') },
      { traceId, fault: { text: 'No' } },
    ]);
  });
});

describe('spans', () => {
  const kept = new InMemorySpanExporter();
  const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(kept)] });
  afterEach(() => {
    kept.reset();
    trace.disable();
    propagation.disable();
    context.disable();
  });
  const spans = async (count: number) => {
    await expect.poll(() => kept.getFinishedSpans().length).toBe(count);
    return kept.getFinishedSpans();
  };

  test('are told to the SDK that the user brings, below the span of the client', async () => {
    provider.register();
    await using twin = await startTwin();
    const body = 'command=getSuiteList&rpctoken=token&username=lake';
    await (await fetch(`${twin.rpcUrl}?${body}`, { headers: { traceparent: good } })).text();
    const [span] = await spans(1);
    expect(span).toMatchObject({
      name: 'aptest getSuiteList',
      kind: SpanKind.SERVER,
      attributes: {
        'rpc.system': 'aptest',
        'rpc.method': 'getSuiteList',
        'twintrack.world': 'main',
        'http.response.status_code': 200,
      },
      status: { code: SpanStatusCode.UNSET },
      parentSpanContext: { traceId, spanId, isRemote: true },
      ended: true,
    });
    expect(span?.spanContext().traceId).toBe(traceId);
  });

  test('begin a trace where the client has none, and say of a fault of SOAP that it is one', async () => {
    provider.register();
    await using twin = await startTwin();
    await using aside = await twin.fork({ name: 'aside' });
    const logOn = soapClient(aside.soapUrl).DatabaseLogon({ dbname: 'None', username: 'x', password: '' });
    await expect(logOn).rejects.toThrow();
    const [span] = await spans(1);
    expect(span).toMatchObject({
      name: 'testtrack DatabaseLogon',
      attributes: { 'twintrack.world': 'aside', 'http.response.status_code': 500 },
      status: { code: SpanStatusCode.ERROR },
    });
    expect(span?.parentSpanContext).toBeUndefined();
  });

  test('are none without an SDK', async () => {
    await using twin = await startTwin();
    await (await fetch(`${twin.rpcUrl}?command=getSuiteList`, { headers: { traceparent: good } })).text();
    expect(twin.journal.entries()).toHaveLength(1);
    expect(kept.getFinishedSpans()).toEqual([]);
  });
});
