import { escapeText } from '../text/xml-text.ts';
import type { SoapFaultCode, SoapVersion } from './soap-fault.ts';

const NAMESPACES: Readonly<Record<SoapVersion, { envelope: string; encoding: string }>> = {
  '1.1': {
    envelope: 'http://schemas.xmlsoap.org/soap/envelope/',
    encoding: 'http://schemas.xmlsoap.org/soap/encoding/',
  },
  '1.2': {
    envelope: 'http://www.w3.org/2003/05/soap-envelope',
    encoding: 'http://www.w3.org/2003/05/soap-encoding',
  },
};

const CODES_12: Readonly<Record<SoapFaultCode, string>> = {
  Client: 'Sender',
  Server: 'Receiver',
  MustUnderstand: 'MustUnderstand',
  VersionMismatch: 'VersionMismatch',
};

const END = '</SOAP-ENV:Body></SOAP-ENV:Envelope>';

/** What stands before and after the result of an operation, joined once per operation. */
export interface AnswerFrame {
  readonly start: string;
  readonly end: string;
}

/**
 * The envelope around an answer. In SOAP 1.1 `<ttns:XResponse>` has no attributes, because real clients match
 * that very text (observed); in SOAP 1.2 it carries the encoding style as gSOAP writes it (observed).
 */
export function answerFrame(operation: string, namespace: string, version: SoapVersion): AnswerFrame {
  const style = `SOAP-ENV:encodingStyle="${NAMESPACES[version].encoding}"`;
  const wrapper = `ttns:${operation}Response`;
  const start =
    version === '1.1' ? `<SOAP-ENV:Body ${style}><${wrapper}>` : `<SOAP-ENV:Body><${wrapper} ${style}>`;
  return { start: envelopeStart(namespace, version) + start, end: `</${wrapper}>${END}` };
}

/** A fault to write: gSOAP's own, or one of the product's with its error number in `detail`. */
export interface WrittenFault {
  readonly code: SoapFaultCode;
  readonly text: string;
  readonly detail?: string | undefined;
}

/** A whole fault envelope. `detail` holds the error number as bare text (observed: clients read it so). */
export function faultEnvelope(fault: WrittenFault, namespace: string, version: SoapVersion): string {
  const body = version === '1.1' ? fault11(fault) : fault12(fault);
  return `${envelopeStart(namespace, version)}<SOAP-ENV:Body><SOAP-ENV:Fault>${body}</SOAP-ENV:Fault>${END}`;
}

function fault11({ code, text, detail }: WrittenFault): string {
  const details = detail === undefined ? '' : `<detail>${escapeText(detail)}</detail>`;
  return `<faultcode>SOAP-ENV:${code}</faultcode><faultstring>${escapeText(text)}</faultstring>${details}`;
}

function fault12({ code, text, detail }: WrittenFault): string {
  const value = `<SOAP-ENV:Code><SOAP-ENV:Value>SOAP-ENV:${CODES_12[code]}</SOAP-ENV:Value></SOAP-ENV:Code>`;
  const reason = `<SOAP-ENV:Reason><SOAP-ENV:Text xml:lang="en">${escapeText(text)}</SOAP-ENV:Text></SOAP-ENV:Reason>`;
  const details = detail === undefined ? '' : `<SOAP-ENV:Detail>${escapeText(detail)}</SOAP-ENV:Detail>`;
  return value + reason + details;
}

function envelopeStart(namespace: string, version: SoapVersion): string {
  const { envelope, encoding } = NAMESPACES[version];
  return (
    '<?xml version="1.0" encoding="UTF-8"?>' +
    `<SOAP-ENV:Envelope xmlns:SOAP-ENV="${envelope}" xmlns:SOAP-ENC="${encoding}"` +
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema"' +
    ` xmlns:ttns="${namespace}">`
  );
}
