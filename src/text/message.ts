import type { Message } from '../world/product-fault.ts';
import { hidden } from './secrets.ts';

/** Part of a message that only the client sees that sent it. */
class Secret {
  constructor(readonly value: string) {}
}

/** Marks a value as one that journal, log and control never show. */
export function secret(value: string): Secret {
  return new Secret(value);
}

/** What may stand in a message. */
export type MessagePart = string | number | Secret;

/** A template for a message that may hold secrets: message`Not a number: ${secret(sent)}`. */
export function message(texts: TemplateStringsArray, ...parts: readonly MessagePart[]): Message {
  const joined = (said: (part: MessagePart) => string | number) =>
    String.raw({ raw: texts }, ...parts.map(said));
  return {
    whole: joined((part) => (part instanceof Secret ? part.value : part)),
    shown: joined((part) => (part instanceof Secret ? hidden : part)),
  };
}
