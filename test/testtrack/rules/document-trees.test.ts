import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ProjectView } from '../../../src/testtrack/project-view.ts';
import {
  appendNode,
  clearDocument,
  documentsOf,
  leaveDocuments,
  maxDepth,
  outlineOf,
} from '../../../src/testtrack/rules/document-trees.ts';
import { Draft } from '../../../src/world/draft.ts';
import { faultOf, project } from '../../support/testtrack.ts';

const { runner } = project();
const world = runner.world;
const empty = () => new ProjectView(new Draft(world), 'Project');
const append = (view: ProjectView, requirementId: number, parentId = 0, documentId = 1) =>
  appendNode(view, { documentId, requirementId, parentId });
const outline = (view: ProjectView, documentId = 1) =>
  outlineOf(view, documentId).map(({ outlineNumber, requirementId }) => `${outlineNumber}=${requirementId}`);

describe('a document', () => {
  test('numbers its requirements 1, 1.1, 1.2, 2 in the order in which they were appended', () => {
    const view = empty();
    append(view, 10);
    append(view, 20);
    append(view, 11, 10);
    append(view, 12, 10);
    append(view, 111, 11);
    expect(outline(view)).toEqual(['1=10', '1.1=11', '1.1.1=111', '1.2=12', '2=20']);
  });

  test('does not see what is in another one', () => {
    const view = empty();
    append(view, 10, 0, 1);
    append(view, 10, 0, 7);
    append(view, 11, 10, 7);
    expect(outline(view, 1)).toEqual(['1=10']);
    expect(outline(view, 7)).toEqual(['1=10', '1.1=11']);
    expect(documentsOf(view, 10)).toEqual([1, 7]);
    clearDocument(view, 7);
    expect(outline(view, 7)).toEqual([]);
    expect(documentsOf(view, 10)).toEqual([1]);
  });

  test('is empty at first', () => {
    expect(outline(empty())).toEqual([]);
  });
});

describe('appending is refused', () => {
  test('for a requirement that is in the document already, wherever', () => {
    const view = empty();
    append(view, 10);
    append(view, 11, 10);
    expect(faultOf(() => append(view, 11))).toMatchObject({ code: 23 });
    expect(faultOf(() => append(view, 10, 11))).toMatchObject({ code: 23 });
  });

  test('under the requirement itself', () => {
    expect(faultOf(() => append(empty(), 10, 10))).toMatchObject({ code: 23 });
  });

  test('under a parent that is not in this document', () => {
    const view = empty();
    append(view, 10, 0, 7);
    expect(faultOf(() => append(view, 11, 10, 1))).toMatchObject({ code: 11 });
  });

  test('deeper than clients can read', () => {
    const view = empty();
    for (let id = 1; id <= maxDepth; id += 1) append(view, id, id - 1);
    expect(faultOf(() => append(view, maxDepth + 1, maxDepth))).toMatchObject({ code: 23 });
    append(view, maxDepth + 1, maxDepth - 1);
  });
});

describe('a requirement that is deleted', () => {
  test('leaves its place to what stood under it, in order', () => {
    const view = empty();
    for (const id of [10, 20, 30]) append(view, id);
    for (const id of [21, 22]) append(view, id, 20);
    append(view, 221, 22);
    leaveDocuments(view, 20);
    expect(outline(view)).toEqual(['1=10', '2=21', '3=22', '3.1=221', '4=30']);
    leaveDocuments(view, 22);
    expect(outline(view)).toEqual(['1=10', '2=21', '3=221', '4=30']);
    append(view, 40);
    expect(outline(view).at(-1)).toBe('5=40');
  });

  test('never disturbs the order of the others', () => {
    const steps = fc.array(fc.tuple(fc.boolean(), fc.nat(), fc.nat()), { maxLength: 60 });
    fc.assert(
      fc.property(steps, (plan) => {
        const view = empty();
        let model: number[] = [];
        const ids = () => outlineOf(view, 1).map(({ requirementId }) => requirementId);
        let next = 1;
        for (const [isDelete, a, b] of plan) {
          const chosen = model[a % Math.max(1, model.length)];
          if (isDelete && chosen !== undefined) {
            leaveDocuments(view, chosen);
            model = model.filter((id) => id !== chosen);
          } else {
            append(view, next, b % 3 === 0 ? 0 : (chosen ?? 0));
            const after = ids();
            expect(after.filter((id) => id !== next)).toEqual(model);
            model = after;
            next += 1;
          }
          expect(ids()).toEqual(model);
        }
      }),
      { numRuns: 100 },
    );
  });
});
