import { describe, expect, test } from 'vitest';
import type { Long } from '../../../src/testtrack/model/operation-types.generated.ts';
import type { World } from '../../../src/world/world.ts';
import { faultOf, project } from '../../support/testtrack.ts';

const functional = 'Functional Requirement';
const business = 'Business Requirement';
const locking = {
  states: [{ name: 'Draft' }, { name: 'Frozen', locksItem: true }],
  events: [{ name: 'Freeze', to: ['Frozen'] }, { name: 'Thaw', to: ['Draft'] }, { name: 'Note' }],
};

function world(section: object = {}) {
  return project({
    users: [
      { login: 'admin', password: 'secret', first: 'System', last: 'Administrator' },
      { login: 'author', password: 'a', last: 'Author', groups: ['Requirements Authors'] },
      { login: 'reader', password: 'r', last: 'Reader', groups: ['Guests'] },
      { login: 'editor', password: 'e', last: 'Editor', groups: ['Editors'] },
      { login: 'blind', password: 'b', last: 'Blind', groups: ['Blind'] },
    ],
    groups: [
      {
        name: 'Editors',
        commands: [
          ...['Requirements', 'Requirement Documents'].flatMap((noun) => [`View ${noun}`, `Edit ${noun}`]),
          'Delete Requirement Documents',
        ],
      },
      { name: 'Blind', commands: 'all', hiddenTables: ['Requirement', 'Requirement Document'] },
    ],
    requirements: [
      { type: functional, summary: 'one', importance: 'High' },
      { type: functional, summary: 'two' },
      { type: business, summary: 'three' },
      { type: business, summary: 'same' },
      { type: business, summary: 'same' },
    ],
    requirementDocuments: [
      { name: 'Guide', tree: [{ requirement: 'FR-1', children: ['FR-2'] }] },
      { name: 'Other', tree: [2] },
    ],
    ...section,
  });
}

/** What a refused call must leave as it was: everything but when a session was last used. */
function stateOf({ collections, counters }: World) {
  return { counters, collections: [...collections].filter(([path]) => !path.endsWith('session-uses')) };
}

function refused({ runner }: ReturnType<typeof world>, call: () => unknown) {
  const before = stateOf(runner.world);
  const fault = faultOf(call);
  const after = stateOf(runner.world);
  expect(after.counters).toBe(before.counters);
  expect(after.collections.map(([path]) => path)).toEqual(before.collections.map(([path]) => path));
  for (const [at, [path, collection]] of after.collections.entries()) {
    expect(collection, path).toBe(before.collections[at]?.[1]);
  }
  return fault.code;
}

describe('the type of a requirement', () => {
  test('makes its tag, together with the number', () => {
    const { tt, cookie } = world();
    expect(tt.getRequirement({ cookie, requirementNumber: 1 }).tag).toBe('FR-1');
    tt.changeRequirementType({ cookie, requirementID: 1, newTypeName: business });
    expect(tt.getRequirement({ cookie, requirementNumber: 1 })).toMatchObject({
      type: business,
      tag: 'BR-1',
    });
  });

  test('can have a suffix, or neither, as the project says', () => {
    const requirementTypes = [{ name: 'Use Case', tagPrefix: 'UC', tagSuffix: '-Web' }, { name: 'Rule' }];
    const requirements = [
      { type: 'Use Case', summary: 'a', number: 100 },
      { type: 'Rule', summary: 'b' },
    ];
    const { tt, cookie } = world({ requirementTypes, requirements, requirementDocuments: [] });
    expect(tt.getRequirement({ cookie, summary: 'a' }).tag).toBe('UC100-Web');
    expect(tt.getRequirement({ cookie, summary: 'b' }).tag).toBe('101');
    const pRequirement = { type: functional, summary: 'c' };
    expect(faultOf(() => tt.addRequirement({ cookie, pRequirement })).code).toBe(23);
  });

  test('makes no tag where requirements have no number', () => {
    const { tt, cookie } = world({ autoNumbers: false, requirementDocuments: [] });
    expect(tt.getRequirement({ cookie, summary: 'one' })).toMatchObject({ number: 0, tag: '' });
  });

  test('is changed by a save only for those who may change types', () => {
    const its = world();
    const { tt, logOn } = its;
    const cookie = logOn('editor', 'e');
    const before = tt.editRequirement({ cookie, summary: 'one' });
    const save = (change: object) => tt.saveRequirement({ cookie, pRequirement: { ...before, ...change } });
    expect(refused(its, () => save({ type: business }))).toBe(5);
    expect(save({ summary: 'one, edited' })).toBe(0);
  });
});

