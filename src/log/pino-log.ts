import type { Logger } from 'pino';
import { type Log, type LogFields, type LogLevel, logLevels } from './log.ts';
import { hintIndent, readableLine } from './readable.ts';

export interface PinoLogOptions {
  readonly level: LogLevel;
  /** `human`: a line for people; `json`: pino's own form. */
  readonly format: 'human' | 'json';
  /** Whether lines for people have colours; without them if nothing is said. */
  readonly isColoured?: boolean;
  readonly write: (text: string) => void;
  /** How wide the terminal is, where there is one. */
  readonly columns?: number | undefined;
}

type Level = Exclude<LogLevel, 'silent'>;

/** Fields that are never written, whatever logs them. */
const secrets = ['password', 'cookie', 'Cookie', 'token', 'rpctoken', 'authorization'].flatMap((name) => [
  name,
  `*.${name}`,
]);

/**
 * A log kept by pino. Pino is loaded when the first line with fields is to be written and not before, because a twin
 * that has little to say should start quickly; lines wait until it is there.
 */
export class PinoLog implements Log {
  readonly isInfo: boolean;
  readonly isDebug: boolean;
  readonly columns: number | undefined;
  private readonly rank: number;
  private logger: Logger | undefined;
  private loading: Promise<void> | undefined;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly options: PinoLogOptions) {
    this.rank = logLevels.indexOf(options.level);
    this.isInfo = this.rank >= logLevels.indexOf('info');
    this.isDebug = options.level === 'debug';
    this.columns = options.columns && options.columns - hintIndent.length;
  }

  error(message: string, fields?: LogFields): void {
    this.write('error', message, fields);
  }

  warn(message: string, fields?: LogFields): void {
    this.write('warn', message, fields);
  }

  info(message: string, fields?: LogFields): void {
    this.write('info', message, fields);
  }

  debug(message: string, fields?: LogFields): void {
    this.write('debug', message, fields);
  }

  /** Waits until everything was written. */
  async flush(): Promise<void> {
    await this.loading;
  }

  private write(level: Level, message: string, fields?: LogFields): void {
    if (logLevels.indexOf(level) > this.rank) return;
    if (this.logger) {
      this.logger[level](fields ?? {}, message);
      return;
    }
    const time = Date.now();
    if (fields === undefined && this.waiting.length === 0) {
      // A sentence alone needs nothing of pino. So "Loading …" is there before the work that it announces.
      this.line(JSON.stringify({ level, time, msg: message }));
      return;
    }
    this.waiting.push(() => this.logger?.[level]({ ...fields, time }, message));
    this.loading ??= this.load();
  }

  private async load(): Promise<void> {
    const { pino } = await import('pino');
    const { level } = this.options;
    this.logger = pino(
      {
        level,
        base: null,
        redact: { paths: secrets, censor: '(hidden)' },
        formatters: { level: (name) => ({ level: name }) },
        serializers: { error: pino.stdSerializers.err },
        timestamp: false,
        mixin: (fields) => ('time' in fields ? {} : { time: Date.now() }),
      },
      { write: (line) => this.line(line.trimEnd()) },
    );
    for (const say of this.waiting.splice(0)) say();
  }

  private line(json: string): void {
    const { format, isColoured, write } = this.options;
    write(format === 'human' ? readableLine(json, isColoured) : `${json}\n`);
  }
}
