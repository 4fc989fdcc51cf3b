import { z } from 'zod';
import { formerNames, type GivenSettings, SettingsError, settingNames } from '../http/settings.ts';
import { badCertificates, type TlsOptions, tlsVersions } from '../http/tls/tls-options.ts';
import { interpreted } from '../input/interpreted.ts';
import { problemsText } from '../input/issues.ts';
import { isPublicUrl } from '../input/public-url.ts';
import type { Log } from '../log/log.ts';

/** How to start a twin. Everything may be left out. */
export interface TwinOptions {
  /** The path of a scenario file, or the scenario itself as data; the demo of the package without it. */
  readonly scenario?: string | object;
  /**
   * A folder that keeps all worlds across ends and crashes: what a client was answered is on the disk. Once it holds a
   * state, that goes on and the scenario is not asked for. In memory only without it.
   */
  readonly data?: string;
  /** Moves the state in the data folder aside (`<data>.old-<time>`) and begins with the scenario again. */
  readonly fresh?: boolean;
  /**
   * Reads the scenario again whenever one of its files changes, as `reload` does; what is wrong is told in the log. Not
   * with a scenario that is data, and not with a data folder.
   */
  readonly watch?: boolean;
  /** The port to listen on; any free one without it. */
  readonly port?: number;
  /** The address to listen on; this machine only without it. */
  readonly host?: string;
  /**
   * Has the twin speak TLS: with a certificate that it makes (`true`), or as the members say. Its port speaks TLS only
   * then, unless `port` names another one beside it. A world with a port of its own has the same.
   */
  readonly tls?: boolean | TlsOptions;
  /** Limits and times, such as `{ maxBody: '20MB' }`. */
  readonly settings?: GivenSettings;
  /** The token that control requests must show; without it only this machine may control the twin. */
  readonly adminToken?: string;
  /** Whether `/__admin/metrics` is shown without the token, and to other machines: for a Prometheus that has none. */
  readonly metricsWithoutToken?: boolean;
  /** Whether a call or control request for a world that is not there makes it, as a fork of the served one. */
  readonly worldsOnDemand?: boolean;
  /**
   * The addresses of the other twins behind the same balancer, such as `http://10.0.0.2:8080`: worlds are moved to and taken
   * from these alone. The list may be the same for all twins, and they have the same admin token.
   */
  readonly peers?: readonly string[];
  /**
   * What the addresses in the WSDL and on the pages begin with, such as `https://twin.example.org`: for a twin behind a
   * proxy that does not say so itself (see X-Forwarded-Host). A world with a port of its own keeps its own address.
   */
  readonly publicUrl?: string;
  /** Further names that the Host header of control requests may hold. */
  readonly allowedHosts?: readonly string[];
  /** Sites whose pages may make calls, such as `https://app.example.com`; those of no other site may. */
  readonly allowedOrigins?: readonly string[];
  /** Proxies that are believed what they say of a client, besides this machine: `10.0.0.5`, `10.0.0.0/8`. */
  readonly trustedProxies?: readonly string[];
  /** Where the twin tells what it does; nowhere without it. */
  readonly log?: Log;
  /** The host's time in milliseconds since the epoch. */
  readonly hostNow?: () => number;
  /** Looks at the whole state after every change and breaks the call that spoilt it: for tests of the twin itself. */
  readonly checkInvariants?: boolean;
}

const isLog = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  ['error', 'warn', 'info', 'debug'].every(
    (name) => name in value && typeof Reflect.get(value, name) === 'function',
  );

/** NaN and Infinity too: `readSettings` says what is wrong with them. */
const setting = z.union([z.string(), z.custom<number>((value) => typeof value === 'number')]).optional();

/** The settings by name; whether their values make sense is for `readSettings` to say. */
const settingsSchema = z.strictObject(
  Object.fromEntries([...settingNames, ...Object.keys(formerNames)].map((name) => [name, setting])),
);

const publicUrlSchema = z.string().refine(isPublicUrl, {
  message:
    'is no address to begin others with; write one as https://twin.example.org or http://ci.example.org/twin',
});

const tlsSchema = z
  .strictObject({
    cert: z.string().min(1).optional(),
    key: z.string().min(1).optional(),
    port: z.int().min(0).max(65_535).optional(),
    min: z.enum(tlsVersions).optional(),
    clientCa: z.string().min(1).optional(),
    bad: z.enum(badCertificates).optional(),
  } satisfies Record<keyof TlsOptions, z.ZodType>)
  .refine(({ cert, key }) => (cert === undefined) === (key === undefined), {
    message:
      'a certificate and its key belong together: give both (--tls-cert, --tls-key), or neither for one that is made',
  })
  .refine(({ cert, bad }) => cert === undefined || bad === undefined, {
    path: ['bad'],
    message: 'is for certificates that are made: leave out the given one (--tls-cert, --tls-key)',
  });

/** One member for each option, so that a new one is not forgotten here. */
const optionsSchema = z
  .strictObject({
    scenario: z
      .union([z.string().min(1), z.custom<object>((value) => typeof value === 'object' && value !== null)])
      .optional(),
    data: z.string().optional(),
    fresh: z.boolean().optional(),
    watch: z.boolean().optional(),
    port: z.int().min(0).max(65_535).optional(),
    host: z.string().optional(),
    tls: z.union([z.boolean(), tlsSchema]).optional(),
    settings: settingsSchema.optional(),
    adminToken: z.string().optional(),
    metricsWithoutToken: z.boolean().optional(),
    worldsOnDemand: z.boolean().optional(),
    peers: z
      .array(
        z
          .string()
          .refine(isPublicUrl, { message: 'is no address of a twin; write it as http://10.0.0.2:8080' }),
      )
      .optional(),
    publicUrl: publicUrlSchema.optional(),
    allowedHosts: z.array(z.string()).optional(),
    allowedOrigins: z.array(z.string()).optional(),
    trustedProxies: z.array(z.string()).optional(),
    log: z.custom(isLog, 'is no log: it needs the functions error, warn, info and debug').optional(),
    hostNow: z
      .custom((value) => typeof value === 'function', 'is no function that gives milliseconds')
      .optional(),
    checkInvariants: z.boolean().optional(),
  } satisfies Record<keyof TwinOptions, z.ZodType>)
  .refine(({ watch, scenario }) => !(watch && typeof scenario === 'object'), {
    path: ['watch'],
    message: 'the scenario is data and no file that could be read again',
  })
  .refine(({ watch, data }) => !(watch && data), {
    path: ['watch'],
    message:
      'what a data folder keeps goes on, so the scenario is not read again; "fresh" begins with it once',
  });

/**
 * Looks whether options are some, as the command line does: types are no help to a test in plain JavaScript, and a
 * misspelt option would be overlooked.
 *
 * @throws SettingsError one line for each wrong option
 */
export function checkOptions(options: unknown): void {
  const checked = optionsSchema.safeParse(options, interpreted);
  if (checked.success) return;
  throw new SettingsError(problemsText(checked.error, optionsSchema, options));
}
