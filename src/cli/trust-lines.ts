import type { Twin } from '../twin.ts';

/** Where a certificate is put by the line that fetches it. */
const fetched = 'twintrack.pem';

const faults = {
  expired: 'It expired yesterday, as --tls-bad says: a client that trusts it has to refuse it all the same.',
  host: 'It names another host, as --tls-bad says: a client that trusts it has to refuse it all the same.',
  untrusted:
    'The twin shows another one, as --tls-bad says: a client that trusts this one has to refuse that.',
} as const;

/**
 * What a person has to know of a twin's certificate: its fingerprint, and how clients come to trust it.
 *
 * @returns whole lines with an empty one at the end; empty for a twin without TLS
 */
export function trustLines({ tls, tlsUrl }: Pick<Twin, 'tls' | 'tlsUrl'>): string {
  if (!tls || tlsUrl === undefined) return '';
  const { fingerprint, certificateFile, isMade, bad } = tls;
  const origin = `${isMade ? 'made by the twin' : 'given'}${certificateFile === undefined ? '' : `, in ${certificateFile}`}`;
  const head = [
    `  TLS certificate (${origin})`,
    `  SHA-256 ${fingerprint}`,
    ...(bad === undefined ? [] : [`  ${faults[bad]}`]),
  ];
  const ways = isMade ? waysToTrust(certificateFile, new URL(tlsUrl).host, bad) : [];
  return `${[...head, ...ways].join('\n')}\n\n`;
}

function waysToTrust(file: string | undefined, host: string, bad: keyof typeof faults | undefined): string[] {
  const fetching =
    file === undefined && bad !== 'untrusted'
      ? [
          [
            'Fetch it',
            `openssl s_client -connect ${host} </dev/null | openssl x509 -out ${fetched}   (--data keeps it)`,
          ],
        ]
      : [];
  const named = file ?? fetched;
  const rows = [
    ...fetching,
    ['curl', `curl --cacert ${named} …`],
    ['Python', `SSL_CERT_FILE=${named} python3 …   (requests, zeep: REQUESTS_CA_BUNDLE)`],
    ['PHP', `php -d openssl.cafile=${named} …`],
    [
      'Java',
      `keytool -importcert -noprompt -alias twintrack -file ${named} -keystore twintrack.jks -storepass changeit`,
    ],
    ['', 'java -Djavax.net.ssl.trustStore=twintrack.jks -Djavax.net.ssl.trustStorePassword=changeit …'],
    ['.NET', `certutil -addstore -user Root ${named}   (Windows)`],
    // Mono compares the names of a certificate, and no addresses. (observed with mono 6.8)
    ['', `cert-sync --user ${named}   (Mono; by a name such as localhost, not by an address)`],
    ['', `SSL_CERT_FILE=${named} dotnet …   (Linux)`],
    ['Node', `NODE_EXTRA_CA_CERTS=${named} node …`],
  ];
  return ['  To trust it:', ...rows.map(([name = '', line = '']) => `    ${name.padEnd(9)} ${line}`)];
}
