import { existsSync, rmSync } from 'node:fs';
import { LineFile, type LinePlace } from '../files/line-file.ts';
import { RealServerError } from '../real-error.ts';
import { valueFromJson, valueToJson } from '../wire/value-json.ts';

/**
 * What a clone has read so far, on the disk: a line for each answer, `["Defect/12",{…}]`. So nothing of a project is in
 * memory but where each record stands, and a clone that was broken off goes on where it was.
 */
export class PartFile {
  readonly #file: LineFile;
  readonly #places = new Map<string, Map<string, LinePlace>>();

  private constructor(file: LineFile) {
    this.#file = file;
  }

  /**
   * @param head what is read and how, which has to be the same to go on
   * @throws RealServerError when another clone left the file there
   */
  static open(name: string, head: object): PartFile {
    if (!existsSync(name)) {
      const part = new PartFile(LineFile.create(name));
      part.put('clone', 1, head);
      return part;
    }
    const file = LineFile.resume(name);
    const part = new PartFile(file);
    for (const place of file.places())
      part.#note(keyIn(file.read({ ...place, length: Math.min(place.length, 2_048) })), place);
    const before = part.get('clone', 1);
    if (before === undefined) part.put('clone', 1, head);
    else if (JSON.stringify(before) !== JSON.stringify(head)) {
      file.close();
      throw new RealServerError(
        'TWIN_REAL_FILE',
        `${name} is of a clone with other options, which was broken off. Give those again to go on with it, or remove the file to begin anew.`,
      );
    }
    return part;
  }

  /** Whether nothing was read yet. */
  get isEmpty(): boolean {
    return this.#places.size <= 1;
  }

  /** Whether it goes on with what was read before. */
  get isResumed(): boolean {
    return this.#places.size > 1;
  }

  has(table: string, id: number | string): boolean {
    return this.#places.get(table)?.has(String(id)) ?? false;
  }

  /** Keeps an answer; one under the same key takes the place of the one before. */
  put(table: string, id: number | string, value: unknown): void {
    const key = `${table}/${id}`;
    this.#note(key, this.#file.add(`[${JSON.stringify(key)},${valueToJson(value)}]`));
  }

  get(table: string, id: number | string): unknown {
    const place = this.#places.get(table)?.get(String(id));
    return place && this.#at(place);
  }

  /** The IDs of what was read of a table, ascending. */
  ids(table: string): number[] {
    return [...(this.#places.get(table)?.keys() ?? [])].map(Number).sort((a, b) => a - b);
  }

  /** What was read of a table, by ascending ID. */
  *all(table: string): Generator<readonly [id: number, value: unknown]> {
    const places = this.#places.get(table);
    for (const id of this.ids(table)) {
      const place = places?.get(String(id));
      if (place) yield [id, this.#at(place)];
    }
  }

  close(): void {
    this.#file.close();
  }

  /** Closes and removes it: the scenario is written. */
  remove(): void {
    this.#file.close();
    rmSync(this.#file.name, { force: true });
  }

  #at(place: LinePlace): unknown {
    return (valueFromJson(this.#file.read(place)) as [string, unknown])[1];
  }

  #note(key: string, place: LinePlace): void {
    const slash = key.indexOf('/');
    const table = key.slice(0, slash);
    const places = this.#places.get(table) ?? new Map<string, LinePlace>();
    places.set(key.slice(slash + 1), place);
    this.#places.set(table, places);
  }
}

function keyIn(line: string): string {
  const key = /^\[("(?:[^"\\]|\\.)*"),/.exec(line)?.[1];
  if (key === undefined) return 'unreadable/0';
  return JSON.parse(key) as string;
}
