/** How a behaviour of the twin is known. Every operation and command says it; the coverage page is made from that. */
export type EvidenceKind = 'documented' | 'observed in a client' | 'inferred';

/** One thing that is known, and how. */
export interface Evidence {
  readonly kind: EvidenceKind;
  /** What it does, in a few words. */
  readonly about: string;
}

/** From the maker's own documentation. */
export const documented = (about: string): Evidence => ({ kind: 'documented', about });
/** Seen in the code of a client that ran against a real server. */
export const observed = (about: string): Evidence => ({ kind: 'observed in a client', about });
/** Our conclusion, and easy to change. */
export const inferred = (about: string): Evidence => ({ kind: 'inferred', about });
