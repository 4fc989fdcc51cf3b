import { LazyList } from '../answers/lazy-list.ts';
import type { TwinErrorCode } from '../errors/own-errors.ts';
import { SIMPLE_TYPES } from './simple-types.ts';
import type { SoapVersion } from './soap-fault.ts';
import type { OperationModel, TypeRef, WsdlField, WsdlModel } from './wsdl-model.ts';

/** Writes one whole element; nothing at all for an absent value. Throws AnswerMismatchError. */
export interface ElementWriter {
  (value: unknown): string;
  /** Writes it piece by piece; there for what can hold a list that is made while it is written. */
  pieces?: (value: unknown) => Iterable<string>;
}

/** A result that the WSDL does not allow: a fault of ours, found before it reaches a client. */
class AnswerMismatchError extends TypeError {
  override readonly name = 'AnswerMismatchError';
  readonly code: TwinErrorCode = 'TWIN_ANSWER_MISMATCH';
}

interface Content {
  readonly typeName: string;
  readonly subtypes: ReadonlySet<string>;
  /** Filled after construction, because types may be recursive. */
  readonly members: { name: string; write: ElementWriter }[];
}

/**
 * Gives the writers of the operations' results. All names, tags and types are joined when one is made; writing
 * is string concatenation over the members the WSDL declares, in its order.
 *
 * The forms are gSOAP's (observed with 2.8.124): no xsi:type on scalars, `<x/>` for an empty string,
 * arrays with their type and length, xsi:type only where the value is of a subtype. An empty array says so too: gSOAP
 * leaves its type out only when there is no array, and Axis 1.4 reads an empty element without it as one blank item.
 *
 * A list without items is left out where it is a member, unless `emptyLists` says otherwise [observed in clients: they
 * test for a missing list]; the part of an answer is always there [inferred].
 */
export function resultWriters(
  model: WsdlModel,
  version: SoapVersion,
  forms: AnswerForms = everyForm,
): (operation: OperationModel) => ElementWriter {
  const writers = new TypeWriters(model, version, forms);
  return (operation) => writers.result(operation);
}

/** Every list with its place, and items of all types. */
const everyForm: AnswerForms = { emptyLists: 'array', laterTypes: new Set() };

/** How answers are written where the WSDL leaves a choice. */
export interface AnswerForms {
  /** Whether a member that is a list without items is left out, or written as an array of none. */
  readonly emptyLists: 'omit' | 'array';
  /** Types that only later generations of the interface have: items of such a type are left out of lists. */
  readonly laterTypes: ReadonlySet<string>;
}

class TypeWriters {
  readonly #model: WsdlModel;
  readonly #version: SoapVersion;
  readonly #forms: AnswerForms;
  readonly #contents = new Map<string, Content>();

  constructor(model: WsdlModel, version: SoapVersion, forms: AnswerForms) {
    this.#model = model;
    this.#version = version;
    this.#forms = forms;
  }

  result({ name, output }: OperationModel): ElementWriter {
    return this.#element(output, `${name}Response.${output.name}`);
  }

