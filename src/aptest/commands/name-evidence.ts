import { documented, inferred, observed } from '../../evidence/evidence.ts';

// How the name of an argument is known, by far the most often one of these.

export const inExample = documented('the name stands in an example of the vendor');
export const inProse = documented('the name stands in prose of the vendor');
export const sentByClient = observed('a client sends it under this name');
export const byParallel = inferred('the name is that of the same argument of another command');
export const ourProposal = inferred('the name is not known; this one is our proposal');
