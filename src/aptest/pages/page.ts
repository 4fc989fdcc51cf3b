import { escapeHtml } from '../../text/ascii-html.ts';
import type { UploadedFile } from '../commands/command.ts';
import type { Params } from '../rpc/form.ts';
import type { PageName } from './paths.ts';

/** A request for a page, after its bytes were read. */
export interface PageRequest {
  readonly method: 'GET' | 'POST';
  /** The page below the product's folder, such as `run/defineSet.mpl`. */
  readonly page: string;
  /** Path of the product's folder, with a slash at both ends: `/atm/`. */
  readonly folder: string;
  /** Scheme and host by which the browser came. */
  readonly origin: string;
  /** What stands in the address after the question mark, as it came. */
  readonly query: string;
  /** What stands in the address and in the form. */
  readonly params: Params;
  /** What the login cookie holds; empty without one. */
  readonly cookie: string;
  /** The first file part of a multipart form. */
  readonly file?: UploadedFile | undefined;
  readonly isMultipart: boolean;
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

/** Sends the browser to another page of the product. @param path below the product's folder */
export function redirect(
  request: PageRequest,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): PageAnswer {
  return { status: 303, headers: { Location: request.folder + path, ...headers }, body: '' };
}

/** A page with its parameters, below the product's folder. */
export function pagePath(page: PageName, params: Readonly<Record<string, string>>): string {
  // A session is written NUMBER/SET, and people read it in the address.
  const query = new URLSearchParams(params).toString().replaceAll('%2F', '/');
  return `${page}?${query}`;
}

/** The same as an address, for use in an attribute. */
export function href(
  request: PageRequest,
  page: PageName,
  params: Readonly<Record<string, string>> = {},
): string {
  const path = Object.keys(params).length === 0 ? page : pagePath(page, params);
  return escapeHtml(request.folder + path);
}
