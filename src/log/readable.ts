import { escapeUnits } from '../text/escapes.ts';

/** What a hint is indented by, so that it stands below its sentence. */
export const hintIndent = ' '.repeat(13);

/** Turns a line of pino's JSON into one for people: time, level, sentence, and the fields below or behind it. */
export function readableLine(json: string): string {
  const { level, time, msg, hint, error, err, ...fields } = JSON.parse(json) as Record<string, unknown>;
  const clock = typeof time === 'number' ? new Date(time).toISOString().slice(11, 23) : '';
  let line = `${clock} ${String(level).padEnd(5)} ${onOneLine(String(msg))}`;
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

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => hintIndent + line.trimEnd())
    .join('\n');
}
