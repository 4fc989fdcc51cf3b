import type { LaterOperation, OperationName } from './operation.ts';

/** Operations that are still to be built: until then they answer as a server that does not have them. */
const names = [
] as const satisfies readonly OperationName[];

type LaterName = (typeof names)[number];

const later: LaterOperation = { kind: 'later' };

export const laterOperations = Object.fromEntries(names.map((name) => [name, later])) as Readonly<
  Record<LaterName, LaterOperation>
>;
