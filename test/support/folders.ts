import type { CFolder } from '../../src/testtrack/model/operation-types.generated.ts';
import { project } from './testtrack.ts';

const users = [
  { login: 'admin', password: 'secret', first: 'System', last: 'Administrator' },
  { login: 'lake', password: 'water', first: 'Veronica', last: 'Lake' },
  { login: 'guest', password: 'guest', last: 'Guest', groups: ['Guests'] },
];
/** Folders A (a (deep), b) and B for all, Mine (inner) for the administrator, Hers for lake. */
export const foldersSection = {
  users,
  defects: [{ summary: 'one' }, { summary: 'two' }],
  folders: [
    { name: 'A', folders: [{ name: 'a', folders: [{ name: 'deep' }] }, { name: 'b' }] },
    { name: 'B' },
    { name: 'Mine', privateTo: 'admin', folders: [{ name: 'inner' }] },
    { name: 'Hers', privateTo: 'lake' },
  ],
};

/** A project with these folders, and what tests do to them again and again. */
export function withFolders(more: object = {}) {
  const harness = project({ ...foldersSection, ...more });
  const { tt, cookie } = harness;
  const get = (path: string) => tt.getFolder({ cookie, path });
  const edit = (folderPath: string) => tt.editFolder({ cookie, folderPath });
  const save = (pFolder: CFolder) => tt.saveFolder({ cookie, pFolder });
  const change = (path: string, changes: CFolder) => save({ ...edit(path), ...changes });
  return { ...harness, get, edit, save, change };
}
