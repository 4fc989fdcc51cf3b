import type { CallContext } from '../call-context.ts';
import { testVariantTable, variantDefinitions } from '../kinds/test-variants.ts';
import type { CEventDefinition } from '../model/operation-types.generated.ts';
import type { EventDefinition } from '../model/project-record.ts';
import { loginSessions, serverScope } from '../model/tables.ts';
import { documented, type Operations, operation } from '../operation.ts';
import { attachmentTypes } from '../rules/attachments.ts';
import { fieldValues, writeDefinitions } from '../rules/custom-fields.ts';
import { tableNames } from '../rules/table-names.ts';
import { hiddenFields, viewFor } from '../rules/view.ts';
import { readsTable, requireTable } from './table-access.ts';

/** What a session can ask about the server, the project and itself. */
export const projectInformationOperations = {
  formattedTextSupport: operation({
    evidence: documented('turns HTML in multi-line fields on or off for this session and gives the setting'),
    run: ({ draft, session }, { enableFormattedText }) => {
      draft.table(loginSessions, serverScope).put({ ...session, formattedText: enableFormattedText });
      return enableFormattedText;
    },
  }),

  getTTVersionInfo: operation({
    evidence: documented('gives the versions of server and CGI, which the scenario sets'),
    run: ({ project: { server } }) => ({ serverVersion: server.version, cgiVersion: server.cgiVersion }),
  }),

  getTableList: operation({
    evidence: documented(
      'lists the tables that the user may see: of areas that the session opened, not hidden from the groups, with their View command (each inferred)',
    ),
    run: (context) => tableNames.filter((name) => readsTable(context, name)).map((name) => ({ name })),
  }),

  getAttachmentTypes: operation({
    evidence: documented('lists Standard, Script and Run Result'),
    run: () => attachmentTypes,
  }),

  getEventDefinitionList: operation({
    evidence: documented('lists the events of a table’s workflow with the inputs each one shows'),
    run: (context, { tablename }) => eventDefinitions(context, tablename),
  }),

  getDefectEventDefinitionList: operation({
    evidence: documented('as getEventDefinitionList for defects; deprecated but working'),
    run: (context) =>
      eventDefinitions(context, 'Defect').map((definition) => ({
        ...definition,
        $type: 'CDefectEventDefinition',
      })),
  }),

  getCustomFieldsDefinitionList: operation({
    evidence: documented(
      'lists the custom fields of a table, or the test variants, drop-down values included',
    ),
    run: (context, { tablename }) =>
      requireTable(context, tablename) === testVariantTable
        ? variantDefinitions(context.project)
        : customFields(context, tablename),
  }),

  getDefectCustomFieldsDefinitionList: operation({
    evidence: documented('as getCustomFieldsDefinitionList for defects; deprecated but working'),
    run: (context) => customFields(context, 'Defect'),
  }),
} satisfies Partial<Operations>;

function eventDefinitions(context: CallContext, tableName: string): CEventDefinition[] {
  const workflow = context.project.workflowOf(requireTable(context, tableName));
  return (workflow?.events ?? []).map((event) => writeEventDefinition(event, context));
}

/** The custom fields of a table, without those that are hidden from the user. [inferred for the latter] */
function customFields(context: CallContext, tableName: string) {
  const table = requireTable(context, tableName);
  const view = viewFor(context, false);
  const hidden = hiddenFields(view, table);
  const fields = context.project.customFieldsOf(table).filter(({ name }) => !hidden?.has(name));
  return writeDefinitions(fields, view);
}

/** user, datetime and notes are always true, timeHoursSinceLast always false. [documented] */
function writeEventDefinition(event: EventDefinition, context: CallContext): CEventDefinition {
  return {
    name: event.name,
    user: true,
    datetime: true,
    notes: true,
    resultingState: event.to.length > 0,
    resultingStateValues: fieldValues(event.to),
    fileattachments: event.hasAttachments,
    timeTracking: event.hours !== 'none',
    timeSumOfAll: event.hours === 'work',
    timeHoursSinceLast: false,
    newAssignment: event.assigns,
    releaseNotes: event.hasReleaseNotes,
    marksuspect: event.canMarkSuspect,
    reviewnote: event.isReviewNote,
    customFields: writeDefinitions(event.fields, viewFor(context, false)),
  };
}
