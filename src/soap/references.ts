import { cyclicReference, duplicateId, missingId, nestingTooDeep, tooLarge } from './gsoap-faults.ts';
import type { SoapLimits } from './limits.ts';
import { quoted } from './soap-fault.ts';
import { pathTo, type XmlNode } from './xml-node.ts';

/** Turns one element, neither a reference nor nil, into a value. */
export type ValueReader = (node: XmlNode, context: DecodeContext) => unknown;

/** A target that was read once; every further reference to it shares the value. */
interface Shared {
  readonly reader: ValueReader;
  isFinished: boolean;
  value: unknown;
  /** How many values it holds, and how deeply: what each further reference to it adds. */
  size: number;
  height: number;
}

/**
 * What reading the values of one call needs to know: where the Body is, and what was read already.
 *
 * References (`href="#id"`) are resolved over the whole Body, so the target may stand before the call,
 * after it (Axis, gSOAP) or inside it (PHP). A target is decoded once per type and shared, which keeps
 * 10,000 references to one element linear; size and height of the shared value still count in full
 * against the limits, so references to references cannot grow into a value nobody can walk.
 */
export class DecodeContext {
  readonly body: XmlNode;
  readonly #limits: SoapLimits;
  readonly #envelopeName: string;
  readonly #shared = new Map<XmlNode, Shared[]>();
  #targets: Map<string, XmlNode[]> | undefined;
  #values = 0;
  #depth = 0;
  #deepest = 0;
  /** True when the text of the request is so long that small values must not keep it alive. */
  readonly detachesText: boolean;

  constructor(body: XmlNode, options: { envelopeName: string; limits: SoapLimits; detachesText: boolean }) {
    this.body = body;
    this.#envelopeName = options.envelopeName;
    this.#limits = options.limits;
    this.detachesText = options.detachesText;
  }

  /** @returns the value of an element wherever it is written; undefined when it is nil */
  read(node: XmlNode, reader: ValueReader): unknown {
    if (node.reference !== undefined) return this.#follow(node, reader);
    if (node.isNil) return undefined;
    this.#count(1);
    return reader(node, this);
  }

  /** Called around the members of a struct or array. */
  enter(): void {
    this.#depth += 1;
    if (this.#depth > this.#deepest) this.#deepest = this.#depth;
    if (this.#depth > this.#limits.depth) throw nestingTooDeep(this.#limits.depth);
  }

  leave(): void {
    this.#depth -= 1;
  }

  /** Where an element stands, for a hint. */
  pathTo(node: XmlNode): string {
    return pathTo(this.body, node);
  }

  #count(values: number): void {
    this.#values += values;
    if (this.#values > this.#limits.elements) {
      throw tooLarge(
        `The request holds more than ${this.#limits.elements} values once its references are resolved (setting soapElements).`,
      );
    }
  }

  #follow(node: XmlNode, reader: ValueReader): unknown {
    const target = this.#resolve(node);
    if (target.isNil) return undefined;
    const known = this.#shared.get(target) ?? [];
    const entry = known.find((each) => each.reader === reader);
    if (entry === undefined) return this.#readShared(target, reader, known);
    if (!entry.isFinished) throw cyclicReference(node.reference ?? '', node.name);
    this.#count(entry.size);
    if (this.#depth + entry.height > this.#limits.depth) throw nestingTooDeep(this.#limits.depth);
    this.#deepest = Math.max(this.#deepest, this.#depth + entry.height);
    return entry.value;
  }

  #readShared(target: XmlNode, reader: ValueReader, known: Shared[]): unknown {
    const entry: Shared = { reader, isFinished: false, value: undefined, size: 0, height: 0 };
    this.#shared.set(target, [...known, entry]);
    const before = { values: this.#values, deepest: this.#deepest };
    this.#deepest = this.#depth;
    this.#count(1);
    entry.value = reader(target, this);
    entry.size = this.#values - before.values;
    entry.height = this.#deepest - this.#depth;
    entry.isFinished = true;
    this.#deepest = Math.max(this.#deepest, before.deepest);
    return entry.value;
  }

  /** Follows a reference, and references to references, to an element with content. */
  #resolve(node: XmlNode): XmlNode {
    const passed = new Set<XmlNode>();
    let current = node;
    while (current.reference !== undefined) {
      if (passed.has(current)) throw cyclicReference(current.reference, current.name);
      passed.add(current);
      current = this.#target(current, current.reference);
    }
    return current;
  }

  #target(node: XmlNode, reference: string): XmlNode {
    this.#targets ??= nodesById(this.body);
    const found = this.#targets.get(reference) ?? [];
    const [first, second] = found;
    if (first === undefined) {
      throw missingId(
        reference,
        this.#envelopeName,
        `${this.pathTo(node)} refers to ${quoted(`#${reference}`)}, but no element of the Body has that id. Send the target element, or the value in place.`,
      );
    }
    if (second !== undefined) {
      throw duplicateId(
        reference,
        second.name,
        `${this.pathTo(node)} refers to ${quoted(`#${reference}`)}, but ${found.length} elements of the Body have that id. Ids must be unique.`,
      );
    }
    return first;
  }
}

/** Every id of the Body with the elements that carry it. */
function nodesById(body: XmlNode): Map<string, XmlNode[]> {
  const found = new Map<string, XmlNode[]>();
  for (const node of descendants(body)) {
    if (node.id === undefined) continue;
    const others = found.get(node.id);
    if (others === undefined) found.set(node.id, [node]);
    else others.push(node);
  }
  return found;
}

/** Everything below an element, in document order. */
export function* descendants(node: XmlNode): Generator<XmlNode> {
  for (const child of node.children) {
    yield child;
    yield* descendants(child);
  }
}
