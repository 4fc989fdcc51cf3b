import { expect, test } from 'vitest';
import { faultOf } from '../support/soap-client.ts';
import { noSoap, people, twinWith } from '../support/twin.ts';

const workflow = {
  states: [{ name: 'Open' }, { name: 'Frozen', locksItem: true }],
  events: [
    { name: 'Freeze', from: ['Open'], to: ['Frozen'] },
    { name: 'Thaw', from: ['Frozen'], to: ['Open'] },
  ],
};
const { tt, logOn } = await twinWith([
  {
    name: 'Project',
    users: people,
    groups: [noSoap],
    workflows: { Defect: workflow },
    customFields: { Defect: [{ name: 'Cost', type: 'integer' }] },
    defects: [{ summary: 'It burns', events: [{ name: 'Freeze' }] }],
  },
]);

test('a workflow event can be entered while a state locks the item, and nothing else', async () => {
  const cookie = await logOn('lake', 'water');
  const old = await tt.editDefect({ cookie, defectNumber: 1 });
  const events = [...(old.eventlist ?? []), { recordid: 0, name: 'Thaw' }];
  const pDefect = { ...old, summary: 'It is warm', eventlist: events };
  const refused = await faultOf(tt.saveDefect({ cookie, pDefect }));
  expect([refused.detail, refused.outcome.headers.get('x-twintrack-hint')]).toEqual([
    '5',
    expect.stringContaining('"summary" can be changed only with the command "Edit Locked Defects"'),
  ]);
  expect(await tt.saveDefect({ cookie, pDefect: { ...old, eventlist: events } })).toBe(0);
  expect(await tt.getDefect({ cookie, defectNumber: 1 })).toMatchObject({
    state: 'Open',
    summary: 'It burns',
  });
});
