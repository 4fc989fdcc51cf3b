/** What the twin answered to a request that it refused, in its own words. */
export class ConsoleError extends Error {
  override readonly name = 'ConsoleError';

  constructor(
    /** Of HTTP; 0 when the twin could not be reached. */
    readonly status: number,
    message: string,
    readonly body: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}

export type Parameters = Readonly<Record<string, string | number | undefined>>;

const tokenKey = 'twintrack-token';

/** The control API of the world that this page is for. */
export class TwinApi {
  /** What stood before `/__console`: empty, `/w/checkout`, or the prefix of a proxy. */
  readonly base: string;
  /** What the addresses of other worlds begin with. */
  readonly root: string;
  private askedFor: (() => void) | undefined;
  private isTokenWanted = false;

  constructor(location: Pick<Location, 'pathname'>) {
    this.base = location.pathname.replace(/\/__console\/?$/, '');
    this.root = this.base.replace(/\/w\/[^/]+$/, '');
  }

  /** What the addresses of a world begin with. */
  rootOf(world: string): string {
    return world === 'main' ? this.root : `${this.root}/w/${encodeURIComponent(world)}`;
  }

  /** Calls this when the twin wants a token, or wanted one before. */
  onTokenWanted(ask: () => void): void {
    this.askedFor = ask;
    if (this.isTokenWanted) ask();
  }

  set token(token: string) {
    sessionStorage.setItem(tokenKey, token);
    this.isTokenWanted = false;
  }

  headers(): Record<string, string> {
    const token = sessionStorage.getItem(tokenKey);
    return token ? { authorization: `Bearer ${token}` } : {};
  }

  url(path: string, query: Parameters = {}): string {
    const given = Object.entries(query).flatMap(([name, value]): [string, string][] =>
      value === undefined || value === '' ? [] : [[name, String(value)]],
    );
    const text = new URLSearchParams(given).toString();
    return `${this.base}/__admin${path}${text === '' ? '' : `?${text}`}`;
  }

  /** @throws ConsoleError */
  get<Answer>(path: string, query?: Parameters): Promise<Answer> {
    return this.send('GET', this.url(path, query));
  }

  /** @throws ConsoleError */
  async send<Answer>(method: string, url: string, body?: unknown): Promise<Answer> {
    const answer = await this.fetch(url, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
    });
    return (await answer.json()) as Answer;
  }

  /** @throws ConsoleError for whatever is no success */
  async fetch(url: string, init: RequestInit = {}): Promise<Response> {
    let answer: Response;
    try {
      answer = await fetch(url, { ...init, headers: { ...init.headers, ...this.headers() } });
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') throw error;
      throw new ConsoleError(0, 'The twin cannot be reached.');
    }
    if (answer.ok) return answer;
    if (answer.status === 401) {
      this.isTokenWanted = true;
      this.askedFor?.();
    }
    const text = await answer.text();
    const body = readBody(text);
    throw new ConsoleError(answer.status, typeof body.error === 'string' ? body.error : text, body);
  }
}

function readBody(text: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
}
