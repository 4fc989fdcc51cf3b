import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { SettingsError } from '../settings.ts';
import type { CertifiedKey } from './tls-options.ts';

/** Certificates that a client may be signed by, as PEM. @throws SettingsError */
export function readClientCa(file: string): string {
  const text = readPem(file, '--tls-client-ca');
  certificateIn(text, file, '--tls-client-ca');
  return text;
}

/**
 * Reads a certificate and its key, and looks whether they belong together: a server with others starts well, and then
 * breaks off every handshake with words that name neither.
 *
 * @throws SettingsError with what is wrong and how to mend it
 */
export function readCredentials(files: { readonly cert: string; readonly key: string }): CertifiedKey {
  const cert = readPem(files.cert, '--tls-cert');
  const key = readPem(files.key, '--tls-key');
  const certificate = certificateIn(cert, files.cert, '--tls-cert');
  if (certificate.checkPrivateKey(privateKeyIn(key, files.key))) return { cert, key };
  throw new SettingsError(
    `The key in ${files.key} does not fit the certificate in ${files.cert} (subject ${oneLine(certificate.subject)}). Give the key that this certificate was made with; of a file with several certificates the first is the server's own (--tls-cert, --tls-key).`,
  );
}

function readPem(file: string, option: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new SettingsError(
      `${file} cannot be read: ${code === 'ENOENT' ? 'there is no such file' : message} (${option}).`,
    );
  }
}

function certificateIn(text: string, file: string, option: string): X509Certificate {
  try {
    return new X509Certificate(text);
  } catch {
    throw new SettingsError(
      `${file} holds no certificate that can be read. A PEM file has a line "-----BEGIN CERTIFICATE-----"; what is in DER becomes one by "openssl x509 -inform der -in ${file}" (${option}).`,
    );
  }
}

function privateKeyIn(text: string, file: string): KeyObject {
  if (/-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type: 4,ENCRYPTED/m.test(text)) {
    throw new SettingsError(
      `The key in ${file} is encrypted. Give one that is not, made by "openssl pkey -in ${file} -out plain.pem" (--tls-key).`,
    );
  }
  try {
    return createPrivateKey(text);
  } catch {
    throw new SettingsError(
      `${file} holds no private key that can be read. A PEM file has a line "-----BEGIN PRIVATE KEY-----" (--tls-key).`,
    );
  }
}

function oneLine(name: string): string {
  return name.replaceAll('\n', ', ');
}
