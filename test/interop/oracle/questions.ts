import type { OperationModel, TypeRef, WsdlField, WsdlModel } from '../../../src/soap/wsdl-model.ts';
import { writeCall, wsdlModel } from '../../support/soap-message.ts';
import { type Filling, ValueMaker } from './values.ts';

/** Something to ask both servers. */
export interface Question {
  /** Unique; known differences go by it. */
  readonly name: string;
  readonly body: string | Buffer;
  /** Sent besides or instead of the usual headers; undefined removes one. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** Asked first, so that both answer with the same record. */
  readonly before?: string;
  /** Asked afterwards when both took the question: shows what they read. */
  readonly after?: string;
}

type Composite = Exclude<TypeRef, { kind: 'simple' }>;

/**
 * Every operation in four forms: every part with every member filled, every part with its required members only,
 * no part at all, and every part nil.
 */
export function operationQuestions(model: WsdlModel = wsdlModel): Question[] {
  const values = new ValueMaker(model);
  return [...model.operations.values()].flatMap((operation) => {
    const { name, input, output } = operation;
    const filled = (filling: Filling) => writeCall(name, partsOf(input, filling, values));
    const nils = Object.fromEntries(input.map((part) => [part.name, null]));
    const before = output.type.kind === 'simple' ? undefined : writerOf(output.type, values, model);
    const after = readerOf(operation, model);
    const shared = { ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
    const forms: [string, string][] =
      input.length === 0
        ? [['no part', writeCall(name, {})]]
        : [
            ['every member', filled('everything')],
            ['required members', filled('required')],
            ['no part', writeCall(name, {})],
            ['nil parts', writeCall(name, nils)],
          ];
    return forms.map(([form, body]) => ({ name: `${name}, ${form}`, body, ...shared }));
  });
}

/** A careful request that makes both keep a record of a type, when an operation takes one. */
function writerOf(type: Composite, values: ValueMaker, model = wsdlModel): string | undefined {
  const takes = ({ type: part }: WsdlField) => part.kind !== 'simple' && part.name === type.name;
  const writer = [...model.operations.values()].find(({ input }) => input.some(takes));
  return writer && writeCall(writer.name, partsOf(writer.input, 'everything', values));
}

/** A request that is answered with the last record of the type that an operation takes, when there is one. */
function readerOf({ input }: OperationModel, model = wsdlModel): string | undefined {
  const taken = input.map(({ type }) => type).filter((type) => type.kind !== 'simple');
  const reader = [...model.operations.values()].find(
    ({ output }) => output.type.kind !== 'simple' && taken.some((type) => type.name === output.type.name),
  );
  return reader && writeCall(reader.name, {});
}

function partsOf(input: readonly WsdlField[], filling: Filling, values: ValueMaker): Record<string, unknown> {
  return Object.fromEntries(input.map(({ name, type }) => [name, values.value(type, filling)]));
}
