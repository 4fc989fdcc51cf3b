import { OPERATION_LIST, TYPE_LIST, WITHOUT_SOAP_ACTION } from './interface.ts';

/** A WSDL as lines of text, one per fact, so that a difference reads as the line that differs. */
export interface InterfaceLines {
  /** `getDefect "soapAction" (cookie: xsd:long, ...) -> pDefect: ttns:CDefect` */
  readonly operations: readonly string[];
  /** `CDefect < CItemToTrack`, then `CDefect 1 defectnumber: xsd:long optional` and so on. */
  readonly types: readonly string[];
  /** `ArrayOfCField of ttns:CField` */
  readonly arrays: readonly string[];
}

/** The lines that the restated interface stands for, sorted by type and operation. */
export function statedLines(): InterfaceLines {
  const written = `${OPERATION_LIST}${TYPE_LIST}`;
  const items = new Set([...written.matchAll(/: (\w+)\[\]/g)].map(([, item = '']) => item));
  return {
    operations: lines(OPERATION_LIST).map(operationLine).sort(),
    types: typeBlocks().sort().flat(),
    arrays: [...items].map((item) => `ArrayOf${item} of ${qualified(item)}`).sort(),
  };
}

function operationLine(line: string): string {
  const name = line.slice(0, line.indexOf('('));
  const action = WITHOUT_SOAP_ACTION.includes(name) ? '' : `urn:testtrack-interface#${name}`;
  const signature = line
    .slice(name.length)
    .replace(/: ([\w[\]]+)/g, (_, type: string) => `: ${qualified(type)}`);
  return `${name} "${action}" ${signature}`;
}

/** One array of lines for each type: its head, then its members with their places. */
function typeBlocks(): string[][] {
  const blocks: string[][] = [];
  for (const line of lines(TYPE_LIST)) {
    const block = blocks.at(-1);
    if (!line.startsWith(' ') || block === undefined) blocks.push([line]);
    else block.push(...line.split(',').filter((member) => member.trim() !== ''));
  }
  return blocks.map(([head = '', ...members]) => {
    const name = head.split(' ')[0] ?? '';
    return [head, ...members.map((member, index) => `${name} ${index + 1} ${memberLine(member.trim())}`)];
  });
}

function memberLine(member: string): string {
  const [, name = '', type = '', optional, nillable] = /^([\w-]+): ([\w[\]]+)(\?)?(~)?$/.exec(member) ?? [];
  if (name === '') throw new Error(`not a member: ${member}`);
  return `${name}: ${qualified(type)}${optional ? ' optional' : ''}${nillable ? ' nillable' : ''}`;
}

function qualified(type: string): string {
  if (type.endsWith('[]')) return `ttns:ArrayOf${type.slice(0, -2)}`;
  return /^[a-z]/.test(type) ? `xsd:${type}` : `ttns:${type}`;
}

function lines(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}
