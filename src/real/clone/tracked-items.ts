import type { DefectRecord, ReportedBy } from '../../testtrack/model/defect-record.ts';
import type {
  CDefect,
  CReportedByRecord,
  CRequirement,
  CRequirementDocument,
  CTestCase,
  CTestCaseVariantField,
  CTestRun,
} from '../../testtrack/model/operation-types.generated.ts';
import type { TableSettings } from '../../testtrack/model/project-record.ts';
import type { RequirementDocumentRecord } from '../../testtrack/model/requirement-document-record.ts';
import type { RequirementRecord } from '../../testtrack/model/requirement-record.ts';
import {
  type TestCaseRecord,
  type TestContents,
  variantTypes,
} from '../../testtrack/model/test-case-record.ts';
import type { TestRunRecord } from '../../testtrack/model/test-run-record.ts';
import { stepsModes } from '../../testtrack/rules/steps-modes.ts';
import { attachmentFrom, restoredItem, restoredText } from './item-restoration.ts';
import { membersIn } from './members.ts';
import type { RecordRestoring } from './record-restoration.ts';

const settingsOf = ({ project }: RecordRestoring, table: string) => ({
  table,
  workflow: project.tables[table]?.workflow,
  customFields: (project.tables[table] as TableSettings | undefined)?.customFields ?? [],
});

/** A defect as the server showed it. */
export function defectFrom(wire: CDefect, to: RecordRestoring): DefectRecord {
  const { text, day } = membersIn(wire);
  const item = restoredItem(
    {
      recordId: wire.recordid,
      number: wire.defectnumber,
      summary: wire.summary,
      state: wire.state,
      events: wire.eventlist,
      customFields: wire.customFieldList,
      sourceFiles: wire.pSCCFileList,
      created: { by: wire.createdbyuser, at: wire.datetimecreated },
      modified: { by: wire.modifiedbyuser, at: wire.datetimemodified },
      addedFrom: wire.locationaddedfrom,
      storyPoints: wire.storypoints,
      percentDone: wire.percentdone,
    },
    settingsOf(to, 'Defect'),
    to,
  );
  return {
    ...item,
    disposition: text('disposition'),
    type: text('type'),
    priority: text('priority'),
    product: text('product'),
    component: text('component'),
    reference: text('reference'),
    severity: text('severity'),
    enteredBy: to.people.ref(wire.enteredby),
    dateEntered: day('dateentered'),
    workaround: restoredText(wire.workaround, wire.workaroundInlineAttachList, to),
    reportedBy: (wire.reportedbylist ?? []).map((report, at) => reportFrom(report, at, to)),
  };
}

function reportFrom(wire: CReportedByRecord, at: number, to: RecordRestoring): ReportedBy {
  const { text, day, number } = membersIn(wire);
  return {
    recordId: number('recordid'),
    foundBy: to.people.ref(wire.foundby),
    dateFound: day('datefound'),
    contactInfo: text('contactinfo'),
    foundInVersion: text('foundinversion'),
    description: restoredText(wire.comments, wire.commentsInlineAttachList, to),
    reproduced: text('reproduced'),
    stepsToReproduce: restoredText(wire.reproducedsteps, wire.reproStepsInlineAttachList, to),
    testConfigId: Number(wire.standardtestconfig?.recordid ?? 0),
    otherEnvironment: restoredText(wire.otherhardwaresoftware, wire.otherHWSWInlineAttachList, to),
    testConfigType: wire.testconfigtype ?? 0,
    attachments: (wire.attachmentlist ?? []).map((file) => attachmentFrom(file, to)),
    showOrder: wire.showorder ?? at + 1,
  };
}

type TestItem = Omit<CTestCase, '$type'> | Omit<CTestRun, '$type'>;

