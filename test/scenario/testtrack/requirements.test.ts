import { describe, expect, test } from 'vitest';
import { ScenarioProblem } from '../../../src/scenario/reading/problem.ts';
import { project } from '../../support/testtrack.ts';

const type = 'Functional Requirement';

function problemOf(section: object): ScenarioProblem {
  try {
    project(section);
  } catch (error) {
    if (error instanceof ScenarioProblem) return error;
    throw error;
  }
  throw new Error('the scenario was not refused');
}

describe('a tree in a scenario', () => {
  test('names requirements by number, tag or summary', () => {
    const { tt, cookie } = project({
      requirements: [
        { type, summary: 'a', number: 7 },
        { type, summary: 'b' },
        { type, summary: 'c' },
      ],
      requirementDocuments: [{ name: 'doc', tree: ['c', { requirement: 'FR-8', children: [7] }] }],
    });
    expect(tt.getRequirementIDsForDocument({ cookie, documentID: 1 })).toEqual([3, 2, 1]);
  });

  test('can be carried on by clients: what they append comes last', () => {
    const { tt, cookie } = project({
      requirements: ['a', 'b', 'c'].map((summary) => ({ type, summary })),
      requirementDocuments: [{ name: 'doc', tree: ['b', 'a'] }],
    });
    const parts = { requirementID: 3, documentID: 1, parentRequirementID: 0 };
    tt.appendToRequirementDocument({ cookie, ...parts });
    expect(tt.getRequirementIDsForDocument({ cookie, documentID: 1 })).toEqual([2, 1, 3]);
  });

  const requirements = [
    { type, summary: 'a' },
    { type, summary: 'twice' },
    { type, summary: 'twice' },
  ];
  test.each([
    ['a requirement that is none', ['FR-9'], [0], /no requirement "FR-9"/],
    ['a number that is none', [{ requirement: 99 }], [0, 'requirement'], /no requirement number 99/],
    ['a summary that several have', ['twice'], [0], /2 requirements are called "twice"/],
    ['a requirement twice', ['a', { requirement: 2, children: [1] }], [1, 'children', 0], /already/],
    ['a requirement under itself', [{ requirement: 1, children: [1] }], [0, 'children', 0], /own parent/],
  ])('is refused with %s, at its place', (_, tree, at, message) => {
    const problem = problemOf({ requirements, requirementDocuments: [{ name: 'doc', tree }] });
    expect(problem.message).toMatch(message);
    expect(problem.path).toEqual([...['testtrack', 'projects', 0, 'requirementDocuments', 0, 'tree'], ...at]);
  });
});

describe('a requirement in a scenario', () => {
  test.each([
    ['an unknown type', { type: 'Wish' }, ['type']],
    ['an unknown importance', { importance: 'Very' }, ['importance']],
    ['somebody who is none', { enteredBy: 'nobody' }, ['enteredBy']],
    ['an event that is none', { events: [{ name: 'Party' }] }, ['events', 0, 'name']],
    ['a field that is none', { customFields: { Risk: 'High' } }, ['customFields', 'Risk']],
  ])('with %s is refused at its place', (_, change, at) => {
    const problem = problemOf({ requirements: [{ type, summary: 'a', ...change }] });
    expect(problem.path).toEqual([...['testtrack', 'projects', 0, 'requirements', 0], ...at]);
  });

  test('with a record ID or number that another has is refused', () => {
    for (const twin of [{ recordId: 5 }, { number: 5 }]) {
      const requirements = [
        { type, summary: 'a', ...twin },
        { type, summary: 'b', ...twin },
      ];
      expect(problemOf({ requirements }).message).toMatch(/there are two of requirement/);
      const requirementDocuments = [
        { name: 'a', ...twin },
        { name: 'b', ...twin },
      ];
      expect(problemOf({ requirementDocuments }).message).toMatch(/there are two of requirement document/);
    }
  });

  test('can have a formatted description with its pictures', () => {
    const html = '<p>a <img src="x.png"><script>no</script></p>';
    const description = { html, images: [{ name: 'x.png', text: 'pixels' }] };
    const { tt, cookie } = project({ requirements: [{ type, summary: 'a', description }] });
    tt.formattedTextSupport({ cookie, enableFormattedText: true });
    const shown = tt.getRequirement({ cookie, summary: 'a' });
    const name = shown.descriptionInlineAttachList?.[0]?.['m-strArchiveName'];
    expect(shown.description).toBe(`<p>a <img src="${name}" /></p>`);
  });

  test('stands where its events have brought it', () => {
    const events = [{ name: 'Ready for Review' }, { name: 'Assign', assignTo: 'lake' }];
    const { tt, cookie } = project({
      requirements: [{ type, summary: 'a', createdAt: '2026-01-01T12:00:00Z', events }],
    });
    expect(tt.getRequirement({ cookie, summary: 'a' })).toMatchObject({
      state: 'Awaiting Review',
      dateTimeCreated: '2026-01-01T07:00:00-05:00',
      dateTimeModified: '2026-01-01T07:02:00-05:00',
    });
  });
});

describe('the requirement types of a project', () => {
  test('replace the default ones as a whole', () => {
    const section = { requirementTypes: [{ name: 'Rule', tagPrefix: 'R' }] };
    const { tt, cookie } = project({ ...section, requirements: [{ type: 'Rule', summary: 'a' }] });
    expect(tt.getRequirement({ cookie, summary: 'a' }).tag).toBe('R1');
    expect(problemOf({ ...section, requirements: [{ type, summary: 'a' }] }).message).toMatch(/not a value/);
  });

  test('can be more than those that have a tag', () => {
    const { tt, cookie } = project({
      lists: { Requirement: { 'Requirement Type': ['Idea'] } },
      requirements: [{ type: 'Idea', summary: 'a' }],
    });
    expect(tt.getRequirement({ cookie, summary: 'a' }).tag).toBe('1');
  });
});
