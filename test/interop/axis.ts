import type { Generation } from '../../src/wsdl/generations.ts';
import { built, wsdlFileOf } from './build.ts';
import { type Command, programPath } from './run-program.ts';

const jars = [
  'axis',
  'jaxrpc',
  'saaj',
  'commons-logging',
  'commons-discovery',
  'wsdl4j',
  'javax.mail',
  'javax.activation',
];
const classPath = jars.map((jar) => `/usr/share/java/${jar}.jar`).join(':');

/**
 * Stubs that Axis generates from the WSDL, compiled together with the program that uses them.
 *
 * @param name of the Java file in `programs`, without its ending; what it finds in `programs/axis-2013` or so is for the
 * stubs of that generation
 */
export async function axisProgram(
  name: string,
  generation: Generation = 'newest',
): Promise<(...args: string[]) => Command> {
  const wsdl = await wsdlFileOf(generation);
  const members = programPath(`axis-${generation}`);
  const source = programPath(`${name}.java`);
  const folder = await built({
    name: 'axis',
    sources: [wsdl, source, `${members}/Members.java`],
    steps: [
      ['/usr/bin/java', '-cp', classPath, 'org.apache.axis.wsdl.WSDL2Java', '-o', 'stubs', wsdl],
      [
        '/usr/bin/javac',
        '-nowarn',
        '-encoding',
        'UTF-8',
        '-cp',
        classPath,
        '-sourcepath',
        `stubs:${members}`,
        '-d',
        '.',
        source,
      ],
    ],
  });
  return (...args) => ['/usr/bin/java', '-cp', `${folder}:${classPath}`, name, ...args];
}
