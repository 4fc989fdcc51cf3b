import { readFileSync, statSync } from 'node:fs';
import { isRecord } from '../input/is-record.ts';
import { RealServerError } from './real-error.ts';

/** What logs on, by user. Nothing of it is ever written, logged or shown. */
export interface KnownSecrets {
  /** The password of a TestTrack user; undefined where none is known. */
  passwordOf(user: string): string | undefined;
  /** The token of an ApTest installation; undefined where none is known. */
  readonly token: string | undefined;
}

/** The variables that secrets come from. */
const secretVariables = { password: 'TESTTRACK_PASSWORD', token: 'APTEST_TOKEN' } as const;

/**
 * KnownSecrets from the environment, and from a file for several users:
 * `{"testtrack": {"hooper": "grace"}, "aptest": {"token": "…"}}`.
 *
 * @throws RealServerError for a file that cannot be read, says something else, or that others may read
 */
export function knownSecrets(
  env: Readonly<Record<string, string | undefined>>,
  file: string | undefined,
): KnownSecrets {
  const { users, token } = file === undefined ? { users: {}, token: undefined } : inFile(file);
  const everybody = env[secretVariables.password];
  return {
    passwordOf: (user) => (Object.hasOwn(users, user) ? users[user] : everybody),
    token: token ?? env[secretVariables.token],
  };
}

function inFile(file: string): { users: Readonly<Record<string, string>>; token: string | undefined } {
  const refused = (why: string) => new RealServerError('TWIN_REAL_FILE', `--credentials: ${file} ${why}`);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw refused(`cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) {
    throw refused('can be read by other users of this machine. Take that from them: chmod 600.');
  }
  const form = 'is not as {"testtrack": {"user": "password"}, "aptest": {"token": "token"}}.';
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    // The text of the error would show what stands in the file.
    throw refused(`is no JSON, or ${form}`);
  }
  if (!isRecord(data)) throw refused(form);
  const { testtrack = {}, aptest = {}, ...others } = data;
  const isFit = isRecord(testtrack) && isRecord(aptest) && Object.keys(others).length === 0;
  if (!isFit || !Object.values(testtrack).every((value) => typeof value === 'string')) throw refused(form);
  const { token } = aptest as { readonly token?: unknown };
  if (token !== undefined && typeof token !== 'string') throw refused(form);
  return { users: testtrack as Readonly<Record<string, string>>, token };
}
