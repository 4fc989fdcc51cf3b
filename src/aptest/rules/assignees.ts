/** How several assignees share the tests: each test is assigned to all of them, or they take the tests in turn. */
export const assigneeShares = ['all', 'inTurn'] as const;
export type AssigneeShare = (typeof assigneeShares)[number];

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
