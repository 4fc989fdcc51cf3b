import type { IContext, IXmlableObject } from 'docx';
import { escapeXml } from '../../text/escapes.ts';

/** What the library makes XML from: anything that it can put into a document. */
interface Component {
  prepForXml(context: IContext): IXmlableObject | undefined;
}

/** Writes a part of a document as XML, as the library would write it within the whole. */
export function xmlOf(component: Component, context: Omit<IContext, 'stack'>): string {
  const prepared = component.prepForXml({ ...context, stack: [] });
  return prepared ? elementText(prepared) : '';
}

/** An element is an object with one member: its name, and its attributes (`_attr`), elements and texts. */
function elementText(element: IXmlableObject): string {
  const [entry] = Object.entries(element);
  if (!entry) return '';
  const [name, content]: [string, unknown] = entry;
  let attributes = '';
  let inner = '';
  for (const part of Array.isArray(content) ? content : [content]) {
    if (typeof part !== 'object' || part === null) inner += escapeXml(String(part ?? ''));
    else if ('_attr' in part) attributes += attributesText(part._attr as object);
    else inner += elementText(part as IXmlableObject);
  }
  return inner === '' ? `<${name}${attributes}/>` : `<${name}${attributes}>${inner}</${name}>`;
}

function attributesText(attributes: object): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`)
    .join('');
}
