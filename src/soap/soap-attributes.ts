import { tooLarge } from './gsoap-faults.ts';
import type { SoapLimits } from './limits.ts';
import { quoted } from './soap-fault.ts';
import type { XmlNode } from './xml-node.ts';

/** Finds the attributes that SOAP encoding gives a meaning, whatever their prefix. */
export function pickSoapAttributes(node: XmlNode, limits: SoapLimits): void {
  for (const name in node.attributes) {
    refuseLongName(name, limits.nameLength);
    const value = node.attributes[name] ?? '';
    if (name === 'href') {
      if (value.startsWith('#')) node.reference = value.slice(1);
    } else if (name === 'id') node.id = value;
    else pickPrefixed(node, name, value);
  }
}

function pickPrefixed(node: XmlNode, name: string, value: string): void {
  const colon = name.indexOf(':');
  if (colon < 0) return;
  switch (name.slice(colon + 1)) {
    case 'type':
      if (!name.startsWith('xmlns')) node.typeName = value.slice(value.lastIndexOf(':') + 1).trim();
      break;
    case 'nil':
    case 'null': // the 1999 schema instance namespace, still sent by old SOAP::Lite
      node.isNil = value.trim() === 'true' || value.trim() === '1';
      break;
    case 'id': // SOAP 1.2 encoding
      node.id ??= name.startsWith('xml') ? undefined : value;
      break;
    case 'ref': // SOAP 1.2 encoding
      if (!name.startsWith('xmlns')) node.reference = value.startsWith('#') ? value.slice(1) : value;
      break;
  }
}

/** @throws SoapFault for a name of an element or attribute that is longer than the limit */
export function refuseLongName(name: string, longest: number): void {
  if (name.length > longest) {
    throw tooLarge(`The name ${quoted(name)} is longer than ${longest} characters.`);
  }
}
