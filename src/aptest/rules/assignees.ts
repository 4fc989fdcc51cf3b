import type { AssigneeShare } from '../model/installation.ts';

/** Who gets which test, for `count` tests in their order. */
export function sharesOf(
  users: readonly string[],
  count: number,
  share: AssigneeShare,
): readonly (readonly string[])[] {
  return Array.from({ length: count }, (_, at) => {
    if (share === 'all') return users;
    const user = users[at % users.length];
    return user === undefined ? [] : [user];
  });
}
