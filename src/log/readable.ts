import pc from 'picocolors';
import { escapeUnits } from '../text/escapes.ts';

/** What a hint is indented by, so that it stands below its sentence. */
export const hintIndent = ' '.repeat(13);
const plain = pc.createColors(false);
const coloured = pc.createColors(true);

/** Turns a line of pino's JSON into one for people: time, level, sentence, and the fields below or behind it. */
export function readableLine(json: string, isColoured = false): string {
  const line = JSON.parse(json) as Record<string, unknown>;
  const paint = isColoured ? coloured : plain;
  return 'durationMs' in line && 'operation' in line ? callLine(line, paint) : otherLine(line, paint);
}

type Paint = typeof plain;
type Line = Readonly<Record<string, unknown>>;

/**
 * A call, short enough for a narrow terminal: `12:01:03 saveDefect username ok 3 ms`. Why it was refused stands below;
 * the world is named when it is not the main one.
 */
function callLine(
  { time, msg, hint, operation, code, isMade, user, world, durationMs }: Line,
  paint: Paint,
): string {
  const isOk = code === 0 && isMade !== false;
  const refused = isMade === false ? 'not made,' : `refused with ${code},`;
  const ending = isOk ? paint.green('ok') : paint.red(refused);
  const words = [
    paint.dim(clockOf(time, 'HH:MM:SS')),
    paint.bold(onOneLine(String(operation))),
    ...(typeof user === 'string' ? [onOneLine(user)] : []),
    ending,
    `${Math.round(Number(durationMs))} ms`,
    ...(world === 'main' ? [] : [paint.dim(`(${onOneLine(String(world))})`)]),
  ];
  const why = isOk ? '' : onOneLine(String(msg)).replace(/^.*? (?:refused with \d+|not made): /, '');
  const below = [why, typeof hint === 'string' ? visible(hint) : ''].filter((text) => text !== '');
  return [words.join(' '), ...below.map((text) => indent(text, ' '.repeat(9)))].join('\n').concat('\n');
}

function clockOf(time: unknown, form: 'HH:MM:SS' | 'HH:MM:SS.mmm'): string {
  return typeof time === 'number' ? new Date(time).toISOString().slice(11, 11 + form.length) : '';
}

function otherLine({ level, time, msg, hint, error, err, ...fields }: Line, paint: Paint): string {
  const clock = paint.dim(clockOf(time, 'HH:MM:SS.mmm'));
  const shownLevel = String(level).padEnd(5);
  const warned =
    level === 'error' ? paint.red(shownLevel) : level === 'warn' ? paint.yellow(shownLevel) : shownLevel;
  let line = `${clock} ${warned} ${onOneLine(String(msg))}`;
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined && value !== null) line += ` ${name}=${shown(value)}`;
  }
  if (typeof hint === 'string') line += `\n${indent(visible(hint))}`;
  const thrown = (error ?? err) as { stack?: unknown } | undefined;
  if (thrown !== undefined)
    line += `\n${indent(typeof thrown.stack === 'string' ? thrown.stack : shown(thrown))}`;
  return `${line}\n`;
}

function shown(value: unknown): string {
  return typeof value === 'string' && !/\s/.test(value) ? value : JSON.stringify(value);
}

/** Names that a client sent stand in messages: none of them may move the cursor or colour the screen. */
function visible(text: string): string {
  return escapeUnits(text, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g);
}

function onOneLine(text: string): string {
  return visible(text).replaceAll('\n', '\\n');
}

function indent(text: string, by = hintIndent): string {
  return text
    .split('\n')
    .map((line) => by + line.trimEnd())
    .join('\n');
}