function testItem(
  wire: TestItem,
  settings: { readonly table: string; readonly number: unknown },
  to: RecordRestoring,
) {
  const { text, flag } = membersIn(wire);
  const item = restoredItem(
    {
      recordId: wire.recordid,
      number: settings.number,
      summary: wire.summary,
      state: wire.state,
      events: wire.eventlist,
      customFields: wire.customFieldList,
      sourceFiles: wire.sccFileList,
      created: { by: wire.createdbyuser, at: wire.datetimecreated },
      modified: { by: wire.modifiedbyuser, at: wire.datetimemodified },
      addedFrom: wire.locationaddedfrom,
      storyPoints: wire.storypoints,
      percentDone: wire.percentdone,
    },
    settingsOf(to, settings.table),
    to,
  );
  const contents: TestContents = {
    type: text('type'),
    isAutomated: flag('isautomated'),
    estimatedTime: text('estimatedtime'),
    steps: text('steps'),
    variants: (wire.testVariants ?? []).map(variantFrom),
    attachments: (wire.attachmentlist ?? []).map((file) => attachmentFrom(file, to)),
  };
  return { ...item, ...contents };
}

function variantFrom(wire: CTestCaseVariantField): TestContents['variants'][number] {
  const { number } = membersIn(wire);
  return {
    variantId: number('recordid'),
    type: variantTypes.find((type) => type === wire.type) ?? 'Included',
    values: (wire.values ?? []).map(({ value = '' }) => value),
  };
}

/** A test case as the server showed it. */
export function testCaseFrom(wire: CTestCase, to: RecordRestoring): TestCaseRecord {
  return {
    ...testItem(wire, { table: 'Test Case', number: wire.testcasenumber }, to),
    runStepsMode: wire.testrunstepsmode ?? stepsModes[0],
  };
}

/** A test run as the server showed it. */
export function testRunFrom(wire: CTestRun, to: RecordRestoring): TestRunRecord {
  const { text, number } = membersIn(wire);
  return {
    ...testItem(wire, { table: 'Test Run', number: wire.testrunnumber }, to),
    testCaseId: number('testcaserecordid'),
    testCaseNumber: number('testcasenumber'),
    runSet: text('testrunset'),
    stepsMode: wire.stepsmode ?? stepsModes[0],
    problemStatement: restoredText(wire.problemstatement, [], to),
  };
}

type RequirementItem = Omit<CRequirement, '$type' | 'type'> | Omit<CRequirementDocument, '$type'>;

function requirementItem(
  wire: RequirementItem,
  settings: { readonly table: string; readonly summary: string | undefined },
  to: RecordRestoring,
): RequirementDocumentRecord {
  const item = restoredItem(
    {
      recordId: wire.recordid,
      number: wire.number,
      summary: settings.summary,
      state: wire.state,
      events: wire.eventList,
      customFields: wire.customFieldList,
      sourceFiles: wire.sccFileList,
      created: { by: wire.createdByUser, at: wire.dateTimeCreated },
      modified: { by: wire.modifiedByUser, at: wire.dateTimeModified },
      addedFrom: wire.locationAddedFrom,
      storyPoints: wire.storyPoints,
      percentDone: wire.percentDone,
    },
    settingsOf(to, settings.table),
    to,
  );
  return {
    ...item,
    description: restoredText(wire.description, wire.descriptionInlineAttachList, to),
    attachments: (wire.attachmentList ?? []).map((file) => attachmentFrom(file, to)),
  };
}

/** A requirement as the server showed it. */
export function requirementFrom(wire: CRequirement, to: RecordRestoring): RequirementRecord {
  const { text, day } = membersIn(wire);
  return {
    ...requirementItem(wire, { table: 'Requirement', summary: wire.summary }, to),
    type: text('type'),
    enteredBy: to.people.ref(wire.enteredBy),
    dateEntered: day('dateEntered'),
    importance: text('importance'),
    versions: (wire.versionList ?? []).map(({ versionNumber, createdByUser, dateTimeCreated }, at) => ({
      number: Number(versionNumber ?? at + 1),
      by: to.people.ref(createdByUser),
      at: to.offsets.moment(dateTimeCreated, to.now),
    })),
  };
}

/** A requirement document as the server showed it. */
export function documentFrom(wire: CRequirementDocument, to: RecordRestoring): RequirementDocumentRecord {
  return requirementItem(wire, { table: 'Requirement Document', summary: wire.name }, to);
}
