import type { Draft } from '../world/draft.ts';
import type { Instant } from '../world/instant.ts';
import type { Session } from './model/server-records.ts';
import type { UserRecord } from './model/user-record.ts';
import type { ProjectView } from './project-view.ts';

/** What an operation that needs no login is given. */
export interface ServerContext {
  readonly draft: Draft;
  readonly now: Instant;
}

/** What an operation of a session is given: who calls, in which project, when. */
export interface CallContext extends ServerContext {
  readonly project: ProjectView;
  readonly session: Session;
  readonly user: UserRecord;
}
