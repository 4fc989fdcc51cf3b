import type { WsdlModel } from '../soap/wsdl-model.ts';

/** Writes a WSDL's model as JSON, its maps as lists of pairs. */
export function modelToJson(model: WsdlModel): string {
  const { namespace, structs, arrays, operations } = model;
  return JSON.stringify({
    namespace,
    structs: [...structs],
    arrays: [...arrays],
    operations: [...operations],
  });
}

/** Reads what `modelToJson` wrote. */
export function modelFromJson(json: string): WsdlModel {
  const { namespace, structs, arrays, operations } = JSON.parse(json);
  return { namespace, structs: new Map(structs), arrays: new Map(arrays), operations: new Map(operations) };
}
