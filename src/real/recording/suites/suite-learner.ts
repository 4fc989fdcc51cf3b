import { Given } from '../../../aptest/commands/given.ts';
import { commandNamed } from '../../../aptest/commands/index.ts';
import type { KnownSuite } from '../../clone/known-suite.ts';
import type { Notes } from '../../clone/notes.ts';
import type { PartFile } from '../../clone/part-file.ts';
import type { RecordedExchange } from '../exchange.ts';
import { type AnsweredCommand, lessons } from './lessons.ts';
import { rpcData } from './rpc-answers.ts';
import { SeenSuite } from './seen-suite.ts';

/** Where a file is kept that went through the proxy for itself. */
const ATTACHMENT = 'attachment';

/** Learns suites from what went between a client and rpc.mpl. */
export class SuiteLearner {
  readonly #part: PartFile;
  readonly #suites = new Map<string, SeenSuite>();

  /** @param part keeps the bytes of attachments */
  constructor(part: PartFile) {
    this.#part = part;
  }

  /** Another recording: what a client made before it may be there. */
  begin(): void {
    for (const suite of this.#suites.values()) suite.beginRecording();
  }

  exchange({ call, request, answer, outcome }: RecordedExchange): void {
    if (!call && request.method === 'GET' && answer.status === 200) this.#file(request.path, answer);
    if (call?.api !== 'ApTest' || outcome?.kind !== 'result') return;
    const name = commandNamed(call.command)?.name;
    const given = Given.of(paramsOf(call.form));
    const user = given.one(['username'])?.value ?? '';
    const suiteName = given.one(['suite'])?.value ?? '';
    const isJson = /^(?:1|true)$/i.test(given.one(['returnjson'])?.value ?? '');
    const asked = (given.one(['uuid']) ?? given.one(['name']))?.value.split(',') ?? [];
    if (name === undefined) return;
    const data = rpcData(name, outcome.result, { isJson, asked: asked.map((each) => each.trim()) });
    if (name === 'getSuiteList') {
      for (const each of data as readonly string[]) this.#suite(each).users.add(user);
    } else if (suiteName !== '') {
      const suite = this.#suite(suiteName);
      suite.users.add(user);
      lessons[name]?.({ suite, given, data } satisfies AnsweredCommand);
    }
  }

  /** The suites that were met. */
  known(notes: Notes): KnownSuite[] {
    const bytesOf = (url: string) => this.#part.get(ATTACHMENT, pathOf(url)) as Buffer | undefined;
    return [...this.#suites.values()].map((suite) => suite.known(notes, bytesOf));
  }

  #suite(name: string): SeenSuite {
    const known = this.#suites.get(name) ?? new SeenSuite(name);
    this.#suites.set(name, known);
    return known;
  }

  #file(path: string, { headers, body }: RecordedExchange['answer']): void {
    const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
    if (/html|xml/i.test(type) || 'omitted' in body) return;
    const bytes = 'text' in body ? Buffer.from(body.text) : Buffer.from(body.base64, 'base64');
    this.#part.put(ATTACHMENT, pathOf(path), bytes);
  }
}

function paramsOf(
  form: Extract<RecordedExchange['call'], { readonly api: 'ApTest' }>['form'],
): Map<string, string[]> {
  const params = new Map<string, string[]>();
  for (const [name, value] of form) {
    if (typeof value === 'string') params.set(name, [...(params.get(name) ?? []), value]);
  }
  return params;
}

/** Files have an address of their own, whatever the host is called. */
function pathOf(url: string): string {
  return URL.canParse(url, 'http://host') ? new URL(url, 'http://host').pathname : url;
}
