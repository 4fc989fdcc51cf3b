import type { IncomingMessage, ServerResponse } from 'node:http';
import { onLeave } from '../http/leaving.ts';
import type { EventSink } from './event-reader.ts';

/**
 * Begins to tell a reader what happens.
 *
 * @param lastEventId what the reader says it got last; empty when it says nothing
 * @returns ends it: to be called when the reader is gone
 */
export type LiveAnswer = (sink: EventSink, lastEventId: string) => () => void;

/** Sends an answer that goes on as long as its reader stays. */
export function sendLive(request: IncomingMessage, response: ServerResponse, begin: LiveAnswer): void {
  response.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    // nginx hands events on one by one only when it is told to.
    'X-Accel-Buffering': 'no',
  });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  response.flushHeaders();
  const lastEventId = request.headers['last-event-id'];
  const end = begin(sinkOf(response), typeof lastEventId === 'string' ? lastEventId : '');
  onLeave(response, end);
}

function sinkOf(response: ServerResponse): EventSink {
  return {
    get isFull() {
      return response.writableNeedDrain;
    },
    write: (text) => void response.write(text),
    end: () => void response.end(),
    cut: () => void response.destroy(),
  };
}
