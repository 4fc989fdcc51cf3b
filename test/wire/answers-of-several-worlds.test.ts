import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTwin, type Twin, type WorldHandle } from '../../src/index.ts';
import { envelope } from '../support/edge.ts';

const scenario = {
  twintrack: 1,
  testtrack: {
    projects: [
      {
        name: 'Tiny',
        groups: [
          { name: 'All', commands: 'all', allowsSoap: true },
          {
            name: 'Some',
            commands: 'all',
            allowsSoap: true,
            fields: { Defect: { Priority: 'hidden' } },
          },
        ],
        users: [
          { login: 'ann', first: 'Ann', last: 'Archer', groups: ['All'] },
          { login: 'bob', first: 'Bob', last: 'Baker', groups: ['Some'] },
        ],
        lists: { Defect: { Priority: ['High'] } },
        defects: [{ summary: 'One', priority: 'High', enteredBy: 'ann', description: { html: '<b>x</b>' } }],
      },
    ],
  },
};

let twin: Twin;
beforeAll(async () => {
  twin = await startTwin({ scenario });
});
afterAll(() => twin.close());

async function call(world: WorldHandle, operation: string, parts: string): Promise<string> {
  const body = envelope(operation, parts);
  return (await fetch(world.soapUrl, { method: 'POST', body })).text();
}

async function loggedOn(world: WorldHandle, login: string): Promise<string> {
  const parts = `<dbname>Tiny</dbname><username>${login}</username><password></password>`;
  const answer = await call(world, 'DatabaseLogon', parts);
  const cookie = /<Cookie>(\d+)<\/Cookie>/i.exec(answer)?.[1];
  if (cookie === undefined) throw new Error(answer);
  return `<cookie>${cookie}</cookie>`;
}

test('a record that several worlds and sessions share is answered to each as it sees it', async () => {
  await using fork = await twin.fork({ name: 'fork', listen: false });
  const people = [
    { login: 'ann', isFormatted: false },
    { login: 'bob', isFormatted: false },
    { login: 'ann', isFormatted: true },
  ];
  const open = [twin, fork].flatMap((world) => people.map((person) => ({ world, ...person })));
  const sessions: ((typeof open)[number] & { cookie: string })[] = [];
  for (const each of open) {
    const cookie = await loggedOn(each.world, each.login);
    const wish = `<enableFormattedText>${each.isFormatted}</enableFormattedText>`;
    await call(each.world, 'formattedTextSupport', cookie + wish);
    sessions.push({ ...each, cookie });
  }
  const getDefect = '<defectNumber>1</defectNumber><summary></summary>';
  const expectAnswers = async (enterer: (world: WorldHandle) => string) => {
    // Each asks twice, in turns, so that what is remembered of one could be given to another.
    for (const { world, login, isFormatted, cookie } of [...sessions, ...sessions]) {
      const answer = await call(world, 'getDefect', cookie + getDefect);
      expect(answer).toContain(`<enteredby>${enterer(world)}</enteredby>`);
      expect([answer.includes('<priority>High'), answer.includes('&lt;b&gt;x')]).toEqual([
        login === 'ann',
        isFormatted,
      ]);
    }
  };
  await expectAnswers(() => 'Archer, Ann');

  const { cookie } = sessions.find(({ world }) => world === fork) ?? { cookie: '' };
  const ann = '<firstName>Ann</firstName><middleInitials></middleInitials><lastName>Archer</lastName>';
  await call(fork, 'editUser', cookie + ann);
  const renamed = '<pUser><recordid>1</recordid><lastname>Wed</lastname></pUser>';
  expect(await call(fork, 'saveUser', cookie + renamed + ann)).toContain('saveUserResponse');
  await expectAnswers((world) => (world === fork ? 'Wed, Ann' : 'Archer, Ann'));
});
