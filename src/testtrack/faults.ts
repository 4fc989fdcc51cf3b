import type { Instant } from '../world/instant.ts';
import { ProductFault } from '../world/product-fault.ts';

/**
 * Every refusal of the TestTrack server, once. Numbers are from a list kept in a public client; the texts of 6, 17,
 * 135 and "busy" were seen on the wire, all others are inferred. What the wire carries is the text and the number;
 * the hint is for the person who wonders why.
 */
export const faults = {
  general: (hint: string) => new ProductFault(16, 'General error.', hint),

  unknownProject: (name: string, known: readonly string[]) =>
    new ProductFault(
      1,
      'The specified project does not exist.',
      `No project "${name}" in this scenario. Known projects: ${known.join(', ') || 'none'}.`,
    ),

  missingParameter: (what: string, hint: string) =>
    new ProductFault(2, `A required parameter is missing: ${what}.`, hint),

  badCredentials: (login: string, hint: string) =>
    new ProductFault(5, 'The username or password is not valid.', `Logon of "${login}" refused: ${hint}`),

  notAllowed: (hint: string) =>
    new ProductFault(5, 'You do not have sufficient security clearance to perform this function.', hint),

  areaNotOpened: (area: string, opened: readonly string[]) =>
    new ProductFault(
      5,
      'You do not have sufficient security clearance to perform this function.',
      `This session did not open "${area}" (it opened ${opened.join(', ') || 'nothing'}). Name it in the options of the project that you give to ProjectLogon.`,
    ),

  alreadyLoggedOn: (login: string) =>
    new ProductFault(
      8,
      'The user is already logged in.',
      `"${login}" has a session of this project, and the scenario allows one per user (testtrack.server.oneSessionPerUser). Log it off with DatabaseLogoff; one that is forgotten ends by inactivity.`,
    ),

  recordNotFound: (what: string) =>
    new ProductFault(6, 'The specified record does not exist in the database.', `There is no ${what}.`),

  editNotFound: (what: string, why: string) =>
    new ProductFault(
      7,
      'The record is not being edited by this session.',
      `${what} cannot be saved or released: ${why}`,
    ),

  serverNotFound: (serverNumber: number) =>
    new ProductFault(
      9,
      'The server could not be found.',
      `The CGI has one server registered, number 0; the project names server ${serverNumber}.`,
    ),

  invalidParameter: (what: string, hint: string) =>
    new ProductFault(11, `A parameter is invalid: ${what}.`, hint),

  licencesInUse: (name: string, total: number) =>
    new ProductFault(
      13,
      'The maximum number of concurrent users are already logged in.',
      `All ${total} floating licences "${name}" are taken (testtrack.server.licences). Log sessions off with DatabaseLogoff; one that is forgotten ends by inactivity.`,
    ),

  /** Text observed in a client, number inferred. */
  sessionBusy: () =>
    new ProductFault(
      16,
      'Session busy with prior request',
      'Another request with this cookie is still being answered (testtrack.server.oneRequestPerSession). Wait for its answer, or give every thread a session of its own.',
    ),

  sessionDropped: (hint: string) => new ProductFault(17, 'Session Dropped.', hint),

  noLicenceFound: (name: string, known: readonly string[]) =>
    new ProductFault(
      19,
      'No license was found.',
      `The licence server has no licence "${name}" for this. Licences of the scenario (testtrack.server.licences): ${known.join(', ') || 'none'}.`,
    ),

  namedLicencesAssigned: (name: string, total: number) =>
    new ProductFault(
      21,
      'The license is in use.',
      `All ${total} named licences "${name}" are assigned to users (testtrack.server.licences).`,
    ),

  recordLocked: (what: string, holder: string, until: Instant | undefined) =>
    new ProductFault(
      22,
      'The record is locked by another user.',
      `${what} is being edited by ${holder}${
        until === undefined ? '' : `; the lock ends at ${new Date(until).toISOString()}`
      }. Save or cancel that edit, log that session off, or move the clock with POST /__admin/clock/advance.`,
    ),

  invalidData: (what: string, hint: string) => new ProductFault(23, `The data is not valid: ${what}.`, hint),

  soapLicencesInUse: (total: number) =>
    new ProductFault(
      72,
      'The maximum number of SOAP users are already logged in.',
      `All ${total} SOAP licences of the scenario are taken (testtrack.server.soapLicences). Log sessions off with DatabaseLogoff; one that is forgotten ends by inactivity.`,
    ),

  severalFound: (what: string, count: number) =>
    new ProductFault(
      74,
      'More than one record was found.',
      `${count} records match ${what}; use the number or the record ID instead.`,
    ),

  adminLocked: (holder: string, until: Instant | undefined) =>
    new ProductFault(
      75,
      'The administration lock could not be obtained.',
      `The configuration of the project is being edited by ${holder}${
        until === undefined ? '' : `; the lock ends at ${new Date(until).toISOString()}`
      }. Take adminLock out of the scenario, or move the clock with POST /__admin/clock/advance.`,
    ),

  invalidTable: (table: string, known: readonly string[]) =>
    new ProductFault(
      77,
      'The table name is not valid.',
      `No table "${table}" here. Table names: ${known.join(', ')}.`,
    ),

  duplicateName: (what: string) =>
    new ProductFault(86, 'The name is already in use.', `There is a ${what} already; names are unique here.`),

  inactiveUser: (login: string) =>
    new ProductFault(
      108,
      'The user is not active.',
      `User "${login}" is inactive in the scenario (isActive: false).`,
    ),

  notAllowedOnLicenceServer: (login: string, command: string) =>
    new ProductFault(
      135,
      'You do not have sufficient License Server security clearance to perform this function.',
      `No group of ${login} has the command "${command}".`,
    ),

  noLicenceAssigned: (login: string, area: string) =>
    new ProductFault(
      140,
      'No license type is assigned.',
      `"${login}" has no licence for "${area}". Give the user one in the scenario (licences), or name other options in ProjectLogon.`,
    ),
} as const;
