import { LazyList } from '../../answers/lazy-list.ts';
import { isRecord } from '../../input/is-record.ts';
import { asciiLine } from '../../text/ascii-html.ts';
import { escapeUnits } from '../../text/escapes.ts';
import type { CommandResult } from '../commands/command.ts';

/** An answer as it goes out: always HTTP 200, refusals too (inferred). */
export interface RpcResponse {
  readonly contentType: 'text/plain' | 'application/json' | 'text/html; charset=us-ascii';
  /** The whole text, or pieces of it that are made while they are sent. All of it is ASCII. */
  readonly body: string | Iterable<string>;
}

/**
 * Writes the answer of a command. Text: the code, then the message lines, each ended by a line feed; the first one
 * also when nothing follows, because a client takes a missing second line for a failure. JSON: `result` and `data`, and
 * `notes` where entries were written.
 */
export function successAnswer({ lines, data, notes }: CommandResult, isJson: boolean): RpcResponse {
  if (isJson) return { contentType: 'application/json', body: jsonBody(data, notes) };
  let body = '0\n';
  for (const line of lines) body += `${asciiLine(line)}\n`;
  return { contentType: 'text/plain', body };
}

/** Writes a refusal: code 1 and a line that explains it. */
export function refusalAnswer(
  { code, text }: { readonly code: number; readonly text: string },
  isJson: boolean,
): RpcResponse & { readonly body: string } {
  if (isJson) return { contentType: 'application/json', body: asciiJson({ result: code, data: text }) };
  return { contentType: 'text/plain', body: `${code}\n${asciiLine(text)}\n` };
}

function jsonBody(data: unknown, notes: unknown): string | Iterable<string> {
  if (data instanceof LazyList) return lazyBody(data);
  const beside = notes === undefined ? '' : `,"notes":${orderedJson(notes)}`;
  return asciiOnly(`{"result":0,"data":${orderedJson(data)}${beside}}`);
}

/** Members in the order of a map: an object would put names that are numbers first. */
function orderedJson(members: unknown): string {
  if (!(members instanceof Map)) return JSON.stringify(members);
  const written = [...members].map(
    ([name, value]) => `${JSON.stringify(String(name))}:${JSON.stringify(value)}`,
  );
  return `{${written.join(',')}}`;
}

/** Pieces are gathered before they are made ASCII: one look at a block costs less than one at each entry. */
const blockLength = 16 * 1024;

function* lazyBody(data: LazyList): Iterable<string> {
  let block = '{"result":0,"data":';
  for (const piece of jsonPieces(data)) {
    block += piece;
    if (block.length < blockLength) continue;
    yield asciiOnly(block);
    block = '';
  }
  yield asciiOnly(`${block}}`);
}

/** JSON of a value that holds lazy lists, piece by piece; a piece is never more than one entry of a list. */
function* jsonPieces(value: unknown): Iterable<string> {
  if (value instanceof LazyList) {
    let mark = '[';
    for (const entry of value.entries) {
      if (holdsLazyList(entry)) {
        yield mark;
        yield* jsonPieces(entry);
      } else yield mark + JSON.stringify(entry);
      mark = ',';
    }
    yield mark === '[' ? '[]' : ']';
  } else if (holdsLazyList(value)) {
    let mark = '{';
    for (const [name, member] of Object.entries(value)) {
      yield `${mark}${JSON.stringify(name)}:`;
      yield* jsonPieces(member);
      mark = ',';
    }
    yield '}';
  } else {
    yield JSON.stringify(value);
  }
}

/** Whether a list is among the members of a record; asked for each of many thousand rows. */
function holdsLazyList(value: unknown): value is Readonly<Record<string, unknown>> {
  if (!isRecord(value)) return false;
  for (const name in value) if (value[name] instanceof LazyList) return true;
  return false;
}

/** JSON in ASCII, with the same values. */
function asciiJson(value: unknown): string {
  return asciiOnly(JSON.stringify(value));
}

/** Characters beyond ASCII stand only inside the texts of JSON, so each can be written as an escape. */
function asciiOnly(json: string): string {
  return /^[\x20-\x7e]*$/.test(json) ? json : escapeUnits(json, /[^\x20-\x7e]/g);
}
