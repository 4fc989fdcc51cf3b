import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Generation } from '../../src/wsdl/generations.ts';
import { built, wsdlFileOf } from './build.ts';
import { type Command, programPath } from './run-program.ts';

const types = programPath('gsoap-types.dat');
const compile = (name: string): Command => ['/usr/bin/g++', '-O0', '-w', '-c', `${name}.cpp`];

/** The header that wsdl2h writes for the WSDL: what all else is made from. */
async function wsdlHeader(generation: Generation = 'newest'): Promise<string> {
  const wsdl = await wsdlFileOf(generation);
  return built({
    name: 'gsoap-header',
    sources: [wsdl, types],
    steps: [['/usr/bin/wsdl2h', '-x', '-P', '-t', types, '-o', 'tt.h', wsdl]],
  });
}

const soapcpp2 = (...options: string[]): Command => [
  '/usr/bin/soapcpp2',
  ...['-x', '-L', '-w', '-I/usr/share/gsoap/import'],
  ...options,
];

/**
 * Compiles a client program with the stubs that gSOAP generates.
 *
 * @param name of the C++ file in `programs`, without its ending; it is compiled with `SDK2013` or so defined
 * @returns the path of the executable
 */
export async function generatedClient(name: string, generation: Generation = 'newest'): Promise<string> {
  const header = path.join(await wsdlHeader(generation), 'tt.h');
  const stubs = await built({
    name: 'gsoap-client',
    sources: [header],
    steps: [soapcpp2('-C', header), compile('soapC'), compile('soapClient')],
  });
  const source = programPath(`${name}.cpp`);
  const folder = await built({
    name,
    sources: [source, header],
    steps: [[...link(stubs, source, ['soapC.o', 'soapClient.o'], name), `-DSDK${generation}`]],
  });
  return path.join(folder, name);
}

/**
 * Compiles a server with the dispatcher that gSOAP generates.
 *
 * @param write makes the server functions, in C++, from the header of the WSDL
 * @returns the path of the executable
 */
export async function generatedServer(name: string, write: (header: string) => string): Promise<string> {
  const header = path.join(await wsdlHeader(), 'tt.h');
  const stubs = await built({
    name: 'gsoap-server',
    sources: [header],
    steps: [soapcpp2('-S', '-Ec', header), compile('soapC'), compile('soapServer')],
  });
  const text = write(readFileSync(header, 'utf8'));
  const folder = await built({
    name,
    sources: [header],
    files: { [`${name}.cpp`]: text },
    steps: [link(stubs, `${name}.cpp`, ['soapC.o', 'soapServer.o'], name)],
  });
  return path.join(folder, name);
}

function link(stubs: string, source: string, objects: readonly string[], name: string): Command {
  const paths = objects.map((object) => path.join(stubs, object));
  return ['/usr/bin/g++', '-O0', '-w', `-I${stubs}`, source, ...paths, '-lgsoap++', '-o', name];
}
