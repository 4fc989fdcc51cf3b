import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { CertifiedKey } from './tls-options.ts';

const folderName = 'tls';
const certName = 'certificate.pem';
const keyName = 'key.pem';

/** The certificate that an earlier start has kept in a data folder; undefined when there is none. */
export function keptCredentials(data: string): CertifiedKey | undefined {
  try {
    const read = (name: string) => readFileSync(path.join(data, folderName, name), 'utf8');
    return { cert: read(certName), key: read(keyName) };
  } catch {
    return undefined;
  }
}

/**
 * Keeps a certificate in a data folder, so that who trusts it does so after the next start too. Only the user that runs the
 * twin may read its key.
 *
 * @returns where the certificate is
 */
export function keepCredentials(data: string, { cert, key }: CertifiedKey): string {
  const folder = path.join(data, folderName);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, keyName), key, { mode: 0o600 });
  writeFileSync(path.join(folder, certName), cert);
  return certificateFile(data);
}

/** Where the certificate of a data folder is kept. */
export function certificateFile(data: string): string {
  return path.join(data, folderName, certName);
}
