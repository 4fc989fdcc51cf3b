import { expect } from 'vitest';

/** A page as it came back. */
export interface Page {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
}

type Form = Readonly<Record<string, string | readonly string[]>>;

/** Opens pages of ApTest as a browser without scripts does. */
export interface Browse {
  /** Opens a page of the folder; with a form it is sent there. Redirects are not followed. */
  opened(page: string, cookie?: string, form?: Form | FormData): Promise<Page>;
  /** @returns the cookie; empty when the log-in was refused */
  logIn(username?: string, password?: string): Promise<string>;
}

/** @param headers that every request carries */
export function browse(folder: string, headers: Readonly<Record<string, string>> = {}): Browse {
  const opened: Browse['opened'] = async (page, cookie = '', form) => {
    const body = form && !(form instanceof FormData) ? urlEncoded(form) : form;
    const response = await fetch(folder + page, {
      redirect: 'manual',
      headers: { cookie, ...headers },
      ...(body ? { method: 'POST', body } : {}),
    });
    return { status: response.status, text: await response.text(), headers: response.headers };
  };
  return {
    opened,
    logIn: async (username = 'ann', password = '') => {
      const answer = await opened('login.mpl', '', { username, password });
      return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
    },
  };
}

function urlEncoded(form: Form): URLSearchParams {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(form))
    for (const each of [value].flat()) body.append(name, each);
  return body;
}

/** Whatever a page shows, nothing of it is run. */
export function isSafe({ text, headers }: Page): void {
  expect(text).not.toMatch(/<script| on\w+="| style="/);
  expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(headers.get('content-security-policy')).not.toContain('unsafe');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
}
