import { describe, expect, test } from 'vitest';
import type { CLink } from '../../../src/testtrack/model/operation-types.generated.ts';
import { defect, related, requirement, testCase, testedBy, withItems } from '../../support/links.ts';
import { faultOf } from '../../support/testtrack.ts';

describe('when a linked item is deleted', () => {
  test('a child leaves the link, which goes on', () => {
    const { tt, cookie, add, get } = withItems();
    const id = add({ ...related, childList: [defect(1), defect(2), defect(3)] });
    tt.deleteDefect({ cookie, defectNumber: 2 });
    expect(get(id).childList?.map(({ entityID }) => entityID)).toEqual([1, 3]);
    expect(get(id).historyList?.at(-1)?.history).toBe('Item removed: Defect 2 was deleted');
  });

  test('a link with too few items left goes as well', () => {
    const { tt, cookie, add, get } = withItems();
    const id = add(related);
    tt.deleteDefect({ cookie, defectNumber: 2 });
    expect(faultOf(() => get(id)).code).toBe(6);
    expect(tt.getLinksForDefect({ cookie, defectRecordID: 1 })).toEqual([]);
  });

  test('a broken link can still be saved, and mended with another parent', () => {
    const { tt, cookie, add, get, save } = withItems();
    const id = add(testedBy);
    tt.deleteRequirementByRecordID({ cookie, recordID: 1 });
    save(id, { comment: 'whose test is this?' });
    expect(get(id)).toMatchObject({ linkbroken: true, comment: 'whose test is this?' });
    expect(get(id).historyList?.map(({ history }) => history)).toContain(
      'Link broken: Requirement 1 was deleted',
    );
    save(id, { linkparent: requirement(2) });
    expect(get(id)).toMatchObject({ linkbroken: false, linkparent: { summary: 'prints fast' } });
  });
});

describe('suspects', () => {
  const suspects = ({ linkparent, childList = [] }: CLink) => [
    linkparent?.issuspect,
    ...childList.map(({ issuspect }) => issuspect),
  ];

  function withTestedRequirement() {
    const harness = withItems();
    const { tt, cookie, add, get } = harness;
    const id = add(testedBy);
    const saveRequirement = (changes: object) =>
      tt.saveRequirement({
        cookie,
        pRequirement: { ...tt.editRequirementByRecordID({ cookie, recordID: 1 }), ...changes },
      });
    return { ...harness, id, saveRequirement, marked: () => suspects(get(id)) };
  }

  test('are all items that depend on one that changes', () => {
    const { saveRequirement, marked, get, id } = withTestedRequirement();
    saveRequirement({ summary: 'prints in color' });
    expect(marked()).toEqual([false, true, true]);
    expect(get(id).historyList?.at(-1)?.history).toBe('Items marked as suspect: Requirement 1 changed');
  });

  test('are not marked by a save that changes nothing, nor by an event', () => {
    const { saveRequirement, marked, get, id } = withTestedRequirement();
    saveRequirement({});
    saveRequirement({ eventList: [{ name: 'Comment', notes: 'hm' }] });
    expect([marked(), get(id).historyList?.length]).toEqual([[false, false, false], 1]);
  });

  test('are marked by an event that says so, but not again by a later save', () => {
    const workflow = {
      states: [{ name: 'Draft' }],
      events: [{ name: 'Mark Suspects', canMarkSuspect: true }, { name: 'Comment' }],
    };
    const { tt, cookie, add, get } = withItems({ workflows: { Requirement: workflow } });
    const id = add(testedBy);
    const save = (event: object) => {
      tt.editRequirementByRecordID({ cookie, recordID: 1 });
      tt.saveRequirement({ cookie, pRequirement: { recordid: 1, eventList: [event] } });
    };
    save({ name: 'Mark Suspects', marksuspect: true });
    expect(suspects(get(id))).toEqual([false, true, true]);
    tt.editLink({ cookie, linkID: id });
    tt.saveLink({ cookie, pLink: { recordid: id, childList: [testCase(2)] } });
    tt.editLink({ cookie, linkID: id });
    tt.saveLink({ cookie, pLink: { recordid: id, childList: [testCase(1), testCase(2)] } });
    save({ name: 'Comment' });
    expect(suspects(get(id))).toEqual([false, false, true]);
  });

  test('are marked among peers as well, and the parent by a child', () => {
    const { tt, cookie, add, get, saveRequirement, id } = withTestedRequirement();
    const peers = add({
      linkDefinitionName: 'Related Requirements',
      childList: [requirement(1), requirement(2)],
    });
    saveRequirement({ summary: 'changed' });
    expect(suspects(get(peers))).toEqual([undefined, false, true]);
    tt.editTestCase({ cookie, testCaseNumber: 2 });
    tt.saveTestCase({ cookie, pTestCase: { recordid: 2, summary: 'print a long book' } });
    expect(suspects(get(id))).toEqual([true, true, true]);
  });

  test('are never marked in links whose definition does not allow it', () => {
    const { tt, cookie, add, get } = withItems();
    const id = add(related);
    tt.editDefect({ cookie, defectNumber: 1 });
    tt.saveDefect({ cookie, pDefect: { recordid: 1, summary: 'changed' } });
    expect(suspects(get(id))).toEqual([undefined, false, false]);
  });

  test('are clear again under a definition without suspects', () => {
    const { add, get, save, saveRequirement } = withTestedRequirement();
    const id = add({ linkDefinitionName: 'Requirement Source', childList: [requirement(1), testCase(1)] });
    saveRequirement({ summary: 'changed' });
    expect(suspects(get(id))).toEqual([undefined, false, true]);
    save(id, { linkDefinitionName: 'Related Items' });
    expect(suspects(get(id))).toEqual([undefined, false, false]);
  });
});
