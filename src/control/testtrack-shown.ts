import type { z } from 'zod';
import type { ShownLock, ShownSession } from '../testtrack/desk/holders.ts';
import type { shownLockSchema, shownSessionSchema } from './testtrack-schemas.ts';

/** A lock as the control answers show it. */
export function shownLock({ session, until, ...lock }: ShownLock): z.output<typeof shownLockSchema> {
  return {
    ...lock,
    ...(session === undefined ? {} : { session }),
    ...(until === undefined ? {} : { until: new Date(until).toISOString() }),
  };
}

/** A session as the control answers show it. */
export function shownSession(session: ShownSession): z.output<typeof shownSessionSchema> {
  const { areas, licences, startedAt, usedAt, until } = session;
  return {
    ...session,
    areas: [...areas],
    licences: [...licences],
    startedAt: new Date(startedAt).toISOString(),
    usedAt: new Date(usedAt).toISOString(),
    until: new Date(until).toISOString(),
  };
}
