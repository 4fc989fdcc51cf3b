import type { Draft } from '../../world/draft.ts';
import type { ProductFault } from '../../world/product-fault.ts';
import type { ServerContext } from '../call-context.ts';
import { faults } from '../faults.ts';
import type { CProject } from '../model/operation-types.generated.ts';
import type { ProjectRecord } from '../model/project-record.ts';
import { type Area, areas } from '../model/server-records.ts';
import { projectScope, projects, serverScope, users } from '../model/tables.ts';
import type { UserRecord } from '../model/user-record.ts';
import { documented, type Operations, operation, serverOperation } from '../operation.ts';
import { ProjectView, serverOf } from '../project-view.ts';
import { licencesFor, licensedAreas } from '../rules/licences.ts';
import { groupsOf } from '../rules/permissions.ts';
import { endIdleSessions, endSession, openSession, requireOnlySession } from '../rules/sessions.ts';

/** Finding a project, logging on and off: the operations a client begins and ends with. */
export const logonOperations = {
  getDatabaseList: serverOperation({
    evidence: documented('lists the names of all projects, without credentials; deprecated but working'),
    run: ({ draft }) => allProjects({ draft }).map(({ name }) => ({ name })),
  }),

  getProjectList: serverOperation({
    evidence: documented(
      'lists the projects this user may open; wrong credentials fault, and so does a user who may open none of them (as the logon would, inferred)',
    ),
    run: (context, { username, password }) => {
      const known = allProjects(context).flatMap((project) => {
        const user = findUser(context, project, { username, password });
        return user ? [{ project, refusal: refusalToOpen(context, project, user) }] : [];
      });
      const [first] = known;
      if (!first) throw refusedLogon(context, username);
      const open = known.filter(({ refusal }) => !refusal).map(({ project }) => project);
      if (open.length === 0 && first.refusal) throw first.refusal;
      return open.map(
        ({ name, options }): CProject => ({
          database: { name },
          options: options.map((option) => ({ name: option })),
          servernumber: 0,
        }),
      );
    },
  }),

  getProjectDataOptionList: serverOperation({
    evidence: documented('lists the names usable in CProject.options'),
    run: () => areas.map((name) => ({ name })),
  }),

  ProjectLogon: serverOperation({
    evidence: documented(
      'opens a session of the project for the areas named and takes the licences they need; without options for every area the user has a licence for (inferred); a password that must be changed is no obstacle',
    ),
    settle: ({ draft, now }) => endIdleSessions(draft, now),
    run: (context, { pProj, username, password }) => {
      const name = pProj?.database?.name;
      if (name === undefined) {
        throw faults.missingParameter('pProj', 'Send a CProject whose database has the name of the project.');
      }
      if ((pProj?.servernumber ?? 0) !== 0) throw faults.serverNotFound(pProj?.servernumber ?? 0);
      const project = requireProject(context, name);
      return logOn(context, { project, username, password, wanted: wantedAreas(project, pProj) });
    },
  }),

  DatabaseLogon: serverOperation({
    evidence: documented(
      'as ProjectLogon, by the project name alone; deprecated but working; opens every area the user has a licence for (inferred)',
    ),
    settle: ({ draft, now }) => endIdleSessions(draft, now),
    run: (context, { dbname, username, password }) => {
      const project = requireProject(context, dbname);
      return logOn(context, { project, username, password, wanted: undefined });
    },
  }),

  DatabaseLogoff: operation({
    evidence: documented('ends the session: frees its licence and, inferred, its edit locks'),
    run: ({ draft, session }) => {
      endSession(draft, session);
      return 0;
    },
  }),
} satisfies Partial<Operations>;

interface Logon {
  readonly project: ProjectRecord;
  readonly username: string;
  readonly password: string;
  /** The areas that the client names; undefined when it names none. */
  readonly wanted: readonly Area[] | undefined;
}

/**
 * Checks in this order: user and password, active here and on the licence server, allowed by SOAP, no other session
 * where that matters, licences of the areas, SOAP licence. [inferred] That a password must be changed is not
 * checked. [documented for SOAP]
 *
 * @returns the cookie
 */
