import type { AnyCField } from '../../client/index.ts';
import { type CheckGroup, checksOf, SkippedError } from '../check.ts';
import { expectEqual, expectThat } from '../expectations.ts';
import type { TestTrackBench } from '../testtrack-bench.ts';

const { documented, observed } = checksOf<TestTrackBench>();

/** Fields that a project adds to its items. */
export const customFieldChecks: CheckGroup<TestTrackBench> = {
  area: 'Custom fields',
  checks: [
    observed('every custom field says of which kind it is', async ({ tt }) => {
      const fields = await tt.getCustomFieldsDefinitionList({ tablename: 'Defect' });
      const bare = fields.filter(({ $type }) => $type === undefined);
      expectThat('the fields without xsi:type', {
        holds: bare.length === 0,
        expected: 'none',
        got: bare.map(({ name }) => name),
      });
    }),
    documented(
      'getDefectCustomFieldsDefinitionList, though deprecated, names the same fields',
      async ({ tt }) => {
        const fields = await tt.getCustomFieldsDefinitionList({ tablename: 'Defect' });
        const names = fields.map(({ name }) => name);
        expectEqual(
          'the names',
          (await tt.getDefectCustomFieldsDefinitionList()).map(({ name }) => name),
          names,
        );
      },
    ),
    documented('the definition of a list field has its values', async ({ tt }) => {
      const fields = await tt.getCustomFieldsDefinitionList({ tablename: 'Defect' });
      for (const field of fields) {
        if (field.$type !== 'CDropdownField') continue;
        expectThat(`the values of ${field.name}`, {
          holds: (field.dropdownValues ?? []).length > 0,
          expected: 'some',
          got: field.dropdownValues,
        });
      }
    }),
    observed(
      'custom fields that are sent back unchanged stay as they are',
      async (bench) => {
        const recordID = await bench.addDefect();
        const before = await bench.tt.getDefectByRecordID({ recordID });
        await bench.tt.editing(bench.tt.editDefectByRecordID({ recordID }), () => {});
        const after = await bench.tt.getDefectByRecordID({ recordID });
        expectEqual('the custom fields', after.customFieldList, before.customFieldList);
      },
      'writes',
    ),
    documented(
      'a value of every kind of custom field is stored',
      async (bench) => {
        const definitions = await bench.tt.getCustomFieldsDefinitionList({ tablename: 'Defect' });
        const filled = definitions.flatMap((definition) => {
          const field = withValue(definition);
          return field ? [field] : [];
        });
        if (filled.length === 0) throw new SkippedError('defects of this project have no custom fields');
        const recordID = await bench.addDefect();
        await bench.tt.editing(bench.tt.editDefectByRecordID({ recordID }), (defect) => {
          const mine = new Map(filled.map((field) => [field.name, field]));
          const all = (defect.customFieldList ?? []).map((field) => ({
            ...field,
            ...contentOf(mine.get(field.name)),
          }));
          defect.customFieldList = all as readonly AnyCField[];
        });
        const stored = (await bench.tt.getDefectByRecordID({ recordID })).customFieldList ?? [];
        for (const field of filled) {
          const found = stored.find(({ name }) => name === field.name);
          expectEqual(`the value of ${field.name} (${field.$type})`, contentOf(found), contentOf(field));
        }
      },
      'writes',
    ),
  ],
};

/** A field with a value that any project allows; undefined for a list without values. */
function withValue(field: AnyCField): AnyCField | undefined {
  switch (field.$type) {
    case 'CStringField':
      return { ...field, value: 'some text' };
    case 'CIntegerField':
      return { ...field, value: 42 };
    case 'CDecimalField':
      return { ...field, value: 2.5 };
    case 'CBooleanField':
      return { ...field, value: true };
    case 'CDateField':
      return { ...field, value: '2016-02-29' };
    case 'CVersionField':
      return { ...field, value: '1.2.3' };
    case 'CTimespanField':
      return { ...field, value: 1.5, unit: field.unit ?? 'Hours' };
    case 'CDropdownField': {
      const [first] = field.dropdownValues ?? [];
      return first && { ...field, value: first.value };
    }
    case 'CMultiSelectDropdownField': {
      const [first] = field.dropdownValues ?? [];
      return first && { ...field, values: [{ value: first.value }] };
    }
    default:
      return undefined;
  }
}

function contentOf(field: AnyCField | undefined): object {
  const {
    value: sent,
    values,
    unit,
  } = (field ?? {}) as { value?: unknown; values?: unknown; unit?: unknown };
  // The interface of 2013 declares a moment for a day.
  const value = field?.$type === 'CDateField' && typeof sent === 'string' ? sent.slice(0, 10) : sent;
  return {
    ...(value === undefined ? {} : { value }),
    ...(values === undefined ? {} : { values }),
    ...(unit === undefined ? {} : { unit }),
  };
}
