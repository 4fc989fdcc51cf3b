/** What goes wrong with certificates, by the codes of Node. */
const certificateCodes = new Map([
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'its certificate is signed by itself'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'its certificate is signed by an authority that is not known here'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'its certificate is signed by an authority that is not known here'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'its certificate is signed by an authority that is not known here'],
  ['UNABLE_TO_GET_ISSUER_CERT', 'its certificate is signed by an authority that is not known here'],
  ['CERT_HAS_EXPIRED', 'its certificate is no longer valid'],
  ['CERT_NOT_YET_VALID', 'its certificate is not valid yet'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'its certificate is for another host'],
]);

const reasons = new Map([
  ['ECONNREFUSED', 'nothing listens there'],
  ['ECONNRESET', 'the connection was broken off'],
  ['EPIPE', 'the connection was broken off'],
  ['EHOSTUNREACH', 'no way leads there from this machine'],
  ['ENETUNREACH', 'no way leads there from this machine'],
  ['ETIMEDOUT', 'it took too long'],
  ['EPROTO', 'it does not speak TLS there'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'it does not speak TLS there'],
  ...[
    'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
    'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE',
    'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE',
  ].map((code) => [code, 'it wants a certificate of the client (--cert and --key)'] as const),
  ...[
    'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA',
    'ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE',
    'ERR_SSL_SSL/TLS_ALERT_BAD_CERTIFICATE',
  ].map((code) => [code, 'it does not take the certificate of the client (--cert and --key)'] as const),
  ['HPE_INVALID_CONSTANT', 'it does not speak HTTP there'],
]);

/** Why a request got no answer, as the end of a sentence. */
export function failureReason(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  const certificate = certificateCodes.get(code);
  if (certificate !== undefined) {
    return `${certificate} (--ca names a file with the authority to believe)`;
  }
  return reasons.get(code) ?? message.split('\n', 1)[0] ?? 'unknown';
}

/** Whether the same request may get an answer a moment later: the connection failed, not what was asked. */
export function isPassing(error: unknown): boolean {
  const { code = '' } = (error ?? {}) as NodeJS.ErrnoException;
  return ['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ECONNREFUSED'].includes(code);
}
