import { z } from 'zod';
import { momentSchema } from '../../input/clock-schema.ts';
import { areas } from '../../testtrack/model/server-records.ts';
import { users } from '../../testtrack/model/tables.ts';
import { serverOf } from '../../testtrack/project-view.ts';
import { licencesFor, licensedAreas } from '../../testtrack/rules/licences.ts';
import { idleFrom, openSession } from '../../testtrack/rules/sessions.ts';
import { MINUTE_MS } from '../../world/instant.ts';
import { ScenarioProblem } from '../reading/problem.ts';
import { nameSchema } from './parts.ts';
import { type ProjectSeed, placed } from './project-seed.ts';

/** A user who is logged on from the start. */
export const loginSchema = z
  .strictObject({
    user: nameSchema,
    /** What the session opens; by default every area that the user has a licence for. */
    areas: z.array(z.enum(areas)).min(1, 'a session opens at least one area').optional(),
    /** When the session was last used; by default at the moment the scenario starts. */
    idleSince: momentSchema.optional(),
    /** The same, as minutes before the scenario starts. */
    idleMinutes: z.number().nonnegative().optional(),
  })
  .refine(({ idleSince, idleMinutes }) => idleSince === undefined || idleMinutes === undefined, {
    message: 'a login has idleSince or idleMinutes, not both',
  });

interface LoginsSection {
  readonly logins?: readonly z.output<typeof loginSchema>[] | undefined;
}

/**
 * Opens the sessions that exist from the start. They hold licences as any other and end as any other; their cookies
 * are the first that the server gives out.
 */
export function seedLogins(seed: ProjectSeed, { logins = [] }: LoginsSection): void {
  const { project, now } = seed;
  const { draft } = project;
  const server = serverOf(draft);
  for (const [index, login] of logins.entries()) {
    const at = [...seed.at, 'logins', index];
    const userId = seed.userOf(login.user, () => [...at, 'user']);
    const person = project.table(users).get(userId);
    if (!person || person.isCustomer) throw new ScenarioProblem([...at, 'user'], 'a customer cannot log on');
    const used = login.idleSince ?? now - (login.idleMinutes ?? 0) * MINUTE_MS;
    if (used > now) throw new ScenarioProblem(at, 'the session was last used after the scenario starts');
    if (now >= idleFrom(used, server)) {
      throw new ScenarioProblem(
        at,
        `the session is over: it was idle for ${server.inactivityMinutes} minutes or more`,
        'Give a shorter idle time, or raise testtrack.server.inactivityMinutes.',
      );
    }
    const offered = project.record.options;
    const licensed = login.areas ?? licensedAreas(server, person, offered);
    const opened = licensed.length === 0 ? offered : licensed;
    placed(
      () => at,
      () => {
        const licences = licencesFor(draft, server, { person, opened });
        const session = {
          project: project.record.name,
          userId,
          areas: opened,
          licences,
          formattedText: false,
        };
        return openSession(draft, session, used);
      },
    );
  }
}
