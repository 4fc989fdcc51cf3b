import type { UserRef } from '../model/item-record.ts';
import { nameOf } from '../rules/user-names.ts';
import type { View } from '../rules/view.ts';

/** What stands between people where a cell names several: their names may hold commas. [inferred] */
export const between = '; ';

/** Gives the names of users for one call: each is put together once, however many cells name it. */
export function namesFor({ project, nameFormat }: View): (ref: UserRef) => string {
  const names = new Map<UserRef, string>();
  return (ref) => {
    let name = names.get(ref);
    if (name === undefined) {
      name = nameOf(project, ref, nameFormat);
      names.set(ref, name);
    }
    return name;
  };
}
