import type { CallContext } from '../call-context.ts';
import { defectFamily, defectTable } from '../kinds/defect.ts';
import { testRunFamily, testRunTable } from '../kinds/test-run.ts';
import { addRecord, requireRecord } from '../lifecycle/records.ts';
import type { CDefect } from '../model/operation-types.generated.ts';
import { testVariants } from '../model/tables.ts';
import type { TestRunRecord } from '../model/test-run-record.ts';
import { area, documented, type Operations, operation, permission, visible } from '../operation.ts';
import { linkItems, requireDefinition } from '../rules/links.ts';
import { readText } from '../rules/rich-text.ts';
import { nameOf } from '../rules/user-names.ts';
import { dayOf } from '../rules/zone.ts';

const needs = [
  area('TestTrack TCM'),
  area('TestTrack Pro'),
  visible(testRunTable),
  visible(defectTable),
  permission('View Test Runs'),
  permission('Add Defects'),
];

/** Defects that a test run brings to light. */
export const testRunDefectOperations = {
  createDefectForTestRun: operation({
    needs,
    evidence: documented(
      'gives a defect prefilled from the run and stores nothing; which members are filled is inferred',
    ),
    run: (context, { recordID }) =>
      defectFor(context, requireRecord(testRunFamily, context.project, recordID)),
  }),

  addDefectWithLink: operation({
    needs,
    evidence: documented(
      'stores the defect and a link to the run, and gives the record ID of the defect; by which definition is inferred',
    ),
    run: (context, { pDefect, testRunRecordID }) => {
      const { project } = context;
      const run = requireRecord(testRunFamily, project, testRunRecordID);
      const defect = addRecord(defectFamily, context, pDefect);
      const found = { table: defectTable, recordId: defect.recordId };
      const source = { table: testRunTable, recordId: run.recordId };
      const definition = project.record.testRunIssueLink;
      // Where the definition has parents, the run is the parent of what it brought to light.
      const isPeer = requireDefinition(project, definition).kind === 'peer';
      linkItems(context, {
        definition,
        parent: isPeer ? undefined : source,
        children: isPeer ? [source, found] : [found],
      });
      return defect.recordId;
    },
  }),
} satisfies Partial<Operations>;

/** No record, no numbers: the caller completes it and adds it. [documented] */
function defectFor({ project, user, session, now }: CallContext, run: TestRunRecord): CDefect {
  const today = dayOf(now, project.server.timeZone);
  const caller = nameOf(project, user.recordId, user.nameFormat);
  return {
    recordid: 0,
    summary: run.summary,
    enteredby: caller,
    dateentered: today,
    createdbyuser: caller,
    reportedbylist: [
      {
        recordid: 0,
        foundby: caller,
        datefound: today,
        comments: readText(run.problemStatement, session.formattedText),
        reproducedsteps: run.steps,
        otherhardwaresoftware: variantsOf(project, run),
        showorder: 1,
      },
    ],
  };
}

/** What the run was performed on, a line for each variant. */
function variantsOf(project: CallContext['project'], { variants }: TestRunRecord): string {
  return variants
    .map(
      ({ variantId, values }) =>
        `${project.table(testVariants).get(variantId)?.name ?? ''}: ${values.join(', ')}`,
    )
    .join('\r\n');
}
