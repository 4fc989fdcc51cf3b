import { describe, expect, test } from 'vitest';
import { noSoap, people, twinWith } from '../support/twin.ts';

const markup = `<script>alert(1)</script>${'x'.repeat(1_000_000)}`;
const { twin, tt, logOn } = await twinWith([
  {
    name: 'Project',
    users: people,
    groups: [
      noSoap,
      { name: 'Developers', commands: 'all', hiddenTables: ['Task'] },
      { name: 'Guests', commands: ['View Defects'] },
    ],
    filters: { Defect: [{ name: 'Hot', query: "{'Priority': 'High'}" }] },
    defects: [
      { summary: 'On fire', priority: 'High' },
      { summary: 'Cold', priority: 'Low' },
      { summary: markup.slice(0, 200), workaround: markup },
    ],
    tasks: [{ summary: 'Extinguish' }],
  },
  { name: 'Other', users: people, groups: [noSoap] },
]);

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown> & { readonly error?: string };
}

async function control(method: string, path: string, body?: object): Promise<Answer> {
  const answer = await fetch(`${twin.url}/__admin/testtrack/${path}`, {
    method,
    headers: body ? { 'content-type': 'application/json' } : {},
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: answer.status, body: (await answer.json()) as Answer['body'] };
}

const records = (query: string) => control('GET', `records?project=Project&columns=Number;Summary&${query}`);
const rowsOf = ({ body }: Answer) => (body.rows as { cells: string[] }[]).map(({ cells }) => cells[1]);
const entered = { project: 'Project', table: 'Defect', recordId: 1 };
const ofDefect = '?project=Project&table=Defect&recordId=1';

describe('the list of a table', () => {
  test('is given in pages, with how many records there are', async () => {
    const page = await records('table=Defect&offset=1&limit=1');
    expect(page.body).toMatchObject({ total: 3, offset: 1, columns: ['Number', 'Summary'] });
    expect(rowsOf(page)).toEqual(['Cold']);
  });

  test('is narrowed by a filter, by a query, and by both', async () => {
    expect(rowsOf(await records('table=Defect&filter=Hot'))).toEqual(['On fire']);
    expect(rowsOf(await records(`table=Defect&query={'Priority':'Low'}`))).toEqual(['Cold']);
    expect((await records(`table=Defect&filter=Hot&query={'Priority':'Low'}`)).body.total).toBe(0);
  });

  test('follows the records that are saved', async () => {
    const hot = () => records('table=Defect&filter=Hot');
    expect((await hot()).body.total).toBe(1);
    const cookie = await logOn();
    const cold = await tt.editDefect({ cookie, defectNumber: 2 });
    await tt.saveDefect({ cookie, pDefect: { ...cold, priority: 'High' } });
    expect((await hot()).body.total).toBe(2);
  });

  test('shows what groups hide, because nobody is logged on', async () => {
    const { body } = await control('GET', 'records?project=Project&table=Task&columns=Summary');
    expect(body.rows).toMatchObject([{ cells: ['Extinguish'] }]);
  });

  test('cuts long texts as the product does, markup left as it is', async () => {
    const [cell = ''] = rowsOf(await records('table=Defect&offset=2'));
    expect(cell).toHaveLength(128);
    expect(cell).toContain('<script>alert(1)</script>');
  });

  test('says of a query that is none what was expected, and where', async () => {
    const { status, body } = await records("table=Defect&query={'Priority'");
    expect(status).toBe(400);
    expect(body.error).toContain('expected a colon');
    expect((await records("table=Defect&query={'Prioritty':'High'}")).body.error).toContain('Priority');
  });
});

describe('a record', () => {
  test('is shown with its lock, its events and what may be entered', async () => {
    const cookie = await logOn();
    await tt.editDefect({ cookie, defectNumber: 1 });
    const { body } = await control('GET', `record${ofDefect}`);
    expect(body).toMatchObject({
      label: 'defect 1: On fire',
      state: 'Open',
      lock: { user: 'admin', isOutsideSoap: false, until: '2026-03-02T15:15:00.000Z' },
    });
    expect((body.events as { name: string }[]).map(({ name }) => name)).toContain('Fix');
    expect(JSON.stringify(body)).not.toContain(String(cookie));
  });

  test('with a megabyte of markup in a field comes with the beginning of it', async () => {
    const { body } = await control('GET', 'record?project=Project&table=Defect&recordId=3');
    const workaround = (body.fields as { label: string; value: string }[]).find(
      ({ label }) => label === 'Workaround',
    );
    expect(workaround?.value).toHaveLength(20_000);
  });
});

describe('an event that is entered at the desk', () => {
  test('moves the item by its workflow and leaves no lock', async () => {
    const fix = { ...entered, by: 'lake', event: 'Fix', notes: 'Put out' };
    expect((await control('POST', 'events', fix)).status).toBe(200);
    const defect = await tt.getDefect({ cookie: await logOn(), defectNumber: 1 });
    expect(defect.state).toContain('Fixed');
    expect((await control('GET', 'locks')).body.total).toBe(0);
  });

  test('is refused to a user who may not edit, and changes nothing', async () => {
    twin.snapshot('before');
    const { status, body } = await control('POST', 'events', { ...entered, by: 'guest', event: 'Comment' });
    expect([status, body.fault]).toEqual([409, 5]);
    expect(body.hint).toContain('Edit Defects');
    expect(twin.diff('before').isSame).toBe(true);
  });

  test('is refused where the workflow does not allow it', async () => {
    const close = { ...entered, by: 'admin', event: 'Release to Testing' };
    expect(await control('POST', 'events', close)).toMatchObject({ status: 409, body: { fault: 23 } });
  });

  test('is refused while a client edits the record', async () => {
    await tt.editDefect({ cookie: await logOn(), defectNumber: 1 });
    const comment = { ...entered, by: 'plain', event: 'Comment' };
    expect(await control('POST', 'events', comment)).toMatchObject({ status: 409, body: { fault: 22 } });
  });
});

describe('locks and sessions', () => {
  test('a lock that is ended keeps its session from saving', async () => {
    const cookie = await logOn();
    const pDefect = await tt.editDefect({ cookie, defectNumber: 1 });
    expect((await control('DELETE', `locks${ofDefect}`)).status).toBe(200);
    await expect(tt.saveDefect({ cookie, pDefect })).rejects.toThrow(/7/);
  });

  test('a lock that ended meanwhile is told so', async () => {
    await tt.editDefect({ cookie: await logOn(), defectNumber: 1 });
    twin.clock.advance('15m');
    const { status, body } = await control('DELETE', `locks${ofDefect}`);
    expect(status).toBe(404);
    expect(body.error).toContain('it ended meanwhile');
  });

  test('a colleague locks a record as a rule of the script does', async () => {
    const lock = { project: 'Project', number: 1, by: 'lake', minutes: 5 };
    expect((await control('POST', 'locks', lock)).status).toBe(200);
    await expect(tt.editDefect({ cookie: await logOn(), defectNumber: 1 })).rejects.toThrow(/22/);
    expect((await control('GET', 'locks?user=LAKE')).body.locks).toMatchObject([
      { user: 'lake', isOutsideSoap: true, until: '2026-03-02T15:05:00.000Z' },
    ]);
  });

  test('a session that is dropped is over for its client, and its lock is free', async () => {
    const cookie = await logOn();
    await tt.editDefect({ cookie, defectNumber: 1 });
    const { body } = await control('GET', 'sessions?user=admin');
    const [{ id, locks } = { id: '', locks: 0 }] = body.sessions as { id: string; locks: number }[];
    expect(locks).toBe(1);
    expect((await control('DELETE', `sessions/${id}`)).status).toBe(200);
    await expect(tt.getDefect({ cookie, defectNumber: 1 })).rejects.toThrow(/17/);
    expect((await control('GET', 'locks')).body.total).toBe(0);
  });

  test('reading changes nothing, and no session is used by it', async () => {
    await logOn();
    twin.snapshot('unread');
    for (const path of ['projects', 'locks', 'sessions', 'licences', `record${ofDefect}`])
      expect((await control('GET', path)).status).toBe(200);
    expect(twin.diff('unread').isSame).toBe(true);
  });
});
