import { TwinProblem } from '../input/twin-problem.ts';

/** What cannot be done with worlds, in words for whoever asked. */
export class WorldProblem extends TwinProblem {
  override readonly name = 'WorldProblem';
}
