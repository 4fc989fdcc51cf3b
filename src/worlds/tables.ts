import { accounts } from '../aptest/model/account.ts';
import { suites } from '../aptest/model/definitions.ts';
import { installations } from '../aptest/model/installation.ts';
import { sessions as runSessions, groups as setGroups, sets } from '../aptest/model/run-head.ts';
import { requirements as suiteRequirements, testCases as suiteTests } from '../aptest/model/test-case.ts';
import { noteEntries, testRuns as sessionRuns, testLists } from '../aptest/model/test-run.ts';
import { webLogins } from '../aptest/model/web-login.ts';
import { rules, ruleUses } from '../fault-rules/tables.ts';
import * as testTrack from '../testtrack/model/tables.ts';
import { TableRegistry, type Tables } from '../world/store/table-registry.ts';

/**
 * Every table of a world, by the first part of the scopes that its collections live in: for writing a world
 * down and reads it again. A table that is missing here is found by a test.
 */
export const tables: Tables = {
  testtrack: [
    testTrack.serverSettings,
    testTrack.projects,
    testTrack.loginSessions,
    testTrack.sessionUses,
    testTrack.sessionSweeps,
    testTrack.globalUsers,
    testTrack.locks,
    testTrack.securityGroups,
    testTrack.users,
    testTrack.dropdowns,
    testTrack.filters,
    testTrack.reports,
    testTrack.exportTemplates,
    testTrack.defects,
    testTrack.testConfigs,
    testTrack.tasks,
    testTrack.testVariants,
    testTrack.testCaseRecords,
    testTrack.testRunRecords,
    testTrack.links,
    testTrack.requirementRecords,
    testTrack.requirementDocuments,
    testTrack.documentNodes,
    testTrack.documentSnapshots,
    testTrack.publicFolders,
    testTrack.privateFolders,
    testTrack.folderItems,
  ],
  aptest: [
    accounts,
    suites,
    installations,
    setGroups,
    runSessions,
    sets,
    suiteRequirements,
    suiteTests,
    noteEntries,
    testLists,
    sessionRuns,
    webLogins,
  ],
  twintrack: [rules, ruleUses],
};

/** Finds any of them by where a collection lives. */
export const tableRegistry = new TableRegistry(tables);
