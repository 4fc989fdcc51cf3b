import { escapeHtml } from '../../text/ascii-html.ts';

/** A request for a page, after its bytes were read. */
export interface PageRequest {
  readonly method: 'GET' | 'POST';
  /** The page below the product's folder, such as `run/defineSet.mpl`. */
  readonly page: string;
  /** Path of the product's folder, with a slash at both ends: `/atm/`. */
  readonly folder: string;
  /** Scheme and host by which the browser came. */
  readonly origin: string;
  readonly params: ReadonlyMap<string, readonly string[]>;
  /** What the login cookie holds; empty without one. */
  readonly cookie: string;
}

/** What a page answers. */
export interface PageAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** The first value of a parameter; empty when it was not sent. */
export function param(request: PageRequest, name: string): string {
  return request.params.get(name)?.[0] ?? '';
}

/** A whole page. @param body HTML, everything in it escaped */
export function htmlPage(
  request: PageRequest,
  {
    title,
    body,
    status = 200,
  }: { readonly title: string; readonly body: string; readonly status?: number | undefined },
): PageAnswer {
  const { folder } = request;
  return {
    status,
    headers: { 'Content-Type': 'text/html; charset=utf-8' },
    body: `<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>${escapeHtml(title)}</title><link rel="stylesheet" href="${folder}atm.css"></head>
<body>
<p class="top"><a href="${folder}index.mpl">Suites</a> | <a href="${folder}run/rpc.mpl">rpc.mpl</a> | <a href="${folder}login.mpl">Log in</a></p>
<h1>${escapeHtml(title)}</h1>
${body}
</body>
</html>
`,
  };
}

/** Sends the browser to another page of the product. */
export function redirect(
  request: PageRequest,
  page: string,
  headers: Readonly<Record<string, string>> = {},
): PageAnswer {
  return { status: 303, headers: { Location: request.folder + page, ...headers }, body: '' };
}

/** An address of a page with its parameters, for use in an attribute. */
export function href(request: PageRequest, page: string, params: Readonly<Record<string, string>>): string {
  return escapeHtml(`${request.folder}${page}?${new URLSearchParams(params).toString()}`);
}

/** What went wrong, to stand above a form. */
export function complaint(text: string): string {
  return text === '' ? '' : `<p class="complaint" role="alert">${escapeHtml(text)}</p>`;
}

export const productStyleSheet = `body { font: 15px/1.5 system-ui, sans-serif; margin: 1.5rem auto; max-width: 80rem; padding: 0 1rem; }
table { border-collapse: collapse; }
th, td { text-align: left; vertical-align: top; padding: 0.25rem 0.8rem 0.25rem 0; border-bottom: 1px solid #ccc; }
td textarea, td input[type=text] { max-width: 100%; box-sizing: border-box; }
.tests td { max-width: 26rem; }
.complaint { background: #fbe3e3; border-left: 4px solid #c33; padding: 0.4rem 0.8rem; }
.done { background: #e3f5e3; border-left: 4px solid #3a3; padding: 0.4rem 0.8rem; }
.note span { margin-right: 0.5rem; }
.note .when, .note .user { color: #666; }
@media (prefers-color-scheme: dark) { body { background: #181818; color: #ddd; } a { color: #8bf; } .complaint { background: #422; } .done { background: #242; } .note .when, .note .user { color: #aaa; } }
`;
