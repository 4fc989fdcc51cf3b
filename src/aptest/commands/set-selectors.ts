import type { ProductFault } from '../../world/product-fault.ts';
import { errors, type Sent } from '../errors.ts';
import type { FieldDefinition } from '../model/definitions.ts';
import { plainName } from '../model/names.ts';
import type { Selector, Selectors } from '../model/run-head.ts';
import { asList, asText, type FieldValue, type FieldValues } from '../model/value.ts';
import type { Catalogue } from '../rules/catalogue.ts';
import { doubtOfList } from '../rules/doubtful-values.ts';
import { dynamicWords } from '../rules/dynamic-values.ts';
import type { OpenSuite } from '../run/open-suite.ts';
import type { CommandContext } from './command.ts';
import { tellOfDoubt } from './remarks.ts';

/** Names that stand for the list of picked tests or requirements (inferred; the form's own name is not known). */
const pickedNames = ['id', 'atm_id'];

/** What can be picked by name, and the argument that says how. */
interface Pickable {
  readonly prefix: string;
  readonly fields: readonly FieldDefinition[];
  readonly catalogue: Catalogue<{ uuid: string; id: string; position: number }>;
  /** Names are outline numbers. */
  readonly hasOutline: boolean;
  readonly picker: string;
  /** The values of that argument. */
  readonly kinds: string;
  readonly unknown: (sent: Sent) => ProductFault;
}

/** The test cases of a suite, to be picked by SCHEMA_id. */
export function pickableTests({ tests: catalogue, definition }: OpenSuite): Pickable {
  const { fields, hasTestOutline: hasOutline } = definition;
  const picking = { picker: 'testPickedBy', kinds: '"test" or "folder"' };
  return { prefix: 'SCHEMA_', fields, catalogue, hasOutline, ...picking, unknown: errors.noTest };
}

/** The requirements of a suite, to be picked by REQ_id. */
export function pickableRequirements({ requirements: catalogue, definition }: OpenSuite): Pickable {
  const { requirementFields: fields, hasRequirementOutline: hasOutline } = definition;
  const picking = { picker: 'reqPickedBy', kinds: '"requirement" or "folder"' };
  return { prefix: 'REQ_', fields, catalogue, hasOutline, ...picking, unknown: errors.noRequirement };
}

/** Where selectors are read, and who is told of what was not kept. */
type Reading = Pick<CommandContext, 'suite' | 'remarks'>;

/** Selectors of tests or requirements; those that name some of them must say what they name. */
export function pickedSelectors(
  reading: Reading,
  pickable: Pickable,
  { given, pickedBy }: { given: FieldValues; pickedBy: string | undefined },
): Selectors {
  const { prefix, picker, kinds } = pickable;
  const selectors = selectorsOf(reading, given, pickable);
  const picked = selectors.atm_id;
  if (!picked || isAny(picked)) {
    if (pickedBy !== undefined) {
      reading.remarks.ignored(
        { argument: picker, value: pickedBy },
        `it says what ${prefix}id names, which did not come`,
      );
    }
    return selectors;
  }
  if (pickedBy === undefined) throw errors.missing(picker, `${kinds}, with ${prefix}id`);
  const values = picked.values.map((value) => pathOf(pickable, value, pickedBy === 'folder'));
  return { ...selectors, atm_id: { ...picked, values } };
}

function isAny({ values }: Selector): boolean {
  return values.some((value) => value.toLowerCase() === 'any');
}

/** The path of what is picked by name: a test, requirement or folder by what the suite calls it, or by its path. */
function pathOf(
  { catalogue, hasOutline, prefix, unknown }: Pickable,
  name: string,
  isFolder: boolean,
): string {
  const path = isFolder
    ? catalogue.folderNamed(name, hasOutline)
    : (catalogue.withName(name, hasOutline) ?? catalogue.withPath(name))?.id;
  if (path === undefined) throw unknown({ argument: `${prefix}id`, value: name });
  return isFolder ? path : plainName(path);
}

