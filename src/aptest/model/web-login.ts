import { table } from '../../world/table.ts';

/** A person who logged in at the pages; rpc.mpl knows no logins. */
export interface WebLogin {
  /** What the cookie holds. */
  readonly cookie: string;
  readonly user: string;
  /** Logins in order, so that the oldest can be dropped. */
  readonly number: number;
}

export const webLogins = table<WebLogin>('webLogins', { key: ({ cookie }) => cookie, isVolatile: true });

/** More logins than that are kept by nobody; the oldest ends. */
export const mostWebLogins = 1000;