function logOn(context: ServerContext, { project, username, password, wanted }: Logon): number {
  const { draft } = context;
  const user = findUser(context, project, { username, password });
  if (!user) throw refusedLogon(context, username, project);
  const refusal = refusalToOpen(context, project, user);
  if (refusal) throw refusal;
  const owner = { project: project.name, userId: user.recordId };
  requireOnlySession(draft, owner, username);
  const { opened, licences } = opening(draft, { user, offered: project.options, wanted });
  const session = { ...owner, areas: opened, licences, formattedText: false };
  return openSession(draft, session, context.now).cookie;
}

/** Why a user may not open a project at all, licences aside: fault 108 or 5. */
function refusalToOpen(
  { draft }: ServerContext,
  { name }: ProjectRecord,
  user: UserRecord,
): ProductFault | undefined {
  if (!user.isActive || (user.globalId !== 0 && !user.isActiveGlobal)) return faults.inactiveUser(user.login);
  if (groupsOf(new ProjectView(draft, name), user).some((group) => group.allowsSoap)) return undefined;
  return faults.notAllowed(
    `No group of "${user.login}" (${user.groups.join(', ') || 'none'}) may log on by SOAP. Set allowsSoap in one of them.`,
  );
}

/**
 * The areas a session opens, and the floating licences that takes. A client that names no areas gets those that the
 * user has a licence for. [inferred]
 *
 * @throws faults 140, 19 and 13, see `licencesFor`
 */
function opening(
  draft: Draft,
  { user, offered, wanted }: { user: UserRecord; offered: readonly Area[]; wanted: Logon['wanted'] },
): { opened: readonly Area[]; licences: readonly string[] } {
  const server = serverOf(draft);
  const licensed = wanted ?? licensedAreas(server, user, offered);
  const opened = licensed.length === 0 ? offered : licensed;
  return { opened, licences: licencesFor(draft, server, { person: user, opened }) };
}

function allProjects({ draft }: Pick<ServerContext, 'draft'>): ProjectRecord[] {
  return draft.table(projects, serverScope).sorted();
}

/** @throws fault 1 when there is no such project */
function requireProject(context: ServerContext, name: string): ProjectRecord {
  const project = context.draft.table(projects, serverScope).get(name);
  if (project) return project;
  throw faults.unknownProject(
    name,
    allProjects(context).map((known) => known.name),
  );
}

/** @throws fault 11 for an option that the project does not have */
function wantedAreas(project: ProjectRecord, wire: CProject | undefined): readonly Area[] | undefined {
  const wanted = new Set((wire?.options ?? []).map(({ name }) => name ?? ''));
  if (wanted.size === 0) return undefined;
  return [...wanted].map((name) => {
    const known = project.options.find((option) => option === name);
    if (known) return known;
    throw faults.invalidParameter(
      `project option "${name}"`,
      `"${project.name}" has these options: ${project.options.join(', ')} (getProjectList gives them).`,
    );
  });
}

/** Logins ignore case; passwords do not. [inferred] */
function findUser(
  { draft }: ServerContext,
  project: ProjectRecord,
  { username, password }: { readonly username: string; readonly password: string },
): UserRecord | undefined {
  const found = draft.table(users, projectScope(project.name)).findBy('login', username.toLowerCase());
  return found.find((user) => !user.isCustomer && user.login !== '' && user.password === password);
}

function refusedLogon(context: ServerContext, username: string, project?: ProjectRecord) {
  const places = project ? [project] : allProjects(context);
  const exists = places.some(
    ({ name }) => context.draft.table(users, projectScope(name)).countBy('login', username.toLowerCase()) > 0,
  );
  const where = project ? ` in "${project.name}"` : ' in any project';
  return faults.badCredentials(
    username,
    exists
      ? `the user exists${project ? where : ''}, but the password is another one.`
      : `there is no such user${where}.`,
  );
}
