import { Draft } from '../world/draft.ts';
import type { Instant } from '../world/instant.ts';
import type { World } from '../world/world.ts';
import { suites } from './model/definitions.ts';
import { installationScope } from './model/installation.ts';
import { OpenSuite } from './run/open-suite.ts';
import { TestSession } from './run/test-session.ts';

/**
 * The SQL mirror of every session, as statements for SQLite or PostgreSQL (SQL-92 with `IF EXISTS`). They come one
 * by one, so that a large world need not be held as text. Nothing comes with the setting `sqlMirror` off.
 *
 * @param now for what depends on time; nothing in the mirror does at present
 */
export function* sqlExport(world: World, now: Instant): Iterable<string> {
  const draft = new Draft(world);
  for (const definition of draft.table(suites, installationScope).sorted()) {
    const suite = new OpenSuite(draft, definition, { now, user: '' });
    for (const { number } of suite.sessions.sorted()) {
      const session = new TestSession(suite, number);
      session.sync();
      yield* session.statements;
    }
  }
}
