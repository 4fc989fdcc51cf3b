import { type Space, spaceAt } from './spaces.ts';

type Name = string;

/** A moment or a day as it stands in a message. */
const momentText = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?)?$/;

/** What names of a recording are called by the server that it is replayed to, learned from its answers. */
export class Translation {
  readonly #there = new Map<Space, Map<Name, unknown>>();
  readonly #back = new Map<Space, Map<Name, Name>>();
  readonly #moments = new Map<string, string>();

  /** What a recorded name is called there; undefined where it is not known yet. */
  named(space: Space, recorded: unknown): unknown {
    return this.#there.get(space)?.get(String(recorded));
  }

  /** Whether two names can mean the same: neither is known for another one. */
  fits(space: Space, recorded: unknown, live: unknown): boolean {
    const known = this.named(space, recorded);
    if (known !== undefined) return String(known) === String(live);
    const back = this.#back.get(space)?.get(String(live));
    return back === undefined || back === String(recorded);
  }

  learn(space: Space, recorded: unknown, live: unknown): void {
    const there = this.#there.get(space) ?? new Map<Name, unknown>();
    const back = this.#back.get(space) ?? new Map<Name, Name>();
    there.set(String(recorded), live);
    back.set(String(live), String(recorded));
    this.#there.set(space, there);
    this.#back.set(space, back);
  }

  learnMoment(recorded: string, live: string): void {
    this.#moments.set(recorded, live);
  }

  /** The parts of a recorded call as they are to be sent now. */
  parts(operation: string, parts: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
    return this.#value({ operation, path: [], around: {} }, parts) as Readonly<Record<string, unknown>>;
  }

  /** An argument of a command as it is to be sent now. */
  argument(command: string, name: string, value: string): string {
    const space = spaceAt({ operation: command, path: [name], around: {} });
    const known = space === undefined ? undefined : this.#sessionNamed(space, value);
    return known ?? value;
  }

  /** A text of ApTest with the numbers of sessions in it as they are there. */
  withSessions(text: string): string {
    if (!this.#there.has('session')) return text;
    return text.replace(/(?<![\w.])\d+(?![\w.])/g, (digits) => {
      const known = this.#sessionNamed('session', digits);
      if (known === undefined) return digits;
      return digits.startsWith('0') ? known : String(Number(known));
    });
  }

  /** Numbers of sessions are written with and without leading zeros. */
  #sessionNamed(space: Space, value: string): string | undefined {
    const exact = this.named(space, value);
    if (exact !== undefined) return String(exact);
    for (const [recorded, live] of this.#there.get(space) ?? []) {
      if (Number(recorded) === Number(value)) return String(live);
    }
    return undefined;
  }

  #value(
    at: { operation: string; path: readonly string[]; around: Readonly<Record<string, unknown>> },
    value: unknown,
  ): unknown {
    if (Array.isArray(value)) return value.map((each) => this.#value(at, each));
    if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) {
      const around = value as Readonly<Record<string, unknown>>;
      return Object.fromEntries(
        Object.entries(around).map(([name, member]) => [
          name,
          this.#value({ ...at, path: [...at.path, name], around }, member),
        ]),
      );
    }
    if (typeof value === 'string' && momentText.test(value)) return this.#moments.get(value) ?? value;
    const space = spaceAt(at);
    if (space === undefined || value === undefined || Number(value) === 0) return value;
    return asKind(value, this.named(space, value) ?? value);
  }
}

/** A name may be learned from the text of a list's cell, and be sent as a number. */
function asKind(like: unknown, value: unknown): unknown {
  if (typeof like === 'number' && typeof value === 'string') return Number(value);
  return typeof like === 'string' ? String(value) : value;
}
