import { faults } from '../faults.ts';
import type { Member } from '../lifecycle/member.ts';
import type { AnyCField, CTestCaseVariantField } from '../model/operation-types.generated.ts';
import { testVariants } from '../model/tables.ts';
import type { TestVariantRecord, VariantType, VariantValues } from '../model/test-case-record.ts';
import { variantTypes } from '../model/test-case-record.ts';
import type { ProjectView } from '../project-view.ts';
import { fieldValues } from '../rules/custom-fields.ts';
import { requireDropdownValue } from '../rules/dropdowns.ts';

/** The table's name on the wire: the values of each variant are a drop-down list of it. */
export const testVariantTable = 'Test Variant';

/** The variants at a test case or run: a full list. What is not sent is gone. [inferred, as for all lists] */
export function variantsMember<R extends { readonly variants: readonly VariantValues[] }>(): Member<
  R,
  readonly CTestCaseVariantField[]
> {
  return {
    write: ({ variants }, { project }) => variants.map((variant) => writeVariant(project, variant)),
    read: (sent, { record, context: { project } }) => {
      const variants = sent.map((wire) => readVariant(project, wire, record.variants));
      requireDistinct(project, variants);
      Object.assign(record, { variants });
    },
  };
}

/** Every variant of a project with the values it offers and none chosen, as the definition list gives custom fields. */
export function variantDefinitions(project: ProjectView): readonly AnyCField[] {
  return project
    .table(testVariants)
    .sorted()
    .map(({ recordId, name }) => ({
      $type: 'CTestCaseVariantField',
      recordid: recordId,
      name,
      dropdownValues: fieldValues(project.dropdownValues(testVariantTable, name) ?? []),
    }));
}

/** A variant by its name. @throws fault 11 when the project has none of this name [inferred, as for custom fields] */
export function requireVariant(project: ProjectView, name: string): TestVariantRecord {
  const [variant] = project.table(testVariants).findBy('name', name);
  if (variant) return variant;
  const names = project.table(testVariants).sorted();
  throw faults.invalidParameter(
    `no test variant "${name}"`,
    `Test variants of "${project.record.name}": ${names.map((known) => known.name).join(', ') || 'none'}. The scenario lists them under lists, "Test Variant".`,
  );
}

/** @throws fault 23 for a value that the variant does not offer */
export function requireVariantValue(
  project: ProjectView,
  { name }: TestVariantRecord,
  { value, before }: { readonly value: string; readonly before?: string | undefined },
): void {
  requireDropdownValue(project, { table: testVariantTable, field: name }, { value, before });
}

function writeVariant(
  project: ProjectView,
  { variantId, type, values }: VariantValues,
): CTestCaseVariantField {
  return {
    recordid: variantId,
    name: project.table(testVariants).get(variantId)?.name ?? '',
    values: fieldValues(values),
    type,
  };
}

function readVariant(
  project: ProjectView,
  wire: CTestCaseVariantField,
  before: readonly VariantValues[],
): VariantValues {
  const variant = requireVariant(project, wire.name ?? '');
  const type = checkedType(wire.type ?? '');
  const known = before.filter(({ variantId }) => variantId === variant.recordId);
  const values = (wire.values ?? []).flatMap(({ value }) => value || []);
  for (const value of values) {
    const isKnown = known.some((old) => old.values.includes(value));
    requireVariantValue(project, variant, { value, before: isKnown ? value : undefined });
  }
  return { variantId: variant.recordId, type, values: [...new Set(values)] };
}

/** Left out it counts as `Included`, the only type a client sends on purpose. [inferred; mandatory in the schema] */
function checkedType(type: string): VariantType {
  if (type === '') return 'Included';
  const known = variantTypes.find((name) => name === type);
  if (known) return known;
  throw faults.invalidData(
    `"${type}" is no type of test variant`,
    `Types: ${variantTypes.join(', ')} (getTestVariantTypes).`,
  );
}

/** Each variant once per type, and no value that is both excluded and anything else. [inferred] */
function requireDistinct(project: ProjectView, variants: readonly VariantValues[]): void {
  for (const variant of variants) {
    const name = project.table(testVariants).get(variant.variantId)?.name ?? '';
    const others = variants.filter((other) => other !== variant && other.variantId === variant.variantId);
    if (others.some(({ type }) => type === variant.type)) {
      throw faults.invalidData(
        `the test variant "${name}" is listed twice`,
        `Put all values of "${name}" with the type "${variant.type}" into one.`,
      );
    }
    if (variant.type !== 'Excluded') continue;
    const clash = variant.values.find((value) => others.some(({ values }) => values.includes(value)));
    if (clash === undefined) continue;
    throw faults.invalidData(
      `the test variant "${name}" contradicts itself`,
      `"${clash}" is excluded and chosen at the same time.`,
    );
  }
}
