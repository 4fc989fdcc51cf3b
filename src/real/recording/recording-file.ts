import { existsSync } from 'node:fs';
import { isRecord } from '../../input/is-record.ts';
import { LineFile } from '../files/line-file.ts';
import { RealServerError } from '../real-error.ts';
import { valueFromJson } from '../wire/value-json.ts';
import { type RecordedExchange, type RecordingHead, recordingFormat } from './exchange.ts';

/** A recording that can be read. */
export interface Recording {
  readonly file: string;
  readonly head: RecordingHead;
  /**
   * In the order in which they were written, one at a time.
   *
   * @param holding only those with one of these texts in their line: the others are not decoded
   */
  exchanges(holding?: readonly string[]): Generator<RecordedExchange>;
  /** Whether it was cut off within a line, which is left out. */
  readonly isCutOff: boolean;
}

/**
 * Opens a recording.
 *
 * @throws RealServerError for a file that is none, or of a newer version
 */
export function openRecording(file: string): Recording {
  const refused = (why: string) => new RealServerError('TWIN_REAL_RECORDING', `${file}: ${why}`);
  if (!existsSync(file)) throw refused('there is no such file.');
  const lines = LineFile.open(file);
  const [first] = lines.places();
  const head = first && parsed(lines.read(first));
  if (!isRecord(head) || typeof head.twintrackRecording !== 'number') {
    throw refused('it is no recording; "twintrack record" writes one.');
  }
  if (head.twintrackRecording > recordingFormat) {
    throw refused(
      `it is of version ${head.twintrackRecording}, and this Twintrack reads ${recordingFormat}. Update Twintrack, or record again.`,
    );
  }
  let end = 0;
  for (const { at, length } of lines.places()) end = at + length + 1;
  return {
    file,
    head: head as unknown as RecordingHead,
    isCutOff: end < lines.size,
    *exchanges(holding) {
      let number = 0;
      for (const place of lines.places()) {
        number += 1;
        if (number === 1) continue;
        const line = lines.read(place);
        if (holding?.some((text) => line.includes(text)) === false) continue;
        const exchange = parsed(line);
        if (!isExchange(exchange)) throw refused(`line ${number} is no exchange of a recording.`);
        yield exchange;
      }
    },
  };
}

/** What a line has to have; members that this version does not know are left alone. */
function isExchange(value: unknown): value is RecordedExchange {
  return (
    isRecord(value) &&
    typeof value.number === 'number' &&
    typeof value.at === 'string' &&
    isRecord(value.request) &&
    isRecord(value.answer) &&
    typeof value.answer.status === 'number'
  );
}

function parsed(line: string): unknown {
  try {
    return valueFromJson(line);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
