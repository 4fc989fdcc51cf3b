import type { Instant } from '../../world/instant.ts';
import type { LicenceKind } from './user-record.ts';

/** The areas a session can open, by their names on the wire. */
export const areas = ['TestTrack Pro', 'TestTrack TCM', 'TestTrack RM'] as const;
export type Area = (typeof areas)[number];

/** A login. It lives until it is logged off or was idle for too long. */
export interface Session {
  readonly cookie: number;
  readonly project: string;
  readonly userId: number;
  readonly areas: readonly Area[];
  /** Whether multi-line fields travel as HTML in this session. */
  readonly formattedText: boolean;
  /** The names of the floating licences it holds. */
  readonly licences: readonly string[];
  readonly startedAt: Instant;
}

/** When a session was last used. */
export interface SessionUse {
  readonly cookie: number;
  readonly at: Instant;
}

/** A bound on when the next session can end by inactivity. */
export interface SessionSweep {
  readonly at: Instant;
}

/** Licences of one name that the licence server has. */
export interface LicencePool {
  readonly name: string;
  readonly kind: LicenceKind;
  /** A named licence belongs to the users it is assigned to, a floating one to a session while it lasts. [documented] */
  readonly isFloating: boolean;
  readonly total: number;
}

/** A record being edited. */
export interface Lock {
  /** The wire's name of the table, for example `Defect`. */
  readonly table: string;
  readonly recordId: number;
  /** The session that edits; 0 for a user outside SOAP, such as a user of the GUI. */
  readonly cookie: number;
  readonly userId: number;
  /** The lock is over when `now >= until`; undefined never ends. */
  readonly until: Instant | undefined;
}

/** The values a drop-down field offers, in list order. */
export interface DropdownList {
  readonly table: string;
  /** The field's label as the project shows it. */
  readonly field: string;
  readonly values: readonly string[];
}
