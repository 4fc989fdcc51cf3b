import { escapeAsEntities } from '../text/escapes.ts';
import type { XmlNode } from './xml-node.ts';

/**
 * The content of an element as one string, markup inside it included: what gSOAP puts into a string whose
 * sender forgot to escape `<b>…</b>` (observed with 2.8.124). Comments are gone and CDATA is plain text.
 */
export function mixedContent(node: XmlNode): string {
  let content = '';
  let position = 0;
  for (const child of node.children) {
    content += node.text.slice(position, child.offset) + markup(child);
    position = child.offset;
  }
  return content + node.text.slice(position);
}

function markup(node: XmlNode): string {
  let start = `<${node.name}`;
  for (const name in node.attributes) start += ` ${name}="${escapeAttribute(node.attributes[name] ?? '')}"`;
  const content = mixedContent(node);
  return content === '' ? `${start}/>` : `${start}>${content}</${node.name}>`;
}

function escapeAttribute(value: string): string {
  return escapeAsEntities(value, /[&<"]/g);
}
