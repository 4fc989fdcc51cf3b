import { isUtf8 } from 'node:buffer';
import { isRecord } from '../../input/is-record.ts';
import type { CallInRecording, RecordedArgument, RecordedOutcome } from './exchange.ts';

/** What a request to rpc.mpl was made of. */
export interface FormRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly contentType: string | undefined;
  readonly body: Buffer;
}

/** The command and the arguments of a request to rpc.mpl, in their order; undefined for what is no form. */
export async function rpcCallIn({
  path,
  contentType = '',
  body,
}: FormRequest): Promise<CallInRecording | undefined> {
  const query = path.includes('?') ? path.slice(path.indexOf('?') + 1) : '';
  const form: [string, RecordedArgument][] = [...new URLSearchParams(query)];
  if (/^multipart\/form-data/i.test(contentType)) form.push(...(await multipartIn(body, contentType)));
  else if (body.length > 0) form.push(...new URLSearchParams(body.toString('utf8')));
  const command = form.find(([name]) => /^(?:command|cmd)$/i.test(name))?.[1];
  return form.length === 0
    ? undefined
    : { api: 'ApTest', command: typeof command === 'string' ? command : '', form };
}

async function multipartIn(body: Buffer, contentType: string): Promise<[string, RecordedArgument][]> {
  try {
    const request = new Response(new Uint8Array(body), { headers: { 'content-type': contentType } });
    const data = await request.formData();
    return await Promise.all(
      [...data].map(async ([name, value]): Promise<[string, RecordedArgument]> => {
        if (typeof value === 'string') return [name, value];
        const bytes = Buffer.from(await value.arrayBuffer());
        return [name, { file: value.name, base64: bytes.toString('base64') }];
      }),
    );
  } catch {
    // A body that is no form is shown as it is.
    return [];
  }
}

/** What rpc.mpl says: JSON where it was asked for, else the code on a line and text behind it. (documented) */
export function rpcOutcomeIn(body: Buffer): RecordedOutcome {
  const text = body.toString('utf8');
  const lines = /^(\d{1,3})\r?\n([\s\S]*)$/.exec(text) ?? /^(\d{1,3})\s*$/.exec(text);
  if (lines) {
    const [, code = '', rest = ''] = lines;
    return outcomeOf(Number(code), rest.replace(/\r?\n$/, '').split(/\r?\n/));
  }
  try {
    const json: unknown = JSON.parse(text);
    if (isRecord(json) && 'result' in json) return outcomeOf(Number(json.result), json.data);
  } catch {
    // Told below.
  }
  return { kind: 'unreadable', reason: `no answer of rpc.mpl: ${text.slice(0, 80)}` };
}

function outcomeOf(code: number, data: unknown): RecordedOutcome {
  if (code === 0) return { kind: 'result', result: data };
  const text = Array.isArray(data) ? data.join('\n') : String(data ?? '');
  return { kind: 'fault', fault: { code: String(code), text } };
}

/** Whether bytes are a text. */
export function isText(bytes: Buffer): boolean {
  return isUtf8(bytes) && !bytes.includes(0);
}
