import { expect, test } from 'vitest';
import { wsdlModel } from '../../src/wsdl/model.ts';
import { modelFromJson, modelToJson } from '../../src/wsdl/model-json.ts';

test.each([
  ['2013', 155],
  ['2016', 161],
  ['newest', 162],
] as const)(
  'the model of %s that the build writes down is the one that the WSDL gives',
  (generation, count) => {
    const model = wsdlModel(generation);
    expect(modelFromJson(modelToJson(model))).toEqual(model);
    expect(model.operations.size).toBe(count);
  },
);
