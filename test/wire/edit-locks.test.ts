import { describe, expect, test } from 'vitest';
import { faultOf } from '../support/soap-client.ts';
import { noSoap, people, twinWith } from '../support/twin.ts';

const { twin, tt, logOn } = await twinWith([
  {
    name: 'Project',
    users: people,
    groups: [noSoap],
    defects: [{ summary: 'first' }, { summary: 'second' }, { summary: 'held by a colleague' }],
    locks: [{ number: 3, by: 'lake', minutes: 5 }],
  },
]);
const fifteenMinutes = 15 * 60_000;
const edit = (cookie: number, defectNumber = 1) => tt.editDefect({ cookie, defectNumber });
const both = async () => [await logOn(), await logOn('lake', 'water')] as const;

describe('an edit lock', () => {
  test('keeps everybody else from editing, with detail 22', async () => {
    const [mine, other] = await both();
    await edit(mine);
    const fault = await faultOf(edit(other));
    expect([fault.outcome.status, fault.code, fault.detail]).toEqual([500, 'Server', '22']);
    expect(fault.outcome.headers.get('x-twintrack-hint')).toContain('being edited by System Administrator');
  });

  test('keeps the same user out as well, from another session and from the same', async () => {
    const mine = await logOn();
    await edit(mine);
    expect((await faultOf(edit(await logOn()))).detail).toBe('22');
    expect((await faultOf(edit(mine))).detail).toBe('22');
  });

  test('lets everybody read, and lets other records be edited', async () => {
    const [mine, other] = await both();
    await edit(mine);
    expect((await tt.getDefect({ cookie: other, defectNumber: 1 })).summary).toBe('first');
    expect((await edit(other, 2)).summary).toBe('second');
  });

  test('holds at 14:59.999 and is over at 15:00.000', async () => {
    const [mine, other] = await both();
    await edit(mine);
    twin.clock.advance(fifteenMinutes - 1);
    expect((await faultOf(edit(other))).detail).toBe('22');
    twin.clock.advance(1);
    expect((await edit(other)).summary).toBe('first');
  });

  test('that is over no longer lets its session save', async () => {
    const mine = await logOn();
    const defect = await edit(mine);
    twin.clock.advance(fifteenMinutes - 1);
    const halfway = { cookie: mine, pDefect: { ...defect, summary: 'in time' } };
    await tt.saveDefect(halfway);
    await edit(mine);
    twin.clock.advance(fifteenMinutes);
    const fault = await faultOf(tt.saveDefect(halfway));
    expect(fault.detail).toBe('7');
    expect(fault.outcome.headers.get('x-twintrack-hint')).toContain('ended after 15 minutes');
  });

  test('holds again when the clock is set back', async () => {
    const [mine, other] = await both();
    await edit(mine);
    twin.clock.advance(fifteenMinutes);
    twin.clock.set({ mode: 'frozen', now: twin.clock.now().getTime() - 1, backwards: true });
    expect((await faultOf(edit(other))).detail).toBe('22');
  });

  test('ends with the save', async () => {
    const [mine, other] = await both();
    expect(await tt.saveDefect({ cookie: mine, pDefect: await edit(mine) })).toBe(0);
    expect((await edit(other)).summary).toBe('first');
  });

  test('ends with cancelSave, and nothing was stored', async () => {
    const [mine, other] = await both();
    const { recordid = 0 } = await edit(mine);
    expect(await tt.cancelSaveDefect({ cookie: mine, recordID: recordid })).toBe(0);
    expect((await edit(other)).summary).toBe('first');
  });

  test('ends with the logoff and with the idle end of its session', async () => {
    const [mine, other] = await both();
    await edit(mine);
    await tt.DatabaseLogoff({ cookie: mine });
    await tt.cancelSaveDefect({ cookie: other, recordID: (await edit(other)).recordid ?? 0 });
    expect((await edit(other)).summary).toBe('first');
  });

  test('stays after a save that was refused, until it is cancelled', async () => {
    const [mine, other] = await both();
    const defect = await edit(mine);
    const refused = await faultOf(
      tt.saveDefect({ cookie: mine, pDefect: { ...defect, priority: 'Whenever' } }),
    );
    expect(refused.detail).toBe('23');
    expect((await faultOf(edit(other))).detail).toBe('22');
    await tt.cancelSaveDefect({ cookie: mine, recordID: defect.recordid ?? 0 });
    expect((await edit(other)).priority).toBe('');
  });

  test('belongs to the session: nobody else can save or cancel it', async () => {
    const [mine, other] = await both();
    const defect = await edit(mine);
    expect((await faultOf(tt.saveDefect({ cookie: other, pDefect: defect }))).detail).toBe('7');
    const cancel = tt.cancelSaveDefect({ cookie: other, recordID: defect.recordid ?? 0 });
    expect((await faultOf(cancel)).detail).toBe('7');
    expect(await tt.saveDefect({ cookie: mine, pDefect: defect })).toBe(0);
  });

  test('keeps a defect from being deleted', async () => {
    const [mine, other] = await both();
    await edit(other);
    expect((await faultOf(tt.deleteDefect({ cookie: mine, defectNumber: 1 }))).detail).toBe('22');
    expect((await faultOf(tt.deleteDefectByRecordID({ cookie: mine, recordID: 1 }))).detail).toBe('22');
    expect((await tt.getDefect({ cookie: mine, defectNumber: 1 })).summary).toBe('first');
  });

  test('held by somebody outside SOAP from the start ends at its time', async () => {
    const mine = await logOn();
    const fault = await faultOf(edit(mine, 3));
    expect(fault.outcome.headers.get('x-twintrack-hint')).toContain('Veronica B Lake outside SOAP');
    twin.clock.advance('5m');
    expect((await edit(mine, 3)).summary).toBe('held by a colleague');
  });

  test('is won by exactly one of a hundred parallel edits; 99 get detail 22', async () => {
    const cookies = await Promise.all(Array.from({ length: 100 }, () => logOn()));
    const outcomes = await Promise.allSettled(cookies.map((cookie) => edit(cookie)));
    const details = outcomes.map((outcome) =>
      outcome.status === 'rejected' ? outcome.reason.detail : 'won',
    );
    expect(details.filter((detail) => detail === 'won')).toHaveLength(1);
    expect(details.filter((detail) => detail === '22')).toHaveLength(99);
  });
});

describe('without an edit', () => {
  test('a save is refused with 7, also a second save of the same record', async () => {
    const mine = await logOn();
    const defect = await tt.getDefect({ cookie: mine, defectNumber: 1 });
    expect((await faultOf(tt.saveDefect({ cookie: mine, pDefect: defect }))).detail).toBe('7');
    await edit(mine);
    await tt.saveDefect({ cookie: mine, pDefect: defect });
    expect((await faultOf(tt.saveDefect({ cookie: mine, pDefect: defect }))).detail).toBe('7');
  });

  test('cancelSave is refused with 7', async () => {
    const mine = await logOn();
    expect((await faultOf(tt.cancelSaveDefect({ cookie: mine, recordID: 1 }))).detail).toBe('7');
  });

  test('a save of a record that does not exist is refused with 7', async () => {
    const mine = await logOn();
    expect((await faultOf(tt.saveDefect({ cookie: mine, pDefect: { recordid: 99 } }))).detail).toBe('7');
  });
});