describe('the versions of a requirement', () => {
  test('grow with every save that changes something and every change of type', () => {
    const { tt, cookie, clock, logOn } = world();
    const versions = () => tt.getRequirement({ cookie, requirementNumber: 1 }).versionList;
    expect(versions()).toMatchObject([{ versionNumber: 1 }]);
    clock.advance(60_000);
    const author = logOn('author', 'a');
    tt.saveRequirement({
      cookie: author,
      pRequirement: {
        ...tt.editRequirement({ cookie: author, requirementNumber: 1 }),
        summary: 'Other words',
      },
    });
    tt.changeRequirementType({ cookie, requirementID: 1, newTypeName: business });
    expect(versions()).toEqual([
      {
        versionNumber: 1,
        createdByUser: 'Administrator, System',
        dateTimeCreated: '2026-03-02T10:00:00-05:00',
      },
      { versionNumber: 2, createdByUser: 'Author', dateTimeCreated: '2026-03-02T10:01:00-05:00' },
      {
        versionNumber: 3,
        createdByUser: 'Administrator, System',
        dateTimeCreated: '2026-03-02T10:01:00-05:00',
      },
    ]);
  });

  test('are the server’s: what a client sends there is ignored', () => {
    const { tt, cookie } = world();
    const before = tt.editRequirement({ cookie, requirementNumber: 1 });
    tt.saveRequirement({ cookie, pRequirement: { ...before, summary: 'x', versionList: [], tag: 'XX-9' } });
    expect(tt.getRequirement({ cookie, requirementNumber: 1 })).toMatchObject({
      tag: 'FR-1',
      versionList: [{ versionNumber: 1 }, { versionNumber: 2 }],
    });
  });

  test('stay as they are when the type is the same as before', () => {
    const { tt, cookie } = world();
    tt.changeRequirementType({ cookie, requirementID: 1, newTypeName: functional });
    expect(tt.getRequirement({ cookie, requirementNumber: 1 }).versionList).toHaveLength(1);
  });
});

describe('changeRequirementType is refused', () => {
  test('in this order: area, table, command, requirement, state, lock, type', () => {
    const its = world({
      workflows: { Requirement: locking },
      requirements: [{ type: functional, summary: 'frozen', events: [{ name: 'Freeze' }] }],
      requirementDocuments: [],
      groups: [
        { name: 'Changers', commands: ['View Requirements', 'Edit Requirements', 'Change Requirement Type'] },
        { name: 'Blind', commands: 'all', hiddenTables: ['Requirement'] },
      ],
      users: [
        { login: 'admin', password: 'secret', last: 'Administrator' },
        { login: 'changer', password: 'c', last: 'Changer', groups: ['Changers'] },
        { login: 'reader', password: 'r', last: 'Reader', groups: ['Guests'] },
        { login: 'blind', password: 'b', last: 'Blind', groups: ['Blind'] },
      ],
    });
    const { tt, logOn, cookie } = its;
    const change = (by: Long, requirementID = 1, newTypeName = 'No Such Type') =>
      refused(its, () => tt.changeRequirementType({ cookie: by, requirementID, newTypeName }));
    expect(change(99)).toBe(17);
    expect(change(logOn('admin', 'secret', ['TestTrack Pro']))).toBe(5);
    expect(change(logOn('blind', 'b'))).toBe(5);
    expect(change(logOn('reader', 'r'))).toBe(5);
    expect(change(cookie, 9)).toBe(6);
    expect(change(logOn('changer', 'c'))).toBe(5);
    tt.editRequirement({ cookie, summary: 'frozen' });
    expect(change(cookie)).toBe(22);
    tt.cancelSaveRequirement({ cookie, recordID: 1 });
    expect(change(cookie)).toBe(11);
    expect(change(cookie, 1, '')).toBe(11);
  });
});

