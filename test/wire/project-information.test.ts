import { describe, expect, test } from 'vitest';
import { faultOf, soapCall } from '../support/soap-client.ts';
import { noSoap, people, twinWith } from '../support/twin.ts';

const { twin, tt, logOn } = await twinWith(
  [
    {
      name: 'Project',
      users: people,
      groups: [noSoap],
      defects: [{ summary: 'formatted', workaround: 'plain' }],
    },
  ],
  { version: '2016.1.3', cgiVersion: '2016.1.4' },
);

test('getTTVersionInfo gives the versions of the scenario', async () => {
  const cookie = await logOn();
  expect(await tt.getTTVersionInfo({ cookie })).toEqual({
    serverVersion: '2016.1.3',
    cgiVersion: '2016.1.4',
  });
});

test('getTableList names the thirteen tables, and hides those that a group hides or may not view', async () => {
  const all = await tt.getTableList({ cookie: await logOn() });
  expect(all).toHaveLength(13);
  const guest = await tt.getTableList({ cookie: await logOn('guest', 'guest') });
  const hidden = all.filter(({ name }) => !guest.some((table) => table.name === name));
  expect(hidden.map(({ name }) => name)).toEqual([
    // By hiddenTables, and for want of a View command.
    ...['Customer', 'Links', 'Report', 'Task', 'Test Config', 'User'],
  ]);
});

test('getUserForCurrentSession gives the caller, never with a password', async () => {
  const cookie = await logOn('lake', 'water');
  const outcome = await soapCall(twin.soapUrl, 'getUserForCurrentSession', { cookie });
  expect(outcome.result).toMatchObject({
    firstname: 'Veronica',
    middleinitials: 'B',
    lastname: 'Lake',
    loginname: 'lake',
    usergroupname: 'Developers',
    isactive: true,
  });
  expect(outcome.body).not.toContain('water');
  expect(outcome.body).not.toContain('<password');
});

describe('event definitions', () => {
  test('say what each event shows and where it can lead', async () => {
    const cookie = await logOn();
    const events = await tt.getEventDefinitionList({ cookie, tablename: 'Defect' });
    expect(events.map(({ name }) => name)).toEqual([
      'Assign',
      'Estimate',
      'Enter Work',
      'Fix',
      'Verify',
      'Force Close',
      'Re-Open',
      'Release Notes',
      'Comment',
    ]);
    expect(events.find(({ name }) => name === 'Verify')).toMatchObject({
      user: true,
      datetime: true,
      notes: true,
      timeHoursSinceLast: false,
      resultingState: true,
      resultingStateValues: [{ value: 'Closed' }, { value: 'Open (Verify Failed)' }],
      newAssignment: false,
    });
    expect(events.find(({ name }) => name === 'Assign')).toMatchObject({ newAssignment: true });
    expect(events.find(({ name }) => name === 'Fix')?.customFields?.map(({ name }) => name)).toEqual([
      'Affects Documentation',
      'Affects Test Plan',
      'Resolution',
    ]);
  });

  test('are given by the deprecated operation too, for defects', async () => {
    const cookie = await logOn();
    const events = await tt.getDefectEventDefinitionList({ cookie });
    expect(events.map(({ name }) => name)).toContain('Verify');
  });

  test('of an unknown table are refused with 77', async () => {
    expect(
      (await faultOf(tt.getEventDefinitionList({ cookie: await logOn(), tablename: 'Bug' }))).detail,
    ).toBe('77');
  });
});

describe('formatted text', () => {
  const workaround = async (cookie: number) => (await tt.getDefect({ cookie, defectNumber: 1 })).workaround;
  const save = async (cookie: number, text: string) => {
    await tt.editDefect({ cookie, defectNumber: 1 });
    await tt.saveDefect({ cookie, pDefect: { recordid: 1, workaround: text } });
  };

  test('is off at first, belongs to the session, and the call gives the setting', async () => {
    const mine = await logOn();
    const other = await logOn();
    expect(await tt.formattedTextSupport({ cookie: mine, enableFormattedText: true })).toBe(true);
    await save(mine, '<p>Some <strong>text</strong> here</p>');
    expect(await workaround(mine)).toBe('<p>Some <strong>text</strong> here</p>');
    expect(await workaround(other)).toBe('Some text here');
    expect(await tt.formattedTextSupport({ cookie: mine, enableFormattedText: false })).toBe(false);
    expect(await workaround(mine)).toBe('Some text here');
  });

  test('is lost when somebody writes in plain mode', async () => {
    const formatted = await logOn();
    await tt.formattedTextSupport({ cookie: formatted, enableFormattedText: true });
    await save(formatted, '<p>bold <b>words</b></p>');
    await save(await logOn(), 'plain words');
    expect(await workaround(formatted)).not.toContain('<b>');
  });
});
