/** What moves worlds between twins, loaded by a twin that knows others. */
export { Moves } from './moves.ts';
export { Peers } from './peers.ts';
