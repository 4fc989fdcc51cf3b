import type { TypeRef, WsdlModel } from '../../../src/soap/wsdl-model.ts';
import type { TestTrack } from '../../../src/testtrack/service.ts';

/** The fixed answers of the oracle's server functions, see `oracle-source.ts`. */
const fixed: Readonly<Record<string, unknown>> = {
  long: 9007199254740993n,
  int: 0,
  boolean: true,
  string: 'text',
  byte: 47,
};

/**
 * What the oracle does, behind our own SOAP layer: keeps every record and list that comes in by its type, and
 * answers with the one of its type that came in last.
 */
export function echoService(model: WsdlModel): TestTrack['call'] {
  const kept = new Map<string, unknown>();
  return (operation, input) => {
    const declared = model.operations.get(operation);
    if (!declared) throw new Error(`the WSDL has no operation ${operation}`);
    for (const { name, type } of declared.input) {
      if (type.kind !== 'simple') kept.set(type.name, input[name]);
    }
    const { type } = declared.output;
    if (type.kind !== 'simple') return kept.get(type.name) ?? blank(type, model);
    const last = declared.input
      .filter((part) => part.type.kind === 'simple' && part.type.name === type.name)
      .at(-1);
    return last ? input[last.name] : fixed[type.name];
  };
}

/** A record as C++ makes it: numbers are 0, everything that can be absent is. */
function blank(type: TypeRef, model: WsdlModel): unknown {
  if (type.kind === 'array') return [];
  if (type.kind === 'simple') return zeros[type.name];
  const fields = model.structs.get(type.name)?.fields ?? [];
  const members = fields
    .filter((field) => !field.optional && !field.nillable)
    .map((field) => [field.name, blank(field.type, model)]);
  return Object.fromEntries(members);
}

const zeros: Readonly<Record<string, unknown>> = {
  long: 0,
  int: 0,
  short: 0,
  byte: 0,
  double: 0,
  boolean: false,
};
