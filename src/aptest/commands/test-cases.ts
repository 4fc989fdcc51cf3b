import { documented, inferred } from '../../evidence/evidence.ts';
import { withoutEntities } from '../../text/ascii-html.ts';
import { errors } from '../errors.ts';
import type { TestCase } from '../model/test-case.ts';
import { asText, type FieldValue } from '../model/value.ts';
import { fieldOf } from '../rules/selection.ts';
import type { OpenSuite } from '../run/open-suite.ts';
import { required, testByName, text } from './argument.ts';
import { type CommandResult, command, line, lineEach } from './command.ts';
import { tellOfOthers, testMeant } from './lookups.ts';
import { byParallel, inExample } from './name-evidence.ts';
import { testFields } from './test-data.ts';

/** The test cases and requirements of the suite. */
export const testCaseCommands = [
  command({
    name: 'getTestsSuiteByname',
    summary: 'Lists all test cases of the suite by name.',
    needs: 'run',
    arguments: {},
    answer: 'one name per line',
    evidence: [
      documented('one line feed between names'),
      inferred('the full form with .dir and .bts; outline numbers in auto-outline mode'),
    ],
    run: ({ suite }) => {
      const { hasTestOutline } = suite.definition;
      const { tests } = suite;
      return lineEach(
        tests.ordered.map((test) => (hasTestOutline ? tests.nameOf(test, hasTestOutline) : test.id)),
      );
    },
  }),

  command({
    name: 'getTestsSuiteByUUID',
    summary: 'Lists all test cases of the suite by UUID.',
    needs: 'run',
    arguments: {},
    answer: 'one UUID per line',
    evidence: documented('one line feed between UUIDs'),
    run: ({ suite }) => lineEach(suite.tests.ordered.map(({ uuid }) => uuid)),
  }),

  command({
    name: 'getTestCaseDetails',
    summary: 'Gives all fields of a test case, or one of them.',
    needs: 'run',
    arguments: {
      test: testByName(),
      field: text({ names: ['field'], about: 'only this field', evidence: byParallel }),
    },
    answer: 'one field=value per line; with field its bare value',
    evidence: [documented('by name or UUID; one field on request'), inferred('the layout')],
    run: ({ suite, remarks }, values): CommandResult => {
      const { test: named, others } = values.test;
      const test = testMeant(suite, named);
      if (!test) throw errors.noTest(named);
      tellOfOthers(suite, { tests: [named], others }, remarks);
      const details = testDetails(suite, test);
      const { field } = values;
      if (field) {
        const found = details.find(([name]) => name === field.value || name === `atm_${field.value}`);
        if (!found)
          throw errors.noField(
            field,
            details.map(([name]) => name),
          );
        return { lines: [asText(found[1])], data: testFields(suite, test)[found[0]] };
      }
      return {
        lines: details.map(([name, value]) => `${name}=${asText(value)}`),
        data: testFields(suite, test),
      };
    },
  }),

  command({
    name: 'getReqUUID',
    summary: 'Gives the UUID of a requirement.',
    needs: 'run',
    arguments: {
      name: required(
        text({
          names: ['name'],
          about: 'name with its path, or outline number when requirements are in auto-outline mode',
          evidence: inExample,
        }),
      ),
    },
    answer: 'the UUID; an empty line when there is no such requirement',
    evidence: documented('empty when not found'),
    run: ({ suite }, { name }) => {
      const { hasRequirementOutline } = suite.definition;
      const found =
        suite.requirements.withName(name.value, hasRequirementOutline) ??
        suite.requirements.withName(withoutEntities(name.value), hasRequirementOutline);
      return line(found?.uuid ?? '');
    },
  }),
];

/** Every field of a test case in the order of the schema; one without a value is empty. */
function testDetails(suite: OpenSuite, test: TestCase): [string, FieldValue][] {
  return suite.definition.fields.map(({ name }) => [name, fieldOf(test, name) ?? '']);
}
