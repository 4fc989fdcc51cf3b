import type { CallContext } from '../call-context.ts';
import { faults } from '../faults.ts';
import { fromWire, type Member, type Members, toWire } from '../lifecycle/member.ts';
import { memberKinds } from '../lifecycle/value-members.ts';
import type { DefectRecord, ReportedBy } from '../model/defect-record.ts';
import type { CReportedByRecord } from '../model/operation-types.generated.ts';
import { noText } from '../rules/rich-text.ts';
import { listUnlessChanged, unlessChanged } from '../rules/unchanged.ts';
import { dayOf } from '../rules/zone.ts';
import { testConfigMember } from './test-config.ts';

const { text, richText, inlineImages, dropdown, user, day, short, attachments } = memberKinds<ReportedBy>();

/** Every member of a reported-by record. */
export const reportedByMembers: Members<ReportedBy, CReportedByRecord> = {
  foundby: user('foundBy', 'Found by'),
  datefound: day('dateFound', 'Date Found'),
  contactinfo: text('contactInfo', 'Contact Info'),
  foundinversion: dropdown('foundInVersion', 'Defect', 'Version Found'),
  comments: richText('description', 'Description'),
  commentsInlineAttachList: inlineImages('description', 'Description'),
  reproduced: dropdown('reproduced', 'Defect', 'Reproduced'),
  reproducedsteps: richText('stepsToReproduce', 'Steps to Reproduce'),
  reproStepsInlineAttachList: inlineImages('stepsToReproduce', 'Steps to Reproduce'),
  standardtestconfig: testConfigMember(),
  otherhardwaresoftware: richText('otherEnvironment', 'Other Hardware and Software'),
  otherHWSWInlineAttachList: inlineImages('otherEnvironment', 'Other Hardware and Software'),
  testconfigtype: short('testConfigType'),
  attachmentlist: attachments('attachments'),
  showorder: short('showOrder'),
};

/**
 * Who found a defect, one record each; the first holds the description. A full list matched by record ID: one that
 * is not sent is gone, one without an ID is new [documented], and so are all of a defect that is added [inferred].
 */
export const reportedByMember: Member<DefectRecord, readonly CReportedByRecord[]> = {
  write: ({ reportedBy }, view) => reportedBy.map((report) => toWire(reportedByMembers, report, view)),
  read: (sent, { before: defect, record, context, closed }) => {
    const known = new Map(record.reportedBy.map((report) => [report.recordId, report]));
    const reports = sent.map((wire, at) => {
      const before = known.get(Number(wire.recordid ?? 0));
      if (defect && !before && (wire.recordid ?? 0) !== 0) {
        throw faults.invalidData(
          `no reported-by record has the record ID ${wire.recordid} here`,
          'Send 0 as recordid for a new one, and those of the defect itself with the IDs they came with.',
        );
      }
      const report = { ...(before ?? blankReport(context, at + 1)) };
      fromWire(reportedByMembers, wire, { before, record: report, context, closed });
      return before ? unlessChanged(before, report) : report;
    });
    record.reportedBy = listUnlessChanged(record.reportedBy, reports);
  },
};

/** A new report: found today, by the caller. The first has the show order 1. [documented] */
function blankReport({ project, user: caller, now }: CallContext, showOrder: number): ReportedBy {
  return {
    recordId: project.next('reported-by'),
    foundBy: caller.recordId,
    dateFound: dayOf(now, project.server.timeZone),
    contactInfo: '',
    foundInVersion: '',
    description: noText,
    reproduced: '',
    stepsToReproduce: noText,
    testConfigId: 0,
    otherEnvironment: noText,
    testConfigType: 0,
    attachments: [],
    showOrder,
  };
}
