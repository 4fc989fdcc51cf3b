import type { Generation } from '../../src/wsdl/generations.ts';
import { built, wsdlFileOf } from './build.ts';
import { type Command, programPath } from './run-program.ts';

/**
 * The proxy that Mono's `wsdl` makes for ASP.NET web services, compiled together with the program that uses it.
 *
 * @param name of the C# file in `programs`, without its ending; it is compiled with `SDK2013` or so defined
 */
export async function dotNetProgram(
  name: string,
  generation: Generation,
): Promise<(...args: string[]) => Command> {
  const wsdl = await wsdlFileOf(generation);
  const source = programPath(`${name}.cs`);
  const folder = await built({
    name: 'dotnet',
    sources: [wsdl, source],
    steps: [
      ['/usr/bin/wsdl', '/language:CS', '/namespace:TestTrack', '/out:Proxy.cs', wsdl],
      [
        '/usr/bin/mcs',
        ...['-warn:0', `-define:SDK${generation}`, '-r:System.Web.Services', `-out:${name}.exe`],
        ...['Proxy.cs', source],
      ],
    ],
  });
  return (...args) => ['/usr/bin/mono', `${folder}/${name}.exe`, ...args];
}
