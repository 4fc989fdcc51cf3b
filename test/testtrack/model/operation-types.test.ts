import { describe, expect, expectTypeOf, it } from 'vitest';
import { operationTypes, servedModel } from '../../../scripts/operation-types.ts';
import type {
  AnyCField,
  CDefect,
  CEvent,
  CItemToTrack,
  CTestCaseVariantField,
  CTestRunVariantField,
  Long,
  OperationName,
  OperationTypes,
} from '../../../src/testtrack/model/operation-types.generated.ts';

const model = servedModel();

function shown(field: AnyCField): string | number | undefined {
  switch (field.$type) {
    case 'CStringField':
      return field.value;
    case 'CIntegerField':
      return field.value;
    case 'CMultiSelectDropdownField':
      return field.values?.map(({ value }) => value).join();
    default:
      return undefined;
  }
}

describe('the types of the WSDL', () => {
  it('come out differently when the WSDL changes', () => {
    const operations = new Map([...model.operations].slice(1));
    expect(operationTypes({ ...model, operations })).not.toBe(operationTypes(model));
  });

  it('have one member per operation, with every scalar part present and lists possibly missing', () => {
    expectTypeOf<OperationTypes['getDefect']['input']>().toEqualTypeOf<{
      cookie: Long;
      defectNumber: Long;
      summary: string;
      bDownloadAttachments: boolean;
    }>();
    expectTypeOf<OperationTypes['getDefect']['output']>().toEqualTypeOf<CDefect>();
    expectTypeOf<OperationTypes['saveDefect']['input']['pDefect']>().toEqualTypeOf<CDefect | undefined>();
    expectTypeOf<OperationTypes['generateTestRuns']['input']['testVariants']>().toEqualTypeOf<
      readonly (CTestRunVariantField | CTestCaseVariantField)[] | undefined
    >();
    expectTypeOf<'addGlobalUser' | 'generateBatchTestRuns'>().toExtend<OperationName>();
  });

  it('let a custom field be told by its $type, and one that came without xsi:type be noticed', () => {
    expect(shown({ $type: 'CStringField', name: 'a', value: 'v' })).toBe('v');
    expect(shown({ $type: 'CIntegerField', name: 'b', value: 3 })).toBe(3);
    expect(shown({ $type: 'CMultiSelectDropdownField', values: [{ value: 'x' }, { value: 'y' }] })).toBe(
      'x,y',
    );
    expect(shown({ name: 'untyped' })).toBeUndefined();
    expectTypeOf<{ value: string }>().not.toExtend<AnyCField>();
  });

  it('let a plain value stand wherever its own type is declared', () => {
    const event: CEvent = { name: 'Fix' };
    const defect: CDefect = { recordid: 1, eventlist: [event], customFieldList: [{ $type: 'CStringField' }] };
    const results: OperationTypes['generateTestRuns']['output'] = [{ recordid: 2n } satisfies CItemToTrack];
    expect([defect.eventlist?.length, results.length]).toEqual([1, 1]);
  });
});
