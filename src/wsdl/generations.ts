/**
 * The generations of the interface that are known, oldest first. The newest one is the WSDL of this package; an
 * older one is what its row below makes of the next one.
 */
export const generations = ['2013', '2016', 'newest'] as const;

/** A generation of TestTrack's SOAP SDK. */
export type Generation = (typeof generations)[number];

/** How a generation differs from the next one. Members and parts are written `CUser.usergroupnamelist`. */
export interface GenerationDifference {
  /** The next one. */
  readonly since: Generation;
  /** What it does not have yet. */
  readonly operations: readonly string[];
  readonly types: readonly string[];
  readonly members: readonly string[];
  readonly parts: readonly string[];
  /** Members that it lets be nil. */
  readonly nillable: readonly string[];
  /** Days that it declares as `xsd:dateTime`. */
  readonly misdeclared: readonly string[];
  /** Types whose array it has beside those of the next one. */
  readonly arraysOf: readonly string[];
  /** Whether members that must be there may not be nil. */
  readonly isStrict: boolean;
}

/**
 * The days of the interface. A proxy that Mono's `wsdl` makes cannot be constructed when one of them may be nil, so
 * that the newest WSDL, of which only the help is known, lets none be. [observed with mono 6.8, inferred]
 */
const days = [
  'CDateField.value',
  'CDefect.dateentered',
  'CReportedByRecord.datefound',
  'CRequirement.dateEntered',
  'CScheduleInfo.startdate',
  'CScheduleInfo.enddate',
  'CTask.datedue',
  'CTask.dateassigned',
];

/** What is read off a vendor's WSDL of about 2016. [documented] */
const of2016: GenerationDifference = {
  since: 'newest',
  operations: ['generateBatchTestRuns'],
  types: [
    'CBatchTestRunResult',
    'CObjectGenerationError',
    'ArrayOfCBatchTestRunResult',
    'ArrayOfCObjectGenerationError',
    'ArrayOfCTestRun',
  ],
  members: ['CUser.usergroupnamelist'],
  parts: [],
  nillable: days,
  misdeclared: [],
  arraysOf: [],
  isStrict: false,
};

/** What is read off a vendor's WSDL of 2013. [documented] */
const of2013: GenerationDifference = {
  since: '2016',
  operations: [
    'getRecordListForTableWithQuery',
    'getTTVersionInfo',
    'getDocForExportTemplate',
    'getDocForExportTemplateReqDoc',
    'getDocForExportTemplateFolder',
    'getUserForCurrentSession',
  ],
  types: ['CTTVersionInfo', 'CTimespanField'],
  members: [
    'CDefect.dateentered',
    'CFile.m-dateTimeCreated',
    'CFile.m-dateTimeModified',
    'CFolder.taskboardname',
    'CFolderType.isactive',
    'CFolderType.taskboardenabled',
    'CFolderType.defaulttaskboardname',
    'CUser.userLicenseRMReviewer',
    'CUser.userLicenseSuite',
  ],
  parts: ['promoteUser.password', 'promoteCustomer.password'],
  nillable: [],
  misdeclared: days.filter((day) => day !== 'CDefect.dateentered'),
  arraysOf: ['CDefectEvent'],
  isStrict: true,
};

/**
 * The steps from the newest generation back to this one, the newest first.
 *
 * @returns none for the newest
 */
export function stepsBackTo(generation: Generation): readonly GenerationDifference[] {
  switch (generation) {
    case 'newest':
      return [];
    case '2016':
      return [of2016];
    case '2013':
      return [of2016, of2013];
  }
}

/** The generation of an interface, by the operations that it has: the oldest one that lacks what this one lacks. */
export function generationWith(has: (operation: string) => boolean): Generation {
  const lacking = (each: Generation) =>
    stepsBackTo(each).every(({ operations }) => !operations.some((name) => has(name)));
  return generations.find(lacking) ?? 'newest';
}
