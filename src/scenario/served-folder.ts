import { realpathSync } from 'node:fs';
import path from 'node:path';
import { ScenarioFiles } from './reading/files.ts';
import { ScenarioError, ScenarioProblem } from './reading/problem.ts';

/**
 * The file that a control request names for a scenario: below the folder of the served scenario, after links are
 * followed, and nothing else on this machine.
 *
 * @param served the scenario that the twin was started with; data has no folder
 * @param name relative to that folder, or absolute in it
 * @returns its path, beginning as that of the served one does
 * @throws ScenarioError it is outside or not there
 */
export function scenarioFileBeside(served: string | object, name: string): string {
  if (typeof served !== 'string') {
    throw refusal(
      'this twin was not started from a scenario file, so there is no folder that holds another one',
      'Send the scenario itself as data.',
    );
  }
  const folder = path.dirname(served);
  const inFolder = path.isAbsolute(name) ? path.relative(path.resolve(folder), name) : name;
  try {
    new ScenarioFiles(realpathSync(folder), undefined, false).locate(inFolder, []);
  } catch (error) {
    if (error instanceof ScenarioProblem) throw refusal(error.message, error.remedy);
    throw error;
  }
  return path.join(folder, inFolder);
}

function refusal(message: string, remedy: string): ScenarioError {
  const line = { file: 'scenario', path: [], message, remedy };
  return new ScenarioError({ lines: [line], count: 1, isInline: true });
}
