import { withoutEntities } from '../../../text/ascii-html.ts';

type Data = Readonly<Record<string, unknown>>;

/**
 * What a command answered, in the form that its JSON has: clients that ask for text get the same in lines. That lists
 * have an entry on each line is documented; `key=value` lines are inferred.
 *
 * @param command its name, as the twin spells it
 * @param result the lines behind the code, or the data of a JSON answer
 * @param asked the tests that were asked for, in their order
 */
export function rpcData(
  command: string,
  result: unknown,
  { isJson, asked = [] }: { readonly isJson: boolean; readonly asked?: readonly string[] },
): unknown {
  if (isJson || !Array.isArray(result)) return result;
  const lines = result.map((line) => withoutEntities(String(line)));
  const read = readers[command];
  if (read) return read(lines, asked);
  return lines.filter((line) => line !== '');
}

const single = ([line = '']: readonly string[]): string => line;

const readers: Readonly<Record<string, (lines: readonly string[], asked: readonly string[]) => unknown>> = {
  getTestUUID: single,
  getReqUUID: single,
  getTestCaseResult: single,
  createSession: single,
  createSet: (lines) => Number(single(lines)),
  getSessionList: (lines) => filled(lines).map(rowOf),
  getSessionResults: (lines) => filled(lines).map(countedRowOf),
  getSessionStatus: (lines) => countsIn(single(lines).split(';')),
  getSessionDetails: (lines) => Object.fromEntries([...pairsIn(lines)].map(detail)),
  getTestCaseDetails: (lines) => {
    const pairs = [...pairsIn(lines)];
    return pairs.length > 0 ? Object.fromEntries(pairs) : single(lines);
  },
  getTestResultData: (lines, asked) => {
    const blocks = lines.join('\n').split('\n\n');
    return Object.fromEntries(
      asked.map((name, at): [string, Data] => [name, testOf(blocks[at]?.split('\n') ?? [])]),
    );
  },
};

const filled = (lines: readonly string[]) => lines.filter((line) => line !== '');

/** `00007;Nightly`, where a name may hold semicolons. */
function rowOf(line: string): Data {
  const [, sessNum = line, name = ''] = /^(\d+);(.*)$/.exec(line) ?? [];
  return { sessNum, name };
}

function countedRowOf(line: string): Data {
  const [, sessNum = line, name = '', counts = ''] = /^(\d+);(.*?)((?:;[^;=:]+[=:]\d+)*)$/.exec(line) ?? [];
  return { sessNum, name, results: countsIn(counts.split(';')) };
}

/** What stands between a code and its count is not documented. */
function countsIn(pairs: readonly string[]): Data {
  return Object.fromEntries(
    pairs.flatMap((pair): [string, number][] => {
      const [, code = '', count] = /^(.+?)\W*[=:]\s*(\d+)$/.exec(pair.trim()) ?? [];
      return count === undefined ? [] : [[code, Number(count)]];
    }),
  );
}

function* pairsIn(lines: readonly string[]): Generator<[string, string]> {
  for (const line of lines) {
    const [, key, value = ''] = /^([\w.-]+)=(.*)$/.exec(line) ?? [];
    if (key !== undefined) yield [key, value];
  }
}

/** Details that are texts, whatever they look like. */
const texts = /^(?:sessNum|name|description|summary|suite|testset|user|assignedto|runmode|VAR_.*)$/;

function detail([key, value]: [string, string]): [string, unknown] {
  return [key, texts.test(key) || !/^\d{1,15}$/.test(value) ? value : Number(value)];
}

/** The note stands in lines as HTML only, whose mark-up nobody knows: it is left out. */
function testOf(lines: readonly string[]): Data {
  const { note: _html, when = '', ...rest } = Object.fromEntries(pairsIn(lines));
  return { ...rest, when: /^\d+$/.test(when) ? Number(when) : when };
}
