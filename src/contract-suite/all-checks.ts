import { envelopeChecks, suiteChecks } from './aptest/envelope.ts';
import { fileChecks, resultChecks } from './aptest/results.ts';
import { sessionChecks, sessionLockChecks } from './aptest/sessions.ts';
import type { ApTestBench } from './aptest-bench.ts';
import type { CheckGroup } from './check.ts';
import { attachmentChecks } from './testtrack/attachments.ts';
import { customFieldChecks } from './testtrack/custom-fields.ts';
import { defectChecks } from './testtrack/defects.ts';
import { folderChecks } from './testtrack/folders.ts';
import { linkChecks } from './testtrack/links.ts';
import { lockChecks } from './testtrack/locks.ts';
import { logonChecks } from './testtrack/logon.ts';
import { lookUpChecks } from './testtrack/look-up.ts';
import { requirementChecks } from './testtrack/requirements.ts';
import { tableChecks } from './testtrack/tables.ts';
import { testCaseChecks } from './testtrack/test-cases.ts';
import { wireChecks } from './testtrack/wire.ts';
import type { TestTrackBench } from './testtrack-bench.ts';

/** Everything that a TestTrack server is looked at for. */
export const testTrackChecks: readonly CheckGroup<TestTrackBench>[] = [
  logonChecks,
  wireChecks,
  tableChecks,
  lookUpChecks,
  defectChecks,
  customFieldChecks,
  attachmentChecks,
  requirementChecks,
  testCaseChecks,
  folderChecks,
  linkChecks,
  lockChecks,
];

/** Everything that rpc.mpl of an ApTest server is looked at for. */
export const apTestChecks: readonly CheckGroup<ApTestBench>[] = [
  envelopeChecks,
  suiteChecks,
  sessionChecks,
  resultChecks,
  fileChecks,
  sessionLockChecks,
];
