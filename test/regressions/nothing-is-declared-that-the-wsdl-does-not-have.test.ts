import { expect, test } from 'vitest';
import { operations } from '../../src/testtrack/operations/index.ts';
import { wsdlModel } from '../support/soap-message.ts';

test('nothing is declared that the WSDL does not have, and nothing of it is missing', () => {
  expect(Object.keys(operations).sort()).toEqual([...wsdlModel.operations.keys()].sort());
});