describe('a requirement to add', () => {
  test.each([
    ['nothing', undefined, 2],
    ['no type', { summary: 's' }, 23],
    ['an unknown type', { summary: 's', type: 'Wish' }, 23],
    ['no summary', { type: business }, 23],
    ['an importance that is not in the list', { type: business, summary: 's', importance: 'Very' }, 23],
    ['somebody who does not exist', { type: business, summary: 's', enteredBy: 'Nobody' }, 23],
    ['an event that is none', { type: business, summary: 's', eventList: [{ name: 'Party' }] }, 23],
    [
      'a file without content',
      { type: business, summary: 's', attachmentList: [{ 'm-strFileName': 'f' }] },
      23,
    ],
    [
      'an unknown custom field',
      { type: business, summary: 's', customFieldList: [{ $type: 'CDateField', name: 'x' }] },
      11,
    ],
  ])('with %s is refused', (_, pRequirement, code) => {
    const its = world();
    const parts = { cookie: its.cookie, pRequirement } as Parameters<typeof its.tt.addRequirement>[0];
    expect(refused(its, () => its.tt.addRequirement(parts))).toBe(code);
  });
});

describe('appendToRequirementDocument', () => {
  test('puts a requirement at the end, or last under a parent', () => {
    const { tt, cookie } = world();
    const append = (requirementID: number, parentRequirementID: number) =>
      tt.appendToRequirementDocument({ cookie, requirementID, documentID: 1, parentRequirementID });
    expect(append(3, 0)).toBe(0);
    expect(append(4, 1)).toBe(0);
    expect(tt.getRequirementIDsForDocument({ cookie, documentID: 1 })).toEqual([1, 2, 4, 3]);
    expect(tt.getDocumentIDsForRequirement({ cookie, requirementID: 2 })).toEqual([1, 2]);
    expect(tt.getDocumentIDsForRequirement({ cookie, requirementID: 5 })).toEqual([]);
  });

  test('is refused, in this order: area, table, command, records, lock, tree', () => {
    const its = world();
    const { tt, logOn, cookie } = its;
    const append = (by: Long, [requirementID, documentID, parentRequirementID]: [number, number, number]) =>
      refused(its, () =>
        tt.appendToRequirementDocument({ cookie: by, requirementID, documentID, parentRequirementID }),
      );
    expect(append(logOn('admin', 'secret', ['TestTrack TCM']), [9, 9, 9])).toBe(5);
    expect(append(logOn('blind', 'b'), [9, 9, 9])).toBe(5);
    expect(append(logOn('reader', 'r'), [9, 9, 9])).toBe(5);
    expect(append(cookie, [9, 1, 0])).toBe(6);
    expect(append(cookie, [3, 9, 0])).toBe(6);
    expect(append(cookie, [3, 1, 9])).toBe(6);
    expect(append(cookie, [2, 1, 3])).toBe(23);
    expect(append(cookie, [3, 1, 4])).toBe(11);
    expect(append(cookie, [1, 1, 2])).toBe(23);
    expect(append(cookie, [3, 1, 3])).toBe(23);
    const other = logOn('author', 'a');
    tt.editRequirementDocument({ cookie: other, name: 'Guide' });
    expect(append(cookie, [3, 1, 0])).toBe(22);
    const parts = { requirementID: 3, documentID: 1, parentRequirementID: 0 };
    expect(tt.appendToRequirementDocument({ cookie: other, ...parts })).toBe(0);
  });
});

describe('a document in a state that locks it', () => {
  const frozen = () =>
    world({
      workflows: { 'Requirement Document': locking },
      requirementDocuments: [
        { name: 'Guide', tree: [1], events: [{ name: 'Freeze' }] },
        { name: 'Other', tree: [2] },
      ],
    });

  test('keeps its requirements from being changed without an extra command, but not from workflow events', () => {
    const its = frozen();
    const cookie = its.logOn('author', 'a');
    const save = (changed: object) =>
      its.tt.saveRequirement({ cookie, pRequirement: { recordid: 1, type: functional, ...changed } });
    expect(its.tt.editRequirement({ cookie, summary: 'one' }).summary).toBe('one');
    expect(refused(its, () => save({ summary: 'changed' }))).toBe(5);
    expect(save({ eventList: [{ name: 'Comment', notes: 'Why?' }] })).toBe(0);
    const change = { cookie, requirementID: 1, newTypeName: business };
    expect(refused(its, () => its.tt.changeRequirementType(change))).toBe(5);
    expect(its.tt.editRequirement({ cookie, summary: 'two' }).summary).toBe('two');
    expect(its.tt.editRequirement({ cookie: its.cookie, summary: 'one' }).summary).toBe('one');
  });

  test('takes no requirements, but can be kept in a snapshot', () => {
    const its = frozen();
    const cookie = its.logOn('author', 'a');
    const append = (documentID: number) =>
      its.tt.appendToRequirementDocument({ cookie, requirementID: 3, documentID, parentRequirementID: 0 });
    expect(refused(its, () => append(1))).toBe(5);
    expect(append(2)).toBe(0);
    expect(its.tt.createSnapshot({ cookie, documentID: 1, snapshot: { label: 'frozen' } })).toBe(0);
  });

  test('gives its requirements free when it leaves that state', () => {
    const { tt, cookie: admin, logOn } = frozen();
    const before = tt.editRequirementDocument({ cookie: admin, name: 'Guide' });
    tt.saveRequirementDocument({
      cookie: admin,
      pRequirementDocument: { ...before, eventList: [{ name: 'Thaw' }] },
    });
    const cookie = logOn('author', 'a');
    expect(tt.editRequirement({ cookie, summary: 'one' }).summary).toBe('one');
  });
});

