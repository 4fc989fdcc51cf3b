import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { FaultRuleError, startTwin } from '../../src/index.ts';
import { jsonBody } from '../support/json-body.ts';
import { tinyScenario } from '../support/scenarios.ts';
import { soapCall } from '../support/soap-client.ts';

const twin = await startTwin({
  scenario: { ...tinyScenario, script: [{ name: 'given', do: { delay: '1ms' } }] },
});
afterAll(() => twin.close());
beforeEach(() => twin.reset());

const listDatabases = async (url = twin.soapUrl) => (await soapCall(url, 'getDatabaseList')).fault?.detail;
const viaHttp = async (rule: unknown): Promise<{ status: number; error: string }> => {
  const answer = await fetch(`${twin.url}/__admin/rules`, { method: 'POST', ...jsonBody(rule) });
  return { status: answer.status, error: ((await answer.json()) as { error: string }).error };
};

describe('rules of a twin in the same process', () => {
  test('act from the next call on, and tell how often they did', async () => {
    const added = twin.rules.add({ when: { operation: 'getDatabaseList', call: 2 }, do: { fault: 22 } });
    expect(added).toMatchObject({
      name: 'rule-2',
      explanation:
        'At the 2nd call of getDatabaseList: answers with fault 22, "The record is locked by another user.".',
      warnings: [],
    });
    expect([await listDatabases(), await listDatabases(), await listDatabases()]).toEqual([
      undefined,
      '22',
      undefined,
    ]);
    expect(twin.rules.list()).toMatchObject([
      { name: 'given' },
      { name: 'rule-2', calls: 3, hits: 1, isOver: true },
    ]);
  });

  test('are taken away one by one or all together, and come back with a reset', async () => {
    twin.rules.add({ name: 'mine', do: { fault: 22 } });
    twin.rules.remove('mine');
    expect(await listDatabases()).toBeUndefined();
    expect(twin.rules.clear()).toBe(1);
    expect(twin.rules.list()).toEqual([]);
    twin.reset();
    expect(twin.rules.list()).toMatchObject([{ name: 'given' }]);
  });

  test("are a fork's own", async () => {
    await using fork = await twin.fork({ listen: false });
    fork.rules.add({ do: { fault: 22 } });
    expect([await listDatabases(fork.soapUrl), await listDatabases()]).toEqual(['22', undefined]);
  });

  test('that can never act are taken with a warning', () => {
    const { warnings } = twin.rules.add({ when: { operation: 'saveDefekt' }, do: { busy: true } });
    expect(warnings).toEqual([
      'It never acts: there is no operation or command "saveDefekt". Did you mean "saveDefect"?',
    ]);
  });

  test('do not freeze what they were given', () => {
    const where = { pDefect: { summary: 'One' } };
    twin.rules.add({ when: { operation: 'saveDefect', where }, do: { busy: true } });
    where.pDefect.summary = 'Two';
    expect(twin.rules.list().at(-1)?.rule.when.where).toEqual({ pDefect: { summary: 'One' } });
  });

  test('that make no sense are refused in the words of POST /__admin/rules, and nothing changes', async () => {
    const wrong = { when: { operation: 'saveDefect', cal: 3 }, do: { fault: 22, busy: true } };
    const add = () => twin.rules.add(wrong as Parameters<typeof twin.rules.add>[0]);
    expect(add).toThrow(FaultRuleError);
    const { status, error } = await viaHttp(wrong);
    expect(status).toBe(400);
    let said = '';
    try {
      add();
    } catch (problem) {
      said = (problem as FaultRuleError).message;
    }
    expect(said).toContain('when.cal: is no known key');
    expect(error.startsWith(said)).toBe(true);
    expect(twin.rules.list()).toHaveLength(1);
  });

  test('of a name that is taken, or not known, are refused', async () => {
    const taken = 'There is a rule "given" already; delete it first or take another name.';
    expect(() => twin.rules.add({ name: 'given', do: { busy: true } })).toThrow(taken);
    expect(await viaHttp({ name: 'given', do: { busy: true } })).toEqual({ status: 409, error: taken });
    expect(() => twin.rules.remove('givn')).toThrow('There is no rule "givn". Did you mean "given"?');
    const gone = await fetch(`${twin.url}/__admin/rules/givn`, { method: 'DELETE' });
    expect(gone.status).toBe(404);
  });
});
