import type { ClientContract, ContractOperation } from './format.ts';

/** What one contract has more than another. */
export interface ContractChange {
  readonly kind: 'more' | 'less';
  /** Such as `TestTrack getDefect: answers have eventlist[].notes`. */
  readonly what: string;
}

/** What a new client needs more than an old one, and what it needs no longer. */
export function contractChanges(before: ClientContract, after: ClientContract): ContractChange[] {
  const [old, now] = [needsOf(before), needsOf(after)];
  const more = [...now].filter((need) => !old.has(need)).map((what) => ({ kind: 'more' as const, what }));
  const less = [...old].filter((need) => !now.has(need)).map((what) => ({ kind: 'less' as const, what }));
  return [...more, ...less];
}

function needsOf({ operations }: ClientContract): Set<string> {
  return new Set(operations.flatMap(needsOfOperation));
}

function needsOfOperation({ api, operation, sent, met, faults }: ContractOperation): string[] {
  const name = `${api} ${operation}`;
  return [
    name,
    ...sent.map((path) => `${name}: takes ${path}`),
    ...met.map((path) => `${name}: answers have ${path}`),
    ...faults.map(({ number, text }) => `${name}: refuses with ${number === '' ? text : number}`),
  ];
}