describe('deleting', () => {
  test('a requirement takes it out of its documents; what stood under it moves up', () => {
    const { tt, cookie } = world();
    tt.deleteRequirement({ cookie, requirementNumber: 1 });
    expect(tt.getRequirementIDsForDocument({ cookie, documentID: 1 })).toEqual([2]);
    expect(faultOf(() => tt.getDocumentIDsForRequirement({ cookie, requirementID: 1 })).code).toBe(6);
  });

  test('a document leaves its requirements where they are', () => {
    const { tt, cookie } = world();
    tt.deleteRequirementDocument({ cookie, name: 'Guide' });
    expect(tt.getRequirement({ cookie, requirementNumber: 1 }).summary).toBe('one');
    expect(tt.getDocumentIDsForRequirement({ cookie, requirementID: 2 })).toEqual([2]);
  });

  test('a document with its requirements takes them out of other documents too', () => {
    const { tt, cookie } = world();
    tt.deleteRequirementDocumentByRecordID({ cookie, recordID: 1, bDeleteAssociatedRequirements: true });
    for (const requirementNumber of [1, 2]) {
      expect(faultOf(() => tt.getRequirement({ cookie, requirementNumber })).code).toBe(6);
    }
    expect(tt.getRequirementIDsForDocument({ cookie, documentID: 2 })).toEqual([]);
    expect(tt.getRequirement({ cookie, requirementNumber: 3 }).summary).toBe('three');
  });

  test('is all or nothing: refused while one requirement is edited, or may not be deleted', () => {
    const its = world();
    const { tt, cookie, logOn } = its;
    const remove = (by: Long) =>
      refused(its, () =>
        tt.deleteRequirementDocument({ cookie: by, name: 'Guide', bDeleteAssociatedRequirements: true }),
      );
    expect(remove(logOn('editor', 'e'))).toBe(5);
    tt.editRequirement({ cookie: logOn('author', 'a'), summary: 'two' });
    expect(remove(cookie)).toBe(22);
    tt.editRequirementDocument({ cookie, name: 'Guide' });
    expect(refused(its, () => tt.deleteRequirementDocument({ cookie, name: 'Guide' }))).toBe(22);
    expect(refused(its, () => tt.deleteRequirement({ cookie, summary: 'two' }))).toBe(22);
    expect(refused(its, () => tt.deleteRequirement({ cookie, summary: 'same' }))).toBe(74);
    expect(refused(its, () => tt.deleteRequirement({ cookie, requirementNumber: 77 }))).toBe(6);
  });
});

describe('createSnapshot', () => {
  test('is refused without a snapshot, a document or the command', () => {
    const its = world();
    const { tt, cookie, logOn } = its;
    const snap = (by: Long, documentID: number, snapshot?: object) =>
      refused(its, () => tt.createSnapshot({ cookie: by, documentID, snapshot }));
    expect(snap(logOn('editor', 'e'), 1, {})).toBe(5);
    expect(snap(cookie, 9, {})).toBe(6);
    expect(snap(cookie, 1)).toBe(2);
  });

  test('goes with its document', () => {
    const its = world();
    const { tt, cookie, runner } = its;
    tt.createSnapshot({ cookie, documentID: 1, snapshot: { label: 'a' } });
    tt.createSnapshot({ cookie, documentID: 2, snapshot: { label: 'b' } });
    tt.deleteRequirementDocument({ cookie, name: 'Guide' });
    const kept = [...runner.world.collections].find(([path]) => path.endsWith('/document-snapshots'))?.[1];
    expect(kept?.size).toBe(1);
  });
});
