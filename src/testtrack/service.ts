import type { Runner } from '../runner/runner.ts';
import type { Draft } from '../world/draft.ts';
import type { Instant } from '../world/instant.ts';
import { invariant } from '../world/invariant.ts';
import { BusySessions } from './busy-sessions.ts';
import type { CallContext } from './call-context.ts';
import { faults } from './faults.ts';
import type { Long } from './model/operation-types.generated.ts';
import type { Session } from './model/server-records.ts';
import { serverScope, serverSettings, users } from './model/tables.ts';
import type { OperationName, SessionOperation } from './operation.ts';
import { operations } from './operations/index.ts';
import { ProjectView } from './project-view.ts';
import { noteUse, requireSession } from './rules/sessions.ts';
import { runInSession } from './session-call.ts';

type Parts = Readonly<Record<string, unknown>>;

/** TestTrack as the edge sees it: named operations with typed parts, no bytes and no XML. */
export interface TestTrack {
  /**
   * Runs an operation.
   *
   * @param name as the WSDL has it
   * @param input the parts by name, as the SOAP decoder gives them
   * @returns the value of the answer's one part, or a `Pending` that makes it
   * @throws ProductFault whose code is the fault's `detail`
   */
  call(name: string, input: Parts): unknown;

  /**
   * Tells that a request is in work: to be called when its parts are known, before `call`. Where the scenario allows
   * one request per session (`oneRequestPerSession`), another one of that session is refused until this one ended.
   *
   * @returns ends it; to be called once its answer has been sent, or its client is gone. Undefined where any number
   * of requests may come at once
   * @throws ProductFault `Session busy with prior request`
   */
  enter(name: string, input: Parts): (() => void) | undefined;
}

export function createTestTrack(runner: Runner): TestTrack {
  const busy = new BusySessions();
  return {
    enter(name, input) {
      const cookie = input.cookie as Long | undefined;
      const server = runner.world.collection(serverSettings, serverScope).get('server');
      if (cookie === undefined || !server?.oneRequestPerSession) return undefined;
      const leave = busy.enter(cookie);
      if (leave) return leave;
      const busyFault = faults.sessionBusy();
      runner.refuse({ api: 'testtrack', name, input }, busyFault);
      throw busyFault;
    },

    call(name, input) {
      const found = operations[name as OperationName];
      invariant(found, `the WSDL and Operations name the same operations, "${name}" too`);
      const call = { api: 'testtrack', name, input } as const;
      switch (found.kind) {
        case 'server': {
          const run = found.run as (context: { draft: Draft; now: Instant }, parts: Parts) => unknown;
          return runner.call(call, {
            settle: (draft, now) => found.settle?.({ draft, now }),
            run: (draft, now) => run({ draft, now }, input),
          });
        }
        case 'session': {
          const operation = found as unknown as SessionOperation<OperationName>;
          const cookie = input.cookie as Long;
          let used: Session | undefined;
          return runner.call(call, {
            settle: (draft, now) => {
              used = noteUse(draft, cookie, now);
              if (!operation.settle) return;
              operation.settle({ draft, now });
              // That may have ended sessions.
              used = undefined;
            },
            run: (draft, now) => {
              const session = used ?? requireSession(draft, cookie, now);
              return runInSession(operation, contextOf(draft, now, session), input);
            },
          });
        }
      }
    },
  };
}

/** @throws fault 17 when nobody owns the session any more */
function contextOf(draft: Draft, now: Instant, session: Session): CallContext {
  const project = new ProjectView(draft, session.project);
  const user = project.table(users).get(session.userId);
  if (!user) throw faults.sessionDropped('The user of this session was deleted. Log on as another user.');
  return { draft, now, project, session, user };
}
