import { isPublicUrl } from '../input/public-url.ts';
import { peerUrl } from '../moves/peer-url.ts';
import { UsageError } from './terminal.ts';

/** Asks the control routes of twins. */
export class TwinControl {
  /** @param token that all of them were started with */
  constructor(private readonly token: string | undefined) {}

  /**
   * Asks one.
   *
   * @param request such as `GET /worlds`, below `/__admin`
   * @throws UsageError nothing answers there, or it refuses, with its reason and code
   */
  async ask<T>(url: string, request: string, body?: object): Promise<T> {
    const [method = 'GET', path = ''] = request.split(' ');
    const answer = await this.answerOf(`${url}/__admin${path}`, {
      method,
      headers: {
        ...(this.token ? { authorization: `Bearer ${this.token}` } : {}),
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await answer.text().catch(() => '');
    const read = parsed(text);
    if (answer.ok && read !== undefined) return read as T;
    const said = isRefusal(read) ? read.error : text.trim().split('\n', 1)[0];
    const code = isRefusal(read) && read.code ? ` (${read.code})` : '';
    throw new UsageError(`${url} refuses: ${said || `HTTP ${answer.status}`}${code}`);
  }

  private async answerOf(address: string, init: RequestInit): Promise<Response> {
    try {
      return await fetch(address, init);
    } catch (error) {
      const { cause } = error as { cause?: NodeJS.ErrnoException };
      throw new UsageError(
        `Nothing answers at ${new URL(address).origin} (${cause?.code ?? (error as Error).message}). Look whether the twin runs there.`,
      );
    }
  }
}

/** The address of a twin as a person wrote it. @throws UsageError it is none */
export function twinUrl(option: string, text: string): string {
  const whole = /^[a-z]+:\/\//i.test(text) ? text : `http://${text}`;
  if (isPublicUrl(whole)) return peerUrl(whole);
  throw new UsageError(
    `${option}: "${text.slice(0, 200)}" is no address of a twin. Write it as http://10.0.0.2:8080.`,
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isRefusal = (value: unknown): value is { readonly error: string; readonly code?: string } =>
  typeof value === 'object' && value !== null && 'error' in value && typeof value.error === 'string';
