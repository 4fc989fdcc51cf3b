import type { CallContext } from '../call-context.ts';
import type { NameFormat, UserRecord } from '../model/user-record.ts';
import type { ProjectView } from '../project-view.ts';
import { fieldRights } from './field-rights.ts';

/** Whose clock and habits dates are written by. */
export interface DateStyle {
  /** A language tag such as `en-US`. */
  readonly locale: string;
  /** An IANA name, or a fixed offset as `UTC+05:30`. */
  readonly timeZone: string;
}

/** How a record is to be shown: everything besides the record that its form on the wire depends on. */
export interface View {
  readonly project: ProjectView;
  readonly nameFormat: NameFormat;
  /** Whether multi-line texts travel as HTML. */
  readonly formatted: boolean;
  /** Whether the contents of files go along. */
  readonly downloads: boolean;
  /** How texts write dates; as the server does where this is not given. */
  readonly dates?: DateStyle;
  /** Whose field rights count; nobody's where this is not given, so that everything shows. */
  readonly viewer?: UserRecord;
  /** The fields of the record being shown that the viewer does not see, by original label. */
  readonly hidden?: ReadonlySet<string>;
}

/** How the caller of an operation sees records. */
export function viewFor({ project, session, user }: CallContext, downloads: boolean): View {
  return {
    project,
    nameFormat: user.nameFormat,
    formatted: session.formattedText,
    downloads,
    viewer: user,
  };
}

/** The fields of a table that a viewer does not see, by original label; the same object for the same rights. */
export function hiddenFields({ project, viewer }: View, table: string): ReadonlySet<string> | undefined {
  return viewer && fieldRights(project, viewer, table).hidden;
}

/** The view of one record of a table, which may be part of a record of another. */
export function viewOf(view: View, table: string): View {
  const hidden = hiddenFields(view, table);
  return hidden === view.hidden || hidden === undefined ? view : { ...view, hidden };
}
