import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { wsdlModel } from '../../support/soap-message.ts';
import { meaningOf } from './answers.ts';
import { differences, knownDifference, unaskedDifferences } from './differences.ts';
import { operationQuestions, type Question } from './questions.ts';
import { ask, type Servers, startServers } from './servers.ts';
import { sloppyQuestions } from './sloppy-questions.ts';

let servers: Servers;
beforeAll(async () => {
  servers = await startServers();
});
afterAll(() => servers?.[Symbol.asyncDispose]());

/** What both answer; what they read is compared only where both took the question. */
async function meanings(question: Question): Promise<{ oracle: string; ours: string }> {
  const oracle = await ask(servers.oracle, question);
  const ours = await ask(servers.ours, question);
  const isTaken = oracle.answer.status === 200 && ours.answer.status === 200;
  const whole = ({ answer, after }: typeof ours) =>
    isTaken && after !== undefined ? `${meaningOf(answer)}\n${meaningOf(after)}` : meaningOf(answer);
  return { oracle: whole(oracle), ours: whole(ours) };
}

async function judge(question: Question): Promise<void> {
  const { oracle, ours } = await meanings(question);
  const known = knownDifference(question.name);
  if (known === undefined) expect(ours, question.name).toBe(oracle);
  else expect(ours, `${question.name} differs no more: take it out of "${known.title}"`).not.toBe(oracle);
}

describe('a server that gSOAP generated from our contract', () => {
  const questions = operationQuestions();
  test.each([...wsdlModel.operations.keys()])('reads and answers %s as we do', async (operation) => {
    const asked = questions.filter(({ name }) => name.startsWith(`${operation}, `));
    expect(asked).not.toHaveLength(0);
    for (const question of asked) await judge(question);
  });

  const sloppy = sloppyQuestions();
  test.each(sloppy.filter(({ name }) => !knownDifference(name)))('agrees with us on: $name', judge);
  test.each(sloppy.filter(({ name }) => knownDifference(name)))('is known to differ on: $name', judge);
});

describe('the list of known differences', () => {
  test('names only questions that are asked', () => {
    const asked = [...operationQuestions(), ...sloppyQuestions()].map(({ name }) => name);
    for (const { title, questions } of differences) {
      const found = questions instanceof RegExp ? asked.filter((name) => questions.test(name)) : questions;
      expect(found, title).not.toHaveLength(0);
      expect(asked).toEqual(expect.arrayContaining([...found]));
    }
  });

  test('is explained in the decisions, title by title', () => {
    const page = new URL('../../../docs/decisions/0007-where-we-differ-from-gsoap.md', import.meta.url);
    const titles = [...readFileSync(page, 'utf8').matchAll(/^\| \*\*(.+?)\*\*/gm)].map(([, title]) => title);
    expect(titles.sort()).toEqual([...differences.map(({ title }) => title), ...unaskedDifferences].sort());
  });
});
