import type { CallContext } from '../call-context.ts';
import type { CustomField, ProjectRecord, TableSettings } from '../model/project-record.ts';
import { dropdownKey, dropdowns, projects, securityGroups, serverScope, users } from '../model/tables.ts';
import { personName } from '../model/user-record.ts';
import type { ValueList } from './column.ts';

/** The list of a field of the product. */
export function dropdownList(table: string, field: string): ValueList {
  return {
    isField: true,
    values: ({ project }) => project.dropdownValues(table, field) ?? [],
    append: ({ project }, added) => {
      const values = [...(project.dropdownValues(table, field) ?? []), ...added];
      project
        .table(dropdowns)
        .put({ ...project.table(dropdowns).get(dropdownKey(table, field)), table, field, values });
    },
  };
}

/** The people who can stand in a user field, by name. [documented that they are offered; order inferred] */
export const usersToChoose: ValueList = {
  isField: true,
  values: ({ project, nameFormat }) =>
    [...project.table(users).values()]
      .filter(({ isActive, isCustomer }) => isActive && !isCustomer)
      .map((user) => personName(user, nameFormat))
      .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)),
};

/** The security groups of the project. [documented] */
export const groupList: ValueList = {
  isField: true,
  values: ({ project }) =>
    project
      .table(securityGroups)
      .sorted()
      .map(({ name }) => name),
};

/** Values that nobody can add to, such as the states of a workflow. */
export function fixedList(values: readonly string[]): ValueList {
  return { isField: false, values: () => values };
}

/** The list of a custom field of a table. */
export function customFieldList(table: string, field: CustomField): ValueList {
  return {
    isField: true,
    values: () => field.values,
    append: (context, added) =>
      changeTable(context, table, (settings) => ({
        ...settings,
        customFields: settings.customFields.map((each) => extended(each, field, added)),
      })),
  };
}

/** The list of a field that belongs to an event of a table's workflow. */
export function eventFieldList(table: string, eventName: string, field: CustomField): ValueList {
  return {
    isField: true,
    values: () => field.values,
    append: (context, added) =>
      changeTable(context, table, (settings) => ({
        ...settings,
        workflow: settings.workflow && {
          ...settings.workflow,
          events: settings.workflow.events.map((event) =>
            event.name === eventName
              ? { ...event, fields: event.fields.map((each) => extended(each, field, added)) }
              : event,
          ),
        },
      })),
  };
}

function extended(each: CustomField, field: CustomField, added: readonly string[]): CustomField {
  return each.recordId === field.recordId ? { ...each, values: [...each.values, ...added] } : each;
}

function changeTable(
  { draft, project }: CallContext,
  table: string,
  change: (settings: TableSettings) => TableSettings,
): void {
  const record: ProjectRecord = {
    ...project.record,
    tables: { ...project.record.tables, [table]: change(project.settingsOf(table)) },
  };
  draft.table(projects, serverScope).put(record);
}
