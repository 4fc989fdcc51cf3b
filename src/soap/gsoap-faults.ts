/**
 * The faults gSOAP itself gives for requests it cannot read, one function each.
 *
 * The texts were observed on a server built with gSOAP 2.8.124 (the engine family of the real server),
 * except where a comment says that they are ours. The code is always `Client` unless noted.
 */
import { quoted, SoapFault } from './soap-fault.ts';

/** gSOAP keeps tag names in a buffer of 1,024 bytes and echoes no more than that. */
const LONGEST_ECHO = 1_023;

function client(text: string, hint: string): SoapFault {
  return new SoapFault({ code: 'Client', text, hint });
}

function violation(what: string, element: string | undefined, hint: string): SoapFault {
  const place = element === undefined ? '' : ` in element '${element.slice(0, LONGEST_ECHO)}'`;
  return client(`Validation constraint violation: ${what}${place}`, hint);
}

/** The called element is no operation of the WSDL, or its namespace is another one. Echoes the sent prefix. */
export function methodNotRecognized(sentName: string, hint: string): SoapFault {
  const name = sentName.slice(0, LONGEST_ECHO);
  return client(`Method '${name}' not implemented: method name or namespace not recognized`, hint);
}

/** The request had no body at all (documented in the design page). */
export function noData(): SoapFault {
  return client(
    'Data required for operation',
    'The HTTP request had no body. POST a SOAP envelope with one operation in its Body.',
  );
}

/** The text ended before the XML did. */
export function endOfInput(hint: string): SoapFault {
  return client('End of file or no input: message transfer interrupted', hint);
}

/** A message in several parts that cannot be taken apart. (text of gSOAP 2.8) */
export function mimeError(hint: string): SoapFault {
  return client('MIME format error', hint);
}

/** An element refers to a part that did not come along. (text of gSOAP 2.8) */
export function missingAttachment(element: string, reference: string, there: readonly string[]): SoapFault {
  const known =
    there.length === 0
      ? 'The message has no other part.'
      : `There are: ${there
          .slice(0, 5)
          .map((id) => quoted(id))
          .join(', ')}.`;
  return client(
    'MIME href to missing attachment',
    `The element ${quoted(element)} refers to ${quoted(`cid:${reference}`)}, and no part has that Content-ID. ${known}`,
  );
}

/** The XML is not well-formed. gSOAP overlooks many of these; a double must not. */
export function syntaxError(element: string | undefined, hint: string): SoapFault {
  return violation('syntax error', element, hint);
}

/** Our text: gSOAP skips a document type declaration; refusing it is safer and no real client sends one. */
export function doctypeRefused(): SoapFault {
  return violation(
    'document type declaration not allowed',
    undefined,
    'The request has a <!DOCTYPE …> declaration. SOAP forbids it (SOAP 1.1, section 3): remove it, and write entities as characters.',
  );
}

/** The Envelope holds no element where the Body should be. */
export function elementExpected(hint: string): SoapFault {
  return violation('element tag expected', undefined, hint);
}

/** An element stands where another one should. */
export function tagMismatch(element: string, hint: string): SoapFault {
  return violation('tag name or namespace mismatch', element, hint);
}

/** The root is an Envelope of another namespace (SOAP 1.1, section 4.1.2; text from the gSOAP library). */
export function versionMismatch(hint: string): SoapFault {
  return new SoapFault({
    code: 'VersionMismatch',
    text: 'Invalid SOAP message or SOAP version mismatch',
    hint,
  });
}

/** A Header entry with mustUnderstand="1": the server understands none. */
export function mustUnderstand(element: string): SoapFault {
  return new SoapFault({
    code: 'MustUnderstand',
    text: `The data in element '${element.slice(0, LONGEST_ECHO)}' must be understood but cannot be processed`,
    hint: `The Header entry ${quoted(element)} is marked mustUnderstand="1", but the TestTrack server knows no header entries. Remove it or its mark.`,
  });
}

/** A value that is not written as its declared type wants it. */
export function invalidValue(element: string, hint: string): SoapFault {
  return violation('invalid value', element, hint);
}

/** An element of a number, boolean, date or binary type without content. */
export function emptyValue(element: string, hint: string): SoapFault {
  return violation('empty value provided where a value is required', element, hint);
}

/** `href="#x"` without any element of that id. gSOAP finds out at the end, so it names the Envelope. */
export function missingId(reference: string, envelope: string, hint: string): SoapFault {
  return violation(`missing id for ref ${reference.slice(0, LONGEST_ECHO)}`, envelope, hint);
}

/** Two elements carry the id that a reference names. */
export function duplicateId(reference: string, element: string, hint: string): SoapFault {
  const id = reference.slice(0, LONGEST_ECHO);
  return violation(`multiple elements (use the SOAP_XML_TREE flag) with duplicate id #${id}`, element, hint);
}

/** Our text: an element that contains a reference to itself. gSOAP would build a graph; no TestTrack type can hold one. */
export function cyclicReference(reference: string, element: string): SoapFault {
  return violation(
    `cyclic ref ${reference.slice(0, LONGEST_ECHO)}`,
    element,
    `Element ${quoted(element)} refers to ${quoted(`#${reference}`)}, which in turn contains that reference again. Send the values as a plain tree.`,
  );
}

/** Nesting beyond the limit (text from the gSOAP library). */
export function nestingTooDeep(limit: number): SoapFault {
  return client(
    'Maximum XML nesting depth level exceeded: increase maxlevel',
    `The request nests elements more than ${limit} levels deep (setting soapDepth). No TestTrack type needs that many.`,
  );
}

/** A count beyond one of our limits (text from the gSOAP library, used there for long messages). */
export function tooLarge(hint: string): SoapFault {
  return client('max message length exceeded', hint);
}

/** Bytes that are not text in the encoding they claim (text from the gSOAP library). */
export function encodingError(hint: string): SoapFault {
  return client('UTF content encoding error', hint);
}
