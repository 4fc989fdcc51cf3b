import type { CLink } from '../../src/testtrack/model/operation-types.generated.ts';
import { project } from './testtrack.ts';

const section = {
  users: [
    { login: 'admin', password: 'secret', first: 'System', last: 'Administrator' },
    { login: 'lake', password: 'water', first: 'Veronica', last: 'Lake' },
    { login: 'guest', password: 'guest', last: 'Guest', groups: ['Guests'] },
    { login: 'reader', password: 'reader', last: 'Reader', groups: ['Readers'] },
  ],
  groups: [{ name: 'Readers', commands: ['View Links', 'View Defects'] }],
  defects: [{ summary: 'first' }, { summary: 'second' }, { summary: 'third' }],
  requirements: [
    { type: 'Functional Requirement', summary: 'prints' },
    { type: 'Functional Requirement', summary: 'prints fast' },
  ],
  testCases: [{ summary: 'print a page' }, { summary: 'print a book' }],
};

export const defect = (entityID: number, rest: object = {}) => ({ tablename: 'Defect', entityID, ...rest });
export const requirement = (entityID: number) => ({ tablename: 'Requirement', entityID });
export const testCase = (entityID: number) => ({ tablename: 'Test Case', entityID });
export const related = { linkDefinitionName: 'Related Items', childList: [defect(1), defect(2)] };
export const testedBy = {
  linkDefinitionName: 'Requirement Tested By',
  linkparent: requirement(1),
  childList: [testCase(1), testCase(2)],
};

/** A project with items to link, and what tests do to links again and again. */
export function withItems(more: object = {}) {
  const harness = project({ ...section, ...more });
  const { tt, cookie } = harness;
  const add = (pLink: CLink) => tt.addLink({ cookie, pLink });
  const get = (linkID: number | bigint) => tt.getLink({ cookie, linkID });
  const save = (linkID: number | bigint, changes: Partial<CLink>) =>
    tt.saveLink({ cookie, pLink: { ...tt.editLink({ cookie, linkID }), ...changes } });
  return { ...harness, add, get, save };
}
