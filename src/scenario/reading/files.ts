import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { wayBelow } from '../../input/below.ts';
import { didYouMeanHint } from '../../input/did-you-mean.ts';
import type { PathStep } from '../../input/path.ts';
import { type FileContent, fileContent } from '../../world/file-content.ts';
import { ScenarioProblem } from './problem.ts';

/**
 * The files that a scenario may name: those in the folder of the scenario's own file, and below. A scenario may
 * come from other people, so neither `..` nor a link leads out.
 */
export class ScenarioFiles {
  /** @param folder undefined for a scenario without a file: it may name none */
  constructor(
    private readonly folder: string | undefined,
    /** Told of each file that is looked for, by its absolute path. */
    private readonly reads: (file: string) => void = () => {},
    /** Whether messages may name files of the folder; not to who only controls a twin. */
    private readonly suggests = true,
  ) {}

  /**
   * Reads a file that a scenario names.
   *
   * @param name relative to the scenario's folder, with `/`
   * @param at the place in the scenario, for the message
   * @param maxBytes a larger file is refused
   * @throws ScenarioProblem
   */
  read(name: string, at: readonly PathStep[], maxBytes = 25 * 1024 * 1024): FileContent {
    const file = this.locate(name, at);
    const { size } = statSync(file);
    if (size > maxBytes) {
      throw new ScenarioProblem(at, `the file "${name}" has ${size} bytes; the limit is ${maxBytes}`);
    }
    return fileContent(readFileSync(file));
  }

  /**
   * The real path of a file that a scenario names.
   *
   * @param from the folder that the name is relative to; the scenario's own without it
   * @throws ScenarioProblem there is none, or it lies outside
   */
  locate(name: string, at: readonly PathStep[], from = this.folder): string {
    if (this.folder === undefined || from === undefined) {
      throw new ScenarioProblem(at, `names the file "${name}", but this scenario does not come from a file`);
    }
    if (name.includes('\0')) throw new ScenarioProblem(at, 'a file name cannot hold the character NUL');
    const outside = new ScenarioProblem(
      at,
      `the file "${name}" is outside the scenario's folder`,
      'Copy it into the folder and name it from there.',
    );
    const wanted = path.resolve(from, name);
    if (path.isAbsolute(name) || wayBelow(this.folder, wanted) === undefined) throw outside;
    this.reads(wanted);
    const real = realPath(wanted);
    if (real === undefined)
      throw new ScenarioProblem(at, `there is no file "${name}" in the scenario's folder`, this.near(wanted));
    if (wayBelow(this.folder, real) === undefined) throw outside;
    this.reads(real);
    if (!statSync(real).isFile()) throw new ScenarioProblem(at, `"${name}" is not a file`);
    return real;
  }

  /** The file that was probably meant, or the scenarios that there are; undefined when there are none. */
  private near(wanted: string): string | undefined {
    const beside = this.suggests ? realPath(path.dirname(wanted)) : undefined;
    if (beside === undefined || (beside !== this.folder && wayBelow(this.folder ?? '', beside) === undefined))
      return undefined;
    if (!statSync(beside).isDirectory()) return undefined;
    return fileHint(path.basename(wanted), readdirSync(beside)).trim() || undefined;
  }
}

/** More names than a person looks through help nobody. */
const MOST_NAMED = 8;

/**
 * The file of a folder that was probably meant, or else which of its kind are there, ready to follow a sentence; empty
 * when there are none. What has no ending is a scenario.
 *
 * @param written the name without its folder
 * @param names what is in the folder
 */
export function fileHint(written: string, names: readonly string[]): string {
  const hint = didYouMeanHint(written, names);
  const ending = path.extname(written).toLowerCase();
  const alike = names.filter((name) => isAlike(path.extname(name).toLowerCase(), ending)).sort();
  if (hint !== '' || alike.length === 0) return hint;
  const more = alike.length > MOST_NAMED ? ` and ${alike.length - MOST_NAMED} more` : '';
  return ` The folder has ${alike.slice(0, MOST_NAMED).join(', ')}${more}.`;
}

const scenarioEndings = ['.yaml', '.yml', '.json'];

function isAlike(ending: string, wanted: string): boolean {
  return wanted === '' || scenarioEndings.includes(wanted)
    ? scenarioEndings.includes(ending)
    : ending === wanted;
}

function realPath(file: string): string | undefined {
  try {
    return realpathSync(file);
  } catch {
    return undefined;
  }
}
