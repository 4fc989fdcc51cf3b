import type { CallContext } from '../call-context.ts';
import { blankItem } from '../lifecycle/blank-item.ts';
import type { Family } from '../lifecycle/family.ts';
import { itemMembers } from '../lifecycle/item-members.ts';
import { byNumberOrSummary } from '../lifecycle/look-up.ts';
import type { Members } from '../lifecycle/member.ts';
import { memberKinds } from '../lifecycle/value-members.ts';
import type { DefectRecord } from '../model/defect-record.ts';
import type { CDefect } from '../model/operation-types.generated.ts';
import { defects, testConfigs } from '../model/tables.ts';
import { noText } from '../rules/rich-text.ts';
import { dayOf } from '../rules/zone.ts';
import { reportedByMember } from './reported-by.ts';

/** The table's name on the wire. */
export const defectTable = 'Defect';

const { text, richText, inlineImages, dropdown, user, day } = memberKinds<DefectRecord>();
const item = itemMembers<DefectRecord>(defectTable);
const list = (key: Parameters<typeof dropdown>[0], label: string) => dropdown(key, defectTable, label);

const members: Members<DefectRecord, CDefect> = {
  defectnumber: item.number,
  summary: item.summary,
  state: item.state,
  disposition: list('disposition', 'Disposition'),
  type: list('type', 'Type'),
  priority: list('priority', 'Priority'),
  product: list('product', 'Product'),
  component: list('component', 'Component'),
  reference: text('reference', 'Reference'),
  severity: list('severity', 'Severity'),
  enteredby: user('enteredBy', 'Entered by'),
  workaround: richText('workaround', 'Workaround'),
  workaroundInlineAttachList: inlineImages('workaround', 'Workaround'),
  dateentered: day('dateEntered', 'Date Entered'),
  locationaddedfrom: item.addedFrom,
  datetimecreated: item.createdAt,
  datetimemodified: item.modifiedAt,
  createdbyuser: item.createdBy,
  modifiedbyuser: item.modifiedBy,
  actualhourstofix: item.actualHours,
  estimatedhours: item.estimatedHours,
  remaininghours: item.remainingHours,
  variance: item.variance,
  storypoints: item.storyPoints,
  percentdone: item.percentDone,
  reportedbylist: reportedByMember,
  eventlist: item.events,
  pSCCFileList: item.sourceFiles,
  customFieldList: item.customFields,
};

/** Defects, "issues" in the product's newer words. */
export const defectFamily: Family<DefectRecord, CDefect> = {
  table: defectTable,
  records: defects,
  members,
  area: 'TestTrack Pro',
  commandNoun: 'Defects',
  shows: [testConfigs],
  // The help's example of a failing save is an unknown user in enteredby, so that field is required. [documented]
  required: ['Summary', 'Entered by'],
  blank: blankDefect,
  find: byNumberOrSummary(defects, { numberPart: 'defectNumber', summaryPart: 'summary' }),
  files: ({ reportedBy }) => reportedBy.flatMap((report) => report.attachments),
  check: (record, _before, { now, session }) => {
    record.modified = { at: now, by: session.userId };
  },
};

/** A new defect: entered now, by the caller, in the first state of the workflow. [documented] */
function blankDefect(context: CallContext): DefectRecord {
  const { project, user: caller, now } = context;
  return {
    ...blankItem(context, defectTable),
    disposition: '',
    type: '',
    priority: '',
    product: '',
    component: '',
    reference: '',
    severity: '',
    enteredBy: caller.recordId,
    dateEntered: dayOf(now, project.server.timeZone),
    workaround: noText,
    reportedBy: [],
  };
}
