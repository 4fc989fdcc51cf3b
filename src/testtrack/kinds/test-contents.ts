import { itemMembers } from '../lifecycle/item-members.ts';
import type { Member } from '../lifecycle/member.ts';
import { memberKinds } from '../lifecycle/value-members.ts';
import type { ItemRecord } from '../model/item-record.ts';
import type { TestContents } from '../model/test-case-record.ts';
import { requireStepsMode, stepsModes } from '../rules/steps-modes.ts';
import { variantsMember } from './test-variants.ts';

type TestItem = ItemRecord & TestContents;

/** The members that test cases and test runs share, besides those of every item. */
export function testContentMembers<R extends TestItem>(table: string) {
  const { text, flag, dropdown, attachments } = memberKinds<TestItem>();
  return {
    type: dropdown('type', table, 'Type'),
    isAutomated: flag('isAutomated', 'Automated'),
    estimatedTime: text('estimatedTime', 'Estimated Time'),
    /** Exactly as sent: the markup codes at the start of its lines are all there is to it. [documented] */
    steps: { ...text('steps', 'Steps'), type: 'multiline' as const },
    variants: variantsMember<R>(),
    attachments: attachments('attachments'),
  };
}

/** The members that test cases and test runs have under the same names on the wire, besides their own. */
export function testItemMembers<R extends TestItem>(table: string) {
  const item = itemMembers<R>(table);
  return {
    summary: item.summary,
    state: item.state,
    createdbyuser: item.createdBy,
    datetimecreated: item.createdAt,
    locationaddedfrom: item.addedFrom,
    modifiedbyuser: item.modifiedBy,
    datetimemodified: item.modifiedAt,
    customFieldList: item.customFields,
    eventlist: item.events,
    actualhours: item.actualHours,
    estimatedhours: item.estimatedHours,
    remaininghours: item.remainingHours,
    variance: item.variance,
    storypoints: item.storyPoints,
    percentdone: item.percentDone,
  };
}

/** One of the steps modes; sent empty it is the first. [inferred] */
export function stepsModeMember<K extends string, R extends { readonly [P in K]: string }>(
  key: K,
  label: string,
): Member<R, string> {
  return {
    label,
    type: 'text',
    write: (record) => record[key],
    read: (sent, { before, record }) => {
      const mode = sent === '' ? stepsModes[0] : sent;
      requireStepsMode(mode, before?.[key]);
      Object.assign(record, { [key]: mode });
    },
  };
}
