import { readFileSync } from 'node:fs';
import path from 'node:path';
import { withUsualPath } from '../client/usual-path.ts';
import { readWsdl, WsdlError, type WsdlModel } from '../soap/wsdl-model.ts';
import { sharedModel } from '../wsdl/shared-model.ts';
import { failureReason } from './net/failure.ts';
import { type ExchangeLimits, exchange } from './net/http-exchange.ts';
import { resolvedTarget, type Target, type TlsTrust } from './net/target.ts';
import { RealServerError } from './real-error.ts';
import { SoapCaller } from './wire/soap-caller.ts';
import { soapMessages } from './wire/soap-messages.ts';

/** How a server is reached. */
export interface ConnectionChoice {
  readonly url: string;
  readonly option: string;
  readonly trust: TlsTrust;
  readonly timeoutMs: number;
}

/** Whole projects come in one answer; more than this is none of these servers. */
const MOST_BYTES = 512 * 1024 * 1024;

/** How long and how large an answer may be. */
export const limitsOf = (timeoutMs: number): ExchangeLimits => ({ timeoutMs, maxBytes: MOST_BYTES });

/** The CGI of a TestTrack server, and rpc.mpl, where only the server is named. */
export const usualPaths = { soap: '/cgi-bin/ttsoapcgi.exe', rpc: '/run/rpc.mpl' } as const;

/** A server by its whole address. @throws RealServerError */
export async function targetOf(choice: ConnectionChoice, usual: string): Promise<Target> {
  const { url, option, trust } = choice;
  const whole = URL.canParse(url) ? withUsualPath(new URL(url), usual) : url;
  return resolvedTarget(whole, { option, trust });
}

/**
 * Makes ready to call a TestTrack server by its own contract: the WSDL that stands beside the CGI, or the one that is
 * given. Where there is none, the WSDL of this package, which one release has and others nearly.
 *
 * @param wsdlFile a file with the contract, where the server does not serve it
 * @throws RealServerError
 */
export async function soapCallerFor(
  choice: ConnectionChoice,
  { wsdlFile, tell }: { readonly wsdlFile?: string | undefined; readonly tell: (sentence: string) => void },
): Promise<SoapCaller> {
  const target = await targetOf(choice, usualPaths.soap);
  const limits = limitsOf(choice.timeoutMs);
  const model = wsdlFile === undefined ? await servedModel(target, limits, tell) : modelIn(wsdlFile);
  return new SoapCaller(target, soapMessages(model), limits);
}

/** Where a server serves its WSDL: beside the CGI's folder (documented), within a world of a twin too. */
function wsdlPathOf({ url }: Target): string {
  return `${/^\/w\/[^/]+/.exec(url.pathname)?.[0] ?? ''}/ttsoapcgi.wsdl`;
}

async function servedModel(
  target: Target,
  limits: ExchangeLimits,
  tell: (sentence: string) => void,
): Promise<WsdlModel> {
  const sending = { method: 'GET', path: wsdlPathOf(target), headers: {} };
  try {
    const { status, body } = await exchange(target, sending, limits);
    if (status === 200) return readWsdl(body.toString('utf8'));
    tell(`The server serves no WSDL at ${sending.path} (HTTP ${status}); the one of this package is used.`);
  } catch (error) {
    if (!(error instanceof WsdlError)) {
      throw new RealServerError(
        'TWIN_REAL_NO_ANSWER',
        `${target.url.origin} gives no answer: ${failureReason(error)}.`,
        { cause: error },
      );
    }
    tell(`What the server has at ${sending.path} is no WSDL; the one of this package is used.`);
  }
  return sharedModel();
}

function modelIn(file: string): WsdlModel {
  try {
    return readWsdl(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new RealServerError(
      'TWIN_REAL_FILE',
      `${path.basename(file)}: no WSDL can be read there (${(cause as Error).message}).`,
      { cause },
    );
  }
}
