import type { CallContext } from './call-context.ts';
import type { NameFormat } from './model/user-record.ts';
import type { ProjectView } from './project-view.ts';

/** How a record is to be shown: everything besides the record that its form on the wire depends on. */
export interface View {
  readonly project: ProjectView;
  readonly nameFormat: NameFormat;
  /** Whether multi-line texts travel as HTML. */
  readonly formatted: boolean;
  /** Whether the contents of files go along. */
  readonly downloads: boolean;
}

/** How the caller of an operation sees records. */
export function viewFor({ project, session, user }: CallContext, downloads: boolean): View {
  return { project, nameFormat: user.nameFormat, formatted: session.formattedText, downloads };
}
