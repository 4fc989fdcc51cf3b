import { invariant } from '../world/invariant.ts';
import { type Generation, type GenerationDifference, stepsBackTo } from './generations.ts';

/**
 * The WSDL of a generation, made from the newest one by the differences that are known.
 *
 * @param newest the text of the WSDL in this package: what is taken out and changed is found by how that is written
 * @returns the whole text, with the address that the newest has
 */
export function wsdlTextOf(newest: string, generation: Generation): string {
  return stepsBackTo(generation).reduce(olderText, newest);
}

function olderText(text: string, step: GenerationDifference): string {
  let older = text;
  const change = (declaration: Declaration, how: (found: string) => string) => {
    older = changed(older, declaration, how);
  };
  const remove = (declaration: Declaration) => change(declaration, () => '');
  for (const name of step.operations) {
    remove(['message', name]);
    remove(['message', `${name}Response`]);
    remove(['operation', name]); // of the port
    remove(['operation', name]); // of the binding
  }
  for (const name of step.types) remove(['complexType', name]);
  for (const member of step.members) change(...lineOf('complexType', member, () => ''));
  for (const part of step.parts) change(...lineOf('message', part, () => ''));
  for (const member of step.nillable) {
    change(...lineOf('complexType', member, (line) => line.replace('/>', ' nillable="true"/>')));
  }
  for (const member of step.misdeclared) {
    change(...lineOf('complexType', member, (line) => line.replace('"xsd:date"', '"xsd:dateTime"')));
  }
  // An array is written like that of events.
  for (const item of step.arraysOf) {
    change(['complexType', 'ArrayOfCEvent'], (array) => array + array.replaceAll('CEvent', item));
  }
  return step.isStrict ? older.replaceAll(' minOccurs="1" nillable="true"', ' minOccurs="1"') : older;
}

/** A declaration that takes several lines: its element, and its name. */
type Declaration = readonly [element: string, name: string];

/** A change of the one line of a member or part, which is written `Owner.name`. */
function lineOf(
  element: string,
  path: string,
  change: (line: string) => string,
): [Declaration, (found: string) => string] {
  const [owner = '', name = ''] = path.split('.');
  const inOwner = (declared: string) =>
    declared
      .split('\n')
      .map((line) => (line.includes(` name="${name}" `) ? change(line) : line))
      .filter((line, at, lines) => line !== '' || at === lines.length - 1)
      .join('\n');
  return [[element, owner], inOwner];
}

function changed(text: string, [element, name]: Declaration, change: (found: string) => string): string {
  const begin = text.indexOf(`<${element} name="${name}">`);
  const last = `</${element}>\n`;
  const end = text.indexOf(last, begin) + last.length;
  invariant(begin >= 0 && end > begin, `the WSDL declares the ${element} ${name}`);
  const start = text.lastIndexOf('\n', begin) + 1;
  const found = text.slice(start, end);
  const after = change(found);
  invariant(after !== found, `a generation differs from the next in the ${element} ${name}`);
  return text.slice(0, start) + after + text.slice(end);
}
