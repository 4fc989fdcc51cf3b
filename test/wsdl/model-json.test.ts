import { expect, test } from 'vitest';
import { wsdlModel } from '../../src/wsdl/model.ts';
import { modelFromJson, modelToJson } from '../../src/wsdl/model-json.ts';

test('the model that the build writes down is the one that the WSDL gives', () => {
  const model = wsdlModel();
  expect(modelFromJson(modelToJson(model))).toEqual(model);
  expect(model.operations.size).toBe(162);
});
