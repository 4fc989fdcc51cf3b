import { LineFile } from '../files/line-file.ts';
import { valueToJson } from '../wire/value-json.ts';
import { type RecordedExchange, type RecordingHead, recordingFormat } from './exchange.ts';
import { HarFile } from './har-file.ts';
import type { PassedExchange, Redaction } from './redaction.ts';

/** Where recordings go. */
export interface RecorderFiles {
  readonly out: string;
  readonly har?: string | undefined;
  /** Whether files that are there may be written over. */
  readonly isForced: boolean;
}

/** Writes exchanges as they end, each at once: a recording is whole up to its last exchange at any moment. */
export class Recorder {
  readonly #lines: LineFile;
  readonly #har: HarFile | undefined;
  readonly #redaction: Redaction;
  /** Exchanges are written one after the other, in the order in which they ended. */
  #last: Promise<unknown> = Promise.resolve();
  #count = 0;

  /** @throws RealServerError when a file is there already or cannot be made */
  constructor(files: RecorderFiles, redaction: Redaction, head: Omit<RecordingHead, 'twintrackRecording'>) {
    this.#redaction = redaction;
    this.#lines = LineFile.create(files.out, files.isForced);
    this.#lines.add(JSON.stringify({ twintrackRecording: recordingFormat, ...head }));
    this.#har = files.har === undefined ? undefined : new HarFile(files.har, files.isForced);
  }

  /** How many exchanges are written. */
  get count(): number {
    return this.#count;
  }

  /** @throws RealServerError when the disk is full */
  add(passed: PassedExchange): Promise<RecordedExchange> {
    const written = this.#last.then(async () => {
      const exchange = await this.#redaction.recorded(this.#count + 1, passed);
      this.#lines.add(valueToJson(exchange));
      this.#har?.add(exchange);
      this.#count += 1;
      return exchange;
    });
    this.#last = written.catch(() => {});
    return written;
  }

  /** Settles when everything that was added is written. */
  async close(): Promise<void> {
    await this.#last;
    this.#lines.close();
    this.#har?.close();
  }
}
