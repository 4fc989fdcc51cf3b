import type { HttpAnswer } from '../net/http-exchange.ts';

/**
 * What an answer is that no server of these products gives: a page of whatever stands before it.
 *
 * @returns the end of a sentence; undefined for what is no page
 */
export function pageIn({
  status,
  headers,
  body,
}: Pick<HttpAnswer, 'status' | 'headers' | 'body'>): string | undefined {
  if (status >= 300 && status < 400) {
    return `a redirect to ${String(headers.location).slice(0, 120)}, which is not followed: give the address that it leads to, or log on at the proxy first`;
  }
  const start = body.toString('utf8', 0, 4_096);
  if (!/^\s*(?:<!doctype html|<html)/i.test(start)) return undefined;
  const title = /<title[^>]*>([^<]{1,120})/i.exec(start)?.[1]?.replace(/\s+/g, ' ').trim();
  const isLogin = /<input[^>]{0,200}type=["']?password/i.test(start);
  const kind = isLogin ? 'a login page' : 'an HTML page';
  return `${kind} (HTTP ${status}${title === undefined ? '' : `, “${title}”`}): something else than the server answers at this address, such as a proxy`;
}
