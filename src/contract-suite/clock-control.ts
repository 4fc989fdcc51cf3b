/** The clock of a twin, moved by its control interface. No real server has one. */
export class ClockControl {
  readonly #url: string;
  readonly #headers: Readonly<Record<string, string>>;

  /** @param url the twin, as `http://127.0.0.1:8080` */
  constructor(url: string, token: string | undefined) {
    this.#url = `${url.replace(/\/+$/, '')}/__admin/clock`;
    this.#headers = {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    };
  }

  /** Asks the clock, to see whether it may be moved. @throws Error with the reason when not */
  async probe(): Promise<void> {
    await this.#ask('', { method: 'GET' });
  }

  /**
   * Stops the clock where it stands: a check of a limit must not be disturbed by the time that calls take.
   *
   * @returns sets it going again as it was; what was advanced meanwhile stays
   */
  async freeze(): Promise<() => Promise<void>> {
    const before = (await this.#ask('', { method: 'GET' })) as {
      readonly mode: string;
      readonly rate: number;
    };
    if (before.mode === 'frozen') return async () => {};
    await this.#ask('', { method: 'PUT', body: JSON.stringify({ mode: 'frozen' }) });
    const after = before.mode === 'scaled' ? { mode: 'scaled', rate: before.rate } : { mode: 'offset' };
    return async () => {
      await this.#ask('', { method: 'PUT', body: JSON.stringify(after) });
    };
  }

  /** @param by such as `15m`, or milliseconds */
  async advance(by: string | number): Promise<void> {
    const text = typeof by === 'number' ? `${by}ms` : by;
    await this.#ask('/advance', { method: 'POST', body: JSON.stringify({ by: text }) });
  }

  async #ask(path: string, init: { method: string; body?: string }): Promise<unknown> {
    const response = await fetch(this.#url + path, { ...init, headers: this.#headers });
    const text = await response.text();
    if (!response.ok) throw new Error(`the clock answered HTTP ${response.status}: ${text.slice(0, 200)}`);
    return JSON.parse(text);
  }
}
