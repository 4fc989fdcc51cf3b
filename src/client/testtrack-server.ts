import { ArgumentError } from '../input/argument-error.ts';
import type {
  CProject,
  OperationName,
  OperationTypes,
} from '../testtrack/model/operation-types.generated.ts';
import { MINUTE_MS } from '../world/instant.ts';
import { type ClientWsdl, clientWsdlOf, packagedWsdl } from './client-wsdl.ts';
import type { OpenOperationName, OpenOperations } from './operation-methods.ts';
import { type ConnectionSettings, SoapConnection } from './soap-connection.ts';
import { TestTrackApiError, TestTrackConnectionError, TestTrackLogonError } from './testtrack-errors.ts';
import { withUsualPath } from './usual-path.ts';

/** Where a TestTrack server is. */
export interface ConnectOptions {
  /** The CGI, as `http://host/cgi-bin/ttsoapcgi.exe`; of a bare host that path is taken. */
  readonly url: string;
  /** How long one answer may take; a minute without it. */
  readonly timeoutMs?: number;
  /** Sent with every call, such as a world of a twin. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Read the WSDL from there; the one of this package without it. */
  readonly wsdlUrl?: string;
}

/** Who logs on, and to what. */
export interface Credentials {
  readonly project: string;
  readonly username: string;
  readonly password?: string;
  /** The areas to open, such as `TestTrack Pro`; everything that the project offers without it. */
  readonly options?: readonly string[];
  /** 0 unless several servers are registered with the CGI. */
  readonly serverNumber?: number;
}

const usualPath = '/cgi-bin/ttsoapcgi.exe';

const openOperations = [
  'getDatabaseList',
  'getProjectList',
  'getProjectDataOptionList',
  'DatabaseLogon',
  'ProjectLogon',
] as const satisfies readonly OpenOperationName[];

/** A base class with the operations of the WSDL as methods, which the type names one by one. */
const OpenMethods = class {} as new () => OpenOperations;

/** A TestTrack server without a login. */
export class TestTrackServer extends OpenMethods {
  readonly #connection: SoapConnection;

  constructor(connection: SoapConnection) {
    super();
    this.#connection = connection;
  }

  /** Where the server is, and how long to wait for it. */
  get settings(): ConnectionSettings {
    return this.#connection.settings;
  }

  /** The WSDL that requests are written by and answers are read by. */
  get wsdl(): ClientWsdl {
    return this.#connection.wsdl;
  }

  /** Calls an operation with whatever parts are given, a cookie too. The methods are the comfortable way. */
  call<N extends OperationName>(
    name: N,
    parts: Partial<OperationTypes[N]['input']> = {},
  ): Promise<OperationTypes[N]['output']> {
    return this.#connection.call(name, parts);
  }

  /**
   * Opens a session.
   *
   * @returns its cookie
   * @throws TestTrackLogonError when the server refuses, TestTrackConnectionError when it is not there
   */
  async openSession({
    username,
    password = '',
    ...rest
  }: Credentials): Promise<OperationTypes['ProjectLogon']['output']> {
    try {
      const pProj = await this.#projectOf({ username, password, ...rest });
      return await this.ProjectLogon({ pProj, username, password });
    } catch (error) {
      if (!(error instanceof TestTrackApiError)) throw error;
      const { operation, code, text, detail, hint } = error;
      throw new TestTrackLogonError({ operation, code, text, detail, hint });
    }
  }

  /** Without chosen areas the object that the project list has is handed over as it is, as clients do (observed). */
  async #projectOf(credentials: Credentials): Promise<CProject> {
    const { project, username, password = '', options, serverNumber = 0 } = credentials;
    const bare = { database: { name: project }, servernumber: serverNumber };
    if (options) return { ...bare, options: options.map((name) => ({ name })) };
    const projects = await this.getProjectList({ username, password });
    // One that is not listed is left to the server to refuse, in its own words.
    return (
      projects.find((each) => each.database?.name === project && (each.servernumber ?? 0) === serverNumber) ??
      bare
    );
  }
}

for (const name of openOperations) {
  Object.defineProperty(TestTrackServer.prototype, name, {
    value(this: TestTrackServer, parts: OperationTypes[typeof name]['input']) {
      return this.call(name, parts);
    },
  });
}

/**
 * Makes ready to call a server. Nothing is sent yet, unless its own WSDL is asked for.
 *
 * @throws ArgumentError for a URL that is none, TestTrackConnectionError when `wsdlUrl` gives no WSDL
 */
export async function connectTestTrack(options: ConnectOptions): Promise<TestTrackServer> {
  const endpoint = endpointOf(options.url);
  const { timeoutMs = MINUTE_MS, headers = {}, wsdlUrl } = options;
  const wsdl = wsdlUrl === undefined ? packagedWsdl() : await servedWsdl(wsdlUrl, { timeoutMs, headers });
  return new TestTrackServer(new SoapConnection(wsdl, { endpoint, timeoutMs, headers }));
}

/** The address of the CGI of a URL, which may name the server alone or a world of a twin (`http://host/w/name`). */
function endpointOf(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || !/^https?:$/.test(parsed.protocol)) {
    throw new ArgumentError(`"${url}" is no URL of a server. Write it as http://host/cgi-bin/ttsoapcgi.exe.`);
  }
  return withUsualPath(parsed, usualPath);
}

async function servedWsdl(
  url: string,
  { timeoutMs, headers }: Pick<ConnectionSettings, 'timeoutMs' | 'headers'>,
): Promise<ClientWsdl> {
  try {
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(timeoutMs) });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return clientWsdlOf(await response.text());
  } catch (cause) {
    throw new TestTrackConnectionError(`No WSDL could be read from ${url}: ${(cause as Error).message}`, {
      url,
      cause,
    });
  }
}