/**
 * Selectors from the arguments under a prefix. `<field>_isCS=1` and `<field>_isRE=1` switch case and regular
 * expressions on for a field, unless the suite has a field of that very name. Empty values are left out.
 */
function selectorsOf(reading: Reading, given: FieldValues, pickable: Pickable): Selectors {
  const { prefix, fields } = pickable;
  const selectors = new Map<string, Selector>();
  const flags: SelectorFlag[] = [];
  for (const [name, value] of Object.entries(given)) {
    const argument = prefix + name;
    const field = fieldNamed(fields, name);
    const flag = flagNamed(fields, name);
    if (field) {
      const selector = selectorOf(field, value);
      if (selector.values.length > 0) selectors.set(field.name, selector);
    } else if (flag) {
      flags.push({ ...flag, sent: { argument, value: asText(value) } });
    } else {
      throw errors.noField(
        { argument, value: name },
        fields.map((each) => each.name),
      );
    }
  }
  for (const flag of flags) setFlag(reading, selectors, flag);
  for (const field of fields)
    tellOfStrangers(reading, { field, prefix, selector: selectors.get(field.name) });
  return Object.fromEntries(selectors);
}

function selectorOf(field: FieldDefinition, value: FieldValue): Selector {
  const isPicked = pickedNames.includes(field.name);
  const texts = asList(value).flatMap((each) => (isPicked ? each.split(',') : [each]));
  const values = texts
    .map((each) => (isPicked ? plainName(each.trim()) : each))
    .filter((each) => each !== '');
  const isDynamic = values.some((each) => dynamicWords(field.type).includes(each));
  return { values, ...(isDynamic ? { isDynamic } : {}) };
}

/** `_isCS` or `_isRE` of a field, as it was sent. */
interface SelectorFlag {
  readonly field: string;
  readonly flag: 'isCS' | 'isRE';
  readonly sent: Sent;
}

function flagNamed(fields: readonly FieldDefinition[], name: string): Omit<SelectorFlag, 'sent'> | undefined {
  const [, base = '', flag] = /^(.+)_(isCS|isRE)$/.exec(name) ?? [];
  const field = fieldNamed(fields, base);
  return field && (flag === 'isCS' || flag === 'isRE') ? { field: field.name, flag } : undefined;
}

function setFlag(
  { suite, remarks }: Reading,
  selectors: Map<string, Selector>,
  { field, flag, sent }: SelectorFlag,
): void {
  const isOn = sent.value.split(',').includes('1');
  if (!isOn && !['', '0'].includes(sent.value)) remarks.ignored(sent, 'it takes 1 or 0');
  if (!isOn) return;
  const selector = selectors.get(field);
  if (!selector) {
    remarks.ignored(sent, 'the field it belongs to has no selector');
    return;
  }
  selectors.set(field, { ...selector, [flag]: true });
  const broken = flag === 'isRE' && selector.values.find((value) => !suite.patterns(value, true));
  if (typeof broken === 'string') {
    const argument = sent.argument.replace(/_isRE$/, '');
    throw errors.malformed({ argument, value: broken }, 'a regular expression (RE2)');
  }
}

interface FieldSelector {
  readonly field: FieldDefinition;
  readonly prefix: string;
  readonly selector: Selector | undefined;
}

/** Tells of values that the field's list does not have: they select nothing, unless a test has them all the same. */
function tellOfStrangers({ remarks }: Reading, { field, prefix, selector }: FieldSelector): void {
  if (!selector || field.type !== 'list' || !field.values || selector.isRE) return;
  for (const value of selector.values) {
    const doubt = value.toLowerCase() === 'any' ? undefined : doubtOfList(field.values, value);
    if (doubt) tellOfDoubt(remarks, prefix + field.name.replace(/^atm_/, ''), doubt);
  }
}

/** Built-in fields may be named without their `atm_`. */
function fieldNamed(fields: readonly FieldDefinition[], name: string): FieldDefinition | undefined {
  return fields.find((field) => field.name === name) ?? fields.find((field) => field.name === `atm_${name}`);
}
