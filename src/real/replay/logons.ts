import type { CallInRecording, RecordedArgument } from '../recording/exchange.ts';
import type { Recording } from '../recording/recording-file.ts';
import type { Translation } from './translation.ts';

/** What a replay logs on with: recordings hold no secrets. */
export interface LogonSecrets {
  passwordOf(user: string): string | undefined;
  readonly token: string | undefined;
}

const logons = /^(?:DatabaseLogon|ProjectLogon|getProjectList)$/;

/**
 * Puts passwords and tokens in the place of their stand-ins. The stand-in that a user was let in with stands for the
 * password that is given for that user; any other one was wrong then, and is sent as it is.
 */
export class Logons {
  readonly #secrets: LogonSecrets;
  /** The stand-ins that each user was let in with. */
  readonly #right = new Map<string, Set<string>>();
  /** The stand-ins of tokens that a call succeeded with. */
  readonly #tokens = new Set<string>();

  constructor(recording: Recording, secrets: LogonSecrets) {
    this.#secrets = secrets;
    for (const { call, outcome } of recording.exchanges(['Logon"', 'oken"'])) {
      if (outcome?.kind !== 'result' || !call) continue;
      if (call.api === 'ApTest') this.#noteToken(call.form);
      else if (/^(?:Database|Project)Logon$/.test(call.operation)) this.#noteUser(call.parts);
    }
  }

  /** The parts of a call as they are to be sent. */
  parts(
    { operation, parts }: Extract<CallInRecording, { api: 'TestTrack' }>,
    translation: Translation,
  ): Readonly<Record<string, unknown>> {
    const translated = translation.parts(operation, parts);
    const { username, password } = parts as { readonly username?: string; readonly password?: string };
    if (!logons.test(operation) || username === undefined || password === undefined) return translated;
    const isRight = this.#right.get(username)?.has(password) === true;
    return { ...translated, password: isRight ? (this.#secrets.passwordOf(username) ?? password) : password };
  }

  /** The arguments of a command as they are to be sent. */
  form(
    { command, form }: Extract<CallInRecording, { api: 'ApTest' }>,
    translation: Translation,
  ): [string, RecordedArgument][] {
    return form.map(([name, value]): [string, RecordedArgument] => {
      if (typeof value !== 'string') return [name, value];
      if (this.#tokens.has(value)) return [name, this.#secrets.token ?? value];
      return [name, translation.argument(command, name, value)];
    });
  }

  #noteUser({ username, password }: Readonly<Record<string, unknown>>): void {
    if (typeof username !== 'string' || typeof password !== 'string') return;
    const right = this.#right.get(username) ?? new Set<string>();
    this.#right.set(username, right.add(password));
  }

  #noteToken(form: readonly (readonly [string, RecordedArgument])[]): void {
    const token = form.find(([name]) => /^(?:rpc)?token$/i.test(name))?.[1];
    if (typeof token === 'string') this.#tokens.add(token);
  }
}
