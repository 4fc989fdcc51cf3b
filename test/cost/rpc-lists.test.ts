/** Everything that a call of rpc.mpl can carry many of, and four times as many. */
import { expect, test } from 'vitest';
import { commands } from '../../src/aptest/commands/index.ts';
import { successAnswer } from '../../src/aptest/rpc/answer.ts';
import { parseForm } from '../../src/aptest/rpc/form.ts';
import { ProductFault } from '../../src/world/product-fault.ts';
import { hostWorld } from '../../src/worlds/hosted-world.ts';
import { loadApTest, smallSection } from '../support/aptest.ts';
import { growth, mostGrowth } from '../support/cpu-time.ts';

/** The long form has four times as many, less than the 10,000 arguments that one call may have. */
const short = 2_400;

const fields = [
  { name: 'ticket', type: 'text' },
  { name: 'priority', type: 'list', values: ['high', 'low'] },
];
const scenario = loadApTest(
  smallSection({
    tests: Array.from({ length: 500 }, (_, at) => `A/Test_${at}`),
    fields,
    executionFields: fields,
    variables: [{ name: 'ticket', type: 'text' }],
  }),
);

const common = 'rpctoken=secret&username=ann&suite=Small&sess=1&sessNum=1&set=made&tid=1';

/** Reads a form, makes the call and writes its answer; a refusal is an answer as well. @returns whether it was made */
function answer(form: string): boolean {
  const { apTest } = hostWorld('main', scenario, { now: () => 0 });
  const params = parseForm(form);
  if (!params) return false;
  try {
    successAnswer(apTest.call({ method: 'POST', params, isMultipart: false, baseUrl: '' }), true);
    return true;
  } catch (error) {
    if (!(error instanceof ProductFault)) throw error;
    return false;
  }
}

const arguments_ = commands.flatMap((command) => {
  const names = Object.values(command.arguments).flatMap((argument) => argument.names);
  return [...new Set(names)].map((argument) => ({ command: command.name, argument }));
});

test('every command has its arguments looked at', () => {
  expect(new Set(arguments_.map(({ command }) => command)).size).toBeGreaterThan(20);
});

const again = (name: string, at: number) => `${name}${name.endsWith('_') ? 'ticket' : ''}=${at % 500}`;
const anew = (name: string, at: number) => `${name}${at}=${at}`;

test.each([
  ...arguments_.map((each) => ({ ...each, how: 'again and again', piece: again })),
  ...arguments_
    .filter(({ argument }) => argument.endsWith('_'))
    .map((each) => ({ ...each, how: 'under many names', piece: anew })),
  ...commands.map(({ name }) => ({
    command: name,
    argument: 'stranger',
    how: 'under many names',
    piece: anew,
  })),
])('$command with $argument $how costs in proportion', ({ command, argument, piece }) => {
  const found = growth(short, (count) => {
    const many = Array.from({ length: count }, (_, at) => piece(argument, at)).join('&');
    return () => answer(`command=${command}&${common}&${many}`);
  });
  expect(found).toBeLessThanOrEqual(mostGrowth);
});

const entry = (at: number) => ({ tid: String(at % 500), result: 'pass', note: `note ${at}` });
const json: Readonly<Record<string, (count: number) => object>> = {
  'entries under one label': (count) => ({ label: Array.from({ length: count }, (_, at) => entry(at)) }),
  'labels of one entry': (count) =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`label ${at}`, [entry(at)]])),
  'labels that are numbers': (count) =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [String(at), [entry(at)]])),
  'execution fields of one entry': (count) => ({
    label: [
      {
        ...entry(1),
        ...Object.fromEntries(Array.from({ length: count }, (_, at) => [`EXECDATA_field${at}`, 'x'])),
      },
    ],
  }),
};

test.each(Object.entries(json))('result with %s costs in proportion', (_, make) => {
  const form = (count: number) =>
    `command=result&rpctoken=secret&username=ann&suite=Small&sess=1&result=${encodeURIComponent(JSON.stringify(make(count)))}`;
  expect(answer(form(4 * short))).toBe(true);
  const found = growth(short, (count) => {
    const text = form(count);
    return () => answer(text);
  });
  expect(found).toBeLessThanOrEqual(mostGrowth);
});
