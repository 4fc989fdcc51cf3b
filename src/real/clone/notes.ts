/** Something that a server does not tell, and what the twin does instead. */
export interface Unlearned {
  readonly what: string;
  readonly assumed: string;
}

/** Gathers what could not be learned, each thing once and with how often it was met. */
export class Notes {
  readonly #counts = new Map<string, { readonly note: Unlearned; count: number }>();

  add(what: string, assumed: string): void {
    const known = this.#counts.get(what);
    if (known) known.count += 1;
    else this.#counts.set(what, { note: { what, assumed }, count: 1 });
  }

  get all(): readonly Unlearned[] {
    return [...this.#counts.values()].map(({ note, count }) =>
      count === 1 ? note : { ...note, what: `${note.what} (${count} times)` },
    );
  }
}
