import { assignmentCommands } from './assignments.ts';
import { attachmentCommands } from './attachments.ts';
import type { AnyCommand } from './command.ts';
import { resultCommands } from './results.ts';
import { sessionLockCommands } from './session-locks.ts';
import { sessionReports } from './session-reports.ts';
import { sessionCommands } from './sessions.ts';
import { setCommands } from './sets.ts';
import { suiteLists } from './suite-lists.ts';
import { testCaseCommands } from './test-cases.ts';

/** Every command of rpc.mpl, by name. */
export const commands: readonly AnyCommand[] = [
  ...suiteLists,
  ...testCaseCommands,
  ...setCommands,
  ...sessionCommands,
  ...sessionLockCommands,
  ...sessionReports,
  ...assignmentCommands,
  ...resultCommands,
  ...attachmentCommands,
].sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));

const byName = new Map(
  commands.flatMap((command) =>
    [command.name, ...(command.aliases ?? [])].map((name) => [name.toLowerCase(), command]),
  ),
);

/** The command a client means, in any letter case. */
export function commandNamed(name: string): AnyCommand | undefined {
  return byName.get(name.trim().toLowerCase());
}
