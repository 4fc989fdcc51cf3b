import { built, wsdlFile } from './build.ts';
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

/** Stubs that Axis generates from the WSDL, compiled together with the program that uses them. */
export async function axisProgram(name: string): Promise<(...args: string[]) => Command> {
  const source = programPath(`${name}.java`);
  const folder = await built({
    name: 'axis',
    sources: [wsdlFile, source],
    steps: [
      ['/usr/bin/java', '-cp', classPath, 'org.apache.axis.wsdl.WSDL2Java', '-o', 'stubs', wsdlFile],
      [
        '/usr/bin/javac',
        '-nowarn',
        '-encoding',
        'UTF-8',
        '-cp',
        classPath,
        '-sourcepath',
        'stubs',
        '-d',
        '.',
        source,
      ],
    ],
  });
  return (...args) => ['/usr/bin/java', '-cp', `${folder}:${classPath}`, name, ...args];
}
