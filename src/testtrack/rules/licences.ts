import type { Draft } from '../../world/draft.ts';
import { faults } from '../faults.ts';
import type { ServerSettings } from '../model/project-record.ts';
import type { Area, LicencePool } from '../model/server-records.ts';
import { globalUsers, loginSessions, projectScope, projects, serverScope, users } from '../model/tables.ts';
import { type LicenceKind, licenceKinds, type Person, type UserLicences } from '../model/user-record.ts';

/**
 * The kinds of licence that open an area by SOAP. A suite licence opens each of them; a requirements reviewer's
 * licence opens none, because it is for the web client only. [documented]
 */
const opening: Readonly<Record<Area, readonly LicenceKind[]>> = {
  'TestTrack Pro': ['pro', 'suite'],
  'TestTrack TCM': ['tcm', 'suite'],
  'TestTrack RM': ['rm', 'suite'],
};

/** The licence of this name for this purpose; undefined when the licence server has none. */
function poolOf(server: ServerSettings, kind: LicenceKind, name: string): LicencePool | undefined {
  return server.licences.find((pool) => pool.kind === kind && pool.name === name);
}

/** Whether a licence is asked for at all to work in an area: a scenario without licences has no limits. */
function needsLicence({ licences }: ServerSettings, area: Area): boolean {
  return licences.some(({ kind }) => opening[area].includes(kind));
}

/** The areas that a user has a licence for, or that need none. */
export function licensedAreas(server: ServerSettings, person: Person, offered: readonly Area[]): Area[] {
  return offered.filter(
    (area) => !needsLicence(server, area) || opening[area].some((kind) => person.licences[kind] !== ''),
  );
}

/**
 * The floating licences that a session needs for the areas it opens: one for each, or one suite licence for all.
 * Named licences are not counted here, they are their owner's. [documented]
 *
 * @returns their names
 * @throws fault 140 when the user has no licence for an area, 19 when the licence server has none of that name, 13
 *   when all of that name are in use
 */
export function licencesFor(
  draft: Draft,
  server: ServerSettings,
  { person, opened }: { person: Person; opened: readonly Area[] },
): string[] {
  const taken = new Set<string>();
  for (const area of opened) {
    if (!needsLicence(server, area)) continue;
    const pool = licenceFor(server, person, area);
    if (pool.isFloating) taken.add(pool.name);
  }
  for (const name of taken) requireFree(draft, server, name);
  return [...taken];
}

function licenceFor(server: ServerSettings, person: Person, area: Area): LicencePool {
  const kinds = opening[area].filter((kind) => person.licences[kind] !== '');
  if (kinds.length === 0) throw faults.noLicenceAssigned(person.login, area);
  for (const kind of kinds) {
    const pool = poolOf(server, kind, person.licences[kind]);
    if (pool && pool.total > 0) return pool;
  }
  throw faults.noLicenceFound(kinds.map((kind) => person.licences[kind]).join(', '), namesOf(server));
}

function requireFree(draft: Draft, server: ServerSettings, name: string): void {
  const total = server.licences.find((pool) => pool.name === name)?.total ?? 0;
  if (sessionsWith(draft, name) >= total) throw faults.licencesInUse(name, total);
}

/**
 * Makes sure that a user can be given the licences they now have: those that were not theirs before.
 *
 * @throws fault 19 when the licence server has none of that name, 21 when all named ones of it are assigned [inferred]
 */
export function requireAssignable(
  draft: Draft,
  server: ServerSettings,
  { before, after }: { before: UserLicences | undefined; after: UserLicences },
): void {
  if (server.licences.length === 0) return;
  for (const kind of licenceKinds) {
    const name = after[kind];
    if (name === '' || name === before?.[kind]) continue;
    const pool = poolOf(server, kind, name);
    if (!pool) throw faults.noLicenceFound(name, namesOf(server));
    if (!pool.isFloating && assignedTo(draft, name) >= pool.total) {
      throw faults.namedLicencesAssigned(name, pool.total);
    }
  }
}

/**
 * What remains of a user's licences when some are newly assigned: a suite licence takes the place of all others,
 * another licence that of the suite, and of the two kinds for requirements only one is left. [documented]
 */
export function settledLicences(before: UserLicences, after: UserLicences): UserLicences {
  const none = { pro: '', tcm: '', rm: '', rmReviewer: '', suite: '' };
  const isNew = (kind: LicenceKind): boolean => after[kind] !== '' && after[kind] !== before[kind];
  if (isNew('suite')) return { ...none, suite: after.suite };
  const suite = licenceKinds.some(isNew) ? '' : after.suite;
  if (isNew('rm')) return { ...after, suite, rmReviewer: '' };
  if (isNew('rmReviewer')) return { ...after, suite, rm: '' };
  return { ...after, suite };
}

/** What a scenario gives to users for whom it names no licences: the first floating one for each purpose. */
export function usualLicences({ licences }: ServerSettings): UserLicences {
  const first = (kind: LicenceKind): string =>
    licences.find((pool) => pool.kind === kind && pool.isFloating)?.name ?? '';
  const areas = { pro: first('pro'), tcm: first('tcm'), rm: first('rm'), rmReviewer: '' };
  const isBare = areas.pro === '' && areas.tcm === '' && areas.rm === '';
  return { ...areas, suite: isBare ? first('suite') : '' };
}

/** How many of a licence are in use: by sessions when it floats, by the users it is assigned to when it is named. */
export function usedOf(draft: Draft, { name, isFloating }: LicencePool): number {
  return isFloating ? sessionsWith(draft, name) : assignedTo(draft, name);
}

function sessionsWith(draft: Draft, name: string): number {
  return draft.table(loginSessions, serverScope).countBy('licence', name);
}

/** A user of the licence server counts once, whatever number of projects has that user. */
function assignedTo(draft: Draft, name: string): number {
  let count = draft.table(globalUsers, serverScope).countBy('licence', name);
  for (const project of draft.table(projects, serverScope).values()) {
    count += draft.table(users, projectScope(project.name)).countBy('licence', name);
  }
  return count;
}

function namesOf({ licences }: ServerSettings): readonly string[] {
  return licences.map(({ name }) => name);
}
