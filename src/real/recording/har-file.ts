import { closeSync, openSync, writeSync } from 'node:fs';
import { version } from '../../package/version.ts';
import { unwritable } from '../files/line-file.ts';
import type { RecordedBody, RecordedExchange } from './exchange.ts';

const END = ']}}\n';

/** The same exchanges as HTTP Archive 1.2, which browsers' tools read. It ends as a whole document after each. */
export class HarFile {
  readonly #name: string;
  readonly #fd: number;
  /** Where the next entry goes: over the end of the document. */
  #at: number;
  #isEmpty = true;

  /** @throws RealServerError when it is there already or cannot be made */
  constructor(name: string, isOverwriting: boolean) {
    this.#name = name;
    try {
      this.#fd = openSync(name, isOverwriting ? 'w' : 'wx', 0o600);
    } catch (cause) {
      throw unwritable(name, cause);
    }
    const creator = { name: 'Twintrack', version };
    const head = `${JSON.stringify({ log: { version: '1.2', creator, entries: [] } }).slice(0, -']}}'.length)}\n`;
    this.#at = Buffer.byteLength(head);
    this.#write(head + END, 0);
  }

  add(exchange: RecordedExchange): void {
    const entry = `${this.#isEmpty ? '' : ',\n'}${JSON.stringify(entryOf(exchange))}`;
    this.#write(entry + END, this.#at);
    this.#at += Buffer.byteLength(entry);
    this.#isEmpty = false;
  }

  close(): void {
    closeSync(this.#fd);
  }

  #write(text: string, at: number): void {
    try {
      writeSync(this.#fd, text, at);
    } catch (cause) {
      throw unwritable(this.#name, cause);
    }
  }
}

function entryOf({ at, milliseconds, request, answer }: RecordedExchange): object {
  const host = headerIn(request.headers, 'host') ?? 'localhost';
  const type = headerIn(request.headers, 'content-type') ?? '';
  return {
    startedDateTime: at,
    time: milliseconds,
    request: {
      method: request.method,
      url: `http://${host}${request.path}`,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: request.headers.map(([name, value]) => ({ name, value })),
      queryString: [...new URL(request.path, 'http://host').searchParams].map(([name, value]) => ({
        name,
        value,
      })),
      ...(sizeOf(request.body) === 0 ? {} : { postData: { mimeType: type, text: textOf(request.body) } }),
      headersSize: -1,
      bodySize: sizeOf(request.body),
    },
    response: {
      status: answer.status,
      statusText: '',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: answer.headers.map(([name, value]) => ({ name, value })),
      content: {
        size: sizeOf(answer.body),
        mimeType: headerIn(answer.headers, 'content-type') ?? '',
        text: textOf(answer.body),
        ...('base64' in answer.body ? { encoding: 'base64' } : {}),
      },
      redirectURL: headerIn(answer.headers, 'location') ?? '',
      headersSize: -1,
      bodySize: sizeOf(answer.body),
    },
    cache: {},
    timings: { send: 0, wait: milliseconds, receive: 0 },
  };
}

const textOf = (body: RecordedBody) => ('text' in body ? body.text : 'base64' in body ? body.base64 : '');
const sizeOf = (body: RecordedBody) =>
  'base64' in body ? Buffer.byteLength(body.base64, 'base64') : Buffer.byteLength(textOf(body));

function headerIn(headers: readonly (readonly [string, string])[], name: string): string | undefined {
  return headers.find(([each]) => each.toLowerCase() === name)?.[1];
}
