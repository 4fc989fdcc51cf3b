/** How a behaviour of the twin is known. Every operation and command says it; the coverage page is made from that. */
export type EvidenceKind = 'documented' | 'observed in a client' | 'inferred';

/** One thing that is known, and how. */
export interface Fact {
  readonly kind: EvidenceKind;
  /** What it does, in a few words. */
  readonly about: string;
}

/** All that is known of an operation or a command, each fact with how it is known: declared alike in both products. */
export type Evidence = Fact | readonly Fact[];

/** The facts one by one. */
export const factsOf = (evidence: Evidence): readonly Fact[] => [evidence].flat();

/** From the maker's own documentation. */
export const documented = (about: string): Fact => ({ kind: 'documented', about });
/** Seen in the code of a client that ran against a real server. */
export const observed = (about: string): Fact => ({ kind: 'observed in a client', about });
/** Our conclusion, and easy to change. */
export const inferred = (about: string): Fact => ({ kind: 'inferred', about });
