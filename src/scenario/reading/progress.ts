import { sizeText } from '../../text/size-text.ts';
/** Told what is about to be done, before work that may take longer than a second on a slow machine. */
export type Tell = (sentence: string) => void;

/** Who hears what a scenario is read from. */
export interface Reading {
  /** What the scenario holds when it comes from no file, such as the standard input; its name is for messages. */
  readonly text?: string | undefined;
  /** Told before long work, such as reading a large file. */
  readonly tell?: Tell | undefined;
  /** Told of each file that is read or looked for, by its absolute path; also of one that is not there. */
  readonly reads?: ((file: string) => void) | undefined;
}

/** A text of this length takes a good part of a second: as YAML on any machine, as JSON on none. */
const LARGE_YAML_BYTES = 250_000;
const LARGE_JSON_BYTES = 2_500_000;

/** So many records take about half a second to make. */
const MANY_RECORDS = 5_000;

/** Announces a file that is read now, if it is large. @param bytes its size */
export function announceFile(tell: Tell | undefined, shown: string, bytes: number): void {
  const isJson = /\.jsonl?$/i.test(shown);
  if (bytes >= (isJson ? LARGE_JSON_BYTES : LARGE_YAML_BYTES))
    tell?.(`Loading ${shown} (${sizeText(bytes)})…`);
}

/** Announces the records that `generate` makes now, if they are many. @param data a checked scenario */
export function announceRecords(tell: Tell | undefined, data: Generating): void {
  const places = [...(data.testtrack?.projects ?? []), ...(data.aptest?.suites ?? [])];
  let count = 0;
  for (const { generate = {} } of places) {
    for (const value of Object.values(generate)) if (typeof value === 'number') count += value;
  }
  if (count >= MANY_RECORDS) tell?.(`Making ${count.toLocaleString('en')} records…`);
}

/** The parts of a scenario that records are generated from. */
export interface Generating {
  readonly testtrack?: { readonly projects?: readonly Place[] | undefined } | undefined;
  readonly aptest?: { readonly suites?: readonly Place[] | undefined } | undefined;
}

interface Place {
  readonly generate?: Readonly<Record<string, unknown>> | undefined;
}