  /**
   * @param place what an AnswerMismatchError names
   * @param emptyLists for a list; nested ones have their place in any case
   */
  #element(
    { name, type }: Pick<WsdlField, 'name' | 'type'>,
    place: string,
    emptyLists: AnswerForms['emptyLists'] = 'array',
  ): ElementWriter {
    switch (type.kind) {
      case 'simple':
        return simpleElement(name, SIMPLE_TYPES[type.name].write, place);
      case 'struct':
        return this.#structElement(name, type.name, place);
      case 'array':
        return this.#arrayElement(name, type.item, { place, emptyLists });
    }
  }

  #arrayElement(
    name: string,
    item: TypeRef,
    { place, emptyLists }: { readonly place: string } & Pick<AnswerForms, 'emptyLists'>,
  ): ElementWriter {
    const itemName = item.kind === 'simple' ? `xsd:${item.name}` : `ttns:${item.name}`;
    const start =
      this.#version === '1.1'
        ? `<${name} SOAP-ENC:arrayType="${itemName}[`
        : `<${name} SOAP-ENC:itemType="${itemName}" SOAP-ENC:arraySize="`;
    const afterLength = this.#version === '1.1' ? ']">' : '">';
    const end = `</${name}>`;
    const empty = emptyLists === 'omit' ? '' : `${start}0${afterLength}${end}`;
    const writeItem = this.#element({ name: 'item', type: item }, `${place}[]`);
    const writeAll: ElementWriter = (value) => {
      if (value === undefined || value === null) return '';
      if (value instanceof LazyList) return [...pieces(value)].join('');
      if (!Array.isArray(value))
        throw new AnswerMismatchError(`${place}: expected an array, got ${typeof value}`);
      if (value.length === 0) return empty;
      let text = start + value.length + afterLength;
      for (const each of value) {
        if (each === undefined || each === null)
          throw new AnswerMismatchError(`${place}: an item is missing`);
        text += writeItem(each);
      }
      return text + end;
    };
    const pieces = function* (value: unknown): Iterable<string> {
      if (!(value instanceof LazyList)) return yield writeAll(value);
      if (value.length === 0) return yield empty;
      yield start + value.length + afterLength;
      let count = 0;
      for (const each of value.entries) {
        count += 1;
        yield writeItem(each);
      }
      if (count !== value.length)
        throw new AnswerMismatchError(`${place}: ${count} items instead of ${value.length}`);
      yield end;
    };
    writeAll.pieces = pieces;
    const { laterTypes } = this.#forms;
    return laterTypes.size === 0 ? writeAll : writesKnown(writeAll, laterTypes);
  }

  #structElement(name: string, typeName: string, place: string): ElementWriter {
    const declared = this.#content(typeName);
    const start = `<${name}>`;
    const end = `</${name}>`;
    // A cell of a list is a struct around one text, and an answer can have a million: known when first written.
    let only: Content['members'][number] | null | undefined;
    const writeAll: ElementWriter = (value) => {
      if (value === undefined || value === null) return '';
      only ??= onlyMember(declared);
      if (only !== null && typeof value === 'object') {
        return start + only.write((value as Readonly<Record<string, unknown>>)[only.name]) + end;
      }
      if (typeof value !== 'object')
        throw new AnswerMismatchError(`${place}: expected an object, got ${typeof value}`);
      const { $type } = value as { $type?: unknown };
      if ($type === undefined || $type === typeName) return start + writeMembers(declared, value) + end;
      if (typeof $type !== 'string' || !declared.subtypes.has($type)) {
        throw new AnswerMismatchError(`${place}: ${String($type)} is no kind of ${typeName}`);
      }
      return `<${name} xsi:type="ttns:${$type}">${writeMembers(this.#content($type), value)}${end}`;
    };
    writeAll.pieces = function* (value: unknown): Iterable<string> {
      const source = value as Readonly<Record<string, unknown>>;
      yield start;
      for (const { name: member, write } of declared.members) {
        const part = source[member];
        if (part instanceof LazyList && write.pieces) yield* write.pieces(part);
        else if (part !== undefined && part !== null) yield write(part);
      }
      yield end;
    };
    return writeAll;
  }

  #content(typeName: string): Content {
    const known = this.#contents.get(typeName);
    if (known !== undefined) return known;
    const type = this.#model.structs.get(typeName);
    if (type === undefined) throw new Error(`the WSDL uses the type ${typeName} without declaring it`);
    const content: Content = { typeName, subtypes: new Set(type.subtypes), members: [] };
    this.#contents.set(typeName, content);
    for (const field of type.fields) {
      const write = this.#element(field, `${typeName}.${field.name}`, this.#forms.emptyLists);
      content.members.push({ name: field.name, write });
    }
    return content;
  }
}

/** Leaves out the items of types that the clients of a generation do not know. */
function writesKnown(write: ElementWriter, laterTypes: ReadonlySet<string>): ElementWriter {
  const isKnown = (item: { readonly $type?: string } | undefined) => !laterTypes.has(item?.$type ?? '');
  const writeAll: ElementWriter = (value) => write(Array.isArray(value) ? value.filter(isKnown) : value);
  if (write.pieces) writeAll.pieces = write.pieces;
  return writeAll;
}

/** The one member of a type without subtypes; null for any other type. */
function onlyMember({ members, subtypes }: Content): Content['members'][number] | null {
  const [member] = members;
  return member !== undefined && members.length === 1 && subtypes.size === 0 ? member : null;
}

function writeMembers(content: Content, value: object): string {
  const source = value as Readonly<Record<string, unknown>>;
  let text = '';
  for (const { name, write } of content.members) {
    const member = source[name];
    if (member !== undefined && member !== null) text += write(member);
  }
  return text;
}

function simpleElement(name: string, write: (value: unknown) => string, place: string): ElementWriter {
  const start = `<${name}>`;
  const end = `</${name}>`;
  const empty = `<${name}/>`;
  return (value) => {
    if (value === undefined || value === null) return '';
    if (value === '') return empty;
    try {
      return start + write(value) + end;
    } catch (error) {
      throw new AnswerMismatchError(`${place}: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
}
