import type { Draft } from '../../world/draft.ts';
import type { Instant } from '../../world/instant.ts';
import { loginSessions, serverScope, sessionUses } from '../model/tables.ts';

/**
 * Lets every session count as used at this moment: when it was used last is not kept with the state, and a user who was
 * logged on when a twin ended should not be dropped because it did. [inferred; the real server forgets its sessions]
 */
export function useAllSessions(draft: Draft, now: Instant): void {
  const uses = draft.table(sessionUses, serverScope);
  for (const { cookie } of draft.table(loginSessions, serverScope).values()) uses.put({ cookie, at: now });
}
