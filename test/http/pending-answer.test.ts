import { afterEach, describe, expect, test } from 'vitest';
import { Pending } from '../../src/answers/pending.ts';
import { type Edge, envelope, soapRequest, startEdge } from '../support/edge.ts';
import { exchange, RawConnection } from '../support/raw-http.ts';

let edge: Edge;
afterEach(() => edge.listener.close());

/** A promise that the test ends. */
function openEnded<T>() {
  const ends: { resolve: (value: T) => void; reject: (reason: Error) => void }[] = [];
  const promise = new Promise<T>((resolve, reject) => ends.push({ resolve, reject }));
  return {
    promise,
    resolve: (value: T) => ends[0]?.resolve(value),
    reject: (reason: Error) => ends[0]?.reject(reason),
  };
}

const request = () => soapRequest(envelope('getDocForExportTemplate'));

describe('an answer whose bytes take time to make', () => {
  test('is sent when they are there, and other calls are answered meanwhile', async () => {
    const made = openEnded<object>();
    const pending = new Pending({}, () => made.promise);
    edge = await startEdge({ answer: (name) => (name === 'getDocForExportTemplate' ? pending : 1) });
    const slow = await RawConnection.open(edge.port);
    slow.send(request());
    expect(await exchange(edge.port, soapRequest(envelope('DatabaseLogoff')))).toContain('200 OK');
    made.resolve({ 'm-strFileName': 'late.docx' });
    const answer = await slow.untilClosed();
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(answer).toContain('<pDocument><m-strFileName>late.docx</m-strFileName></pDocument>');
  });

  test('is a general fault when making them fails, and the log says why', async () => {
    const mistake = new Error('the library broke');
    edge = await startEdge({ answer: () => new Pending({}, () => Promise.reject(mistake)) });
    const answer = await exchange(edge.port, request());
    expect(answer).toMatch(/^HTTP\/1\.1 500 /);
    expect(answer).toContain('<detail>16</detail>');
    expect(answer).not.toContain('the library broke');
    expect(edge.log.lines.filter(({ level }) => level === 'error')).toEqual([
      expect.objectContaining({ fields: { code: 'TWIN_INTERNAL', error: mistake } }),
    ]);
  });

  test('goes nowhere when its client has left', async () => {
    const made = openEnded<object>();
    edge = await startEdge({
      answer: (name) => (name === 'DatabaseLogoff' ? 0 : new Pending({}, () => made.promise)),
    });
    const gone = await RawConnection.open(edge.port);
    gone.send(request());
    await exchange(edge.port, soapRequest(envelope('DatabaseLogoff')));
    gone.cut();
    made.resolve({});
    expect(await exchange(edge.port, soapRequest(envelope('DatabaseLogoff')))).toContain('200 OK');
    expect(edge.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  test('is made no further when its client has left', async () => {
    const begun = openEnded<AbortSignal>();
    const ended = openEnded<void>();
    const make = async (signal = AbortSignal.abort()) => {
      begun.resolve(signal);
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      ended.resolve();
      throw signal.reason;
    };
    edge = await startEdge({ answer: () => new Pending({}, make) });
    const gone = await RawConnection.open(edge.port);
    gone.send(request());
    expect((await begun.promise).aborted).toBe(false);
    gone.cut();
    await ended.promise;
    await edge.listener.close();
    expect(edge.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
