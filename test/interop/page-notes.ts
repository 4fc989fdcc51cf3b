import { readFileSync } from 'node:fs';

/** Stacks that nobody need try, and why. */
const hopeless = `- **svcutil of .NET Core (dotnet-svcutil), CoreWCF**: leave out operations with \`use="encoded"\`, or refuse them when the channel is
  made (dotnet/wcf #1524 and #2264, CoreWCF #397). All operations of this WSDL are RPC/encoded. \`wsdl\` of .NET Framework or Mono
  works, see above.
- **SOAP::WSDL (Perl)**: knows document/literal only, and says so in its FAQ. SOAP::Lite works.
- **wsimport and other JAX-WS tools (Java)**: refuse RPC/encoded contracts (javaee/metro-jax-ws #930). Axis 1.4 works.
- **KDSoap (Qt)**: not tried here; users of the product report that it does not work. Its generator gives methods one result
  (KDAB/KDSoap #112), and a list one class, where \`customFieldList\` mixes ten.
- **Savon (Ruby)**: no package of Debian 12. Its halves gyoku and nori are, and work: see above.`;

const timeSpans = `Stubs that were made from the WSDL of 2013 do not know the class \`CTimespanField\`, and cannot save a record that has such
a field: gSOAP's read it as a field without a class and send that back, .NET's fail when they read it. Give such clients a
twin with \`testtrack.server.sdk: "2013"\`, or make the stubs anew.`;

/** The sections behind the table that no run finds out. */
export function standingSections(): string {
  return `## Stacks that cannot work

${hopeless}

## Time spans and stubs of 2013

${timeSpans}

## Where answers differ from gSOAP's

The real server is a gSOAP program. A server that gSOAP makes from the same WSDL is asked the same questions in the suite; what
differs on purpose is this, and nothing else. \`docs/decisions/0007-where-we-differ-from-gsoap.md\` tells what that server does.

${deviations()}`;
}

/** Title and reason of each difference, as the decision page has them. */
function deviations(): string {
  const page = new URL('../../docs/decisions/0007-where-we-differ-from-gsoap.md', import.meta.url);
  const rows = readFileSync(page, 'utf8').matchAll(/^\| \*\*(.+?)\*\* \| .+? \| (.+?) \| (.+?) \|$/gm);
  // The page links to its neighbours.
  const here = (text = '') => text.replace(/\]\((?=\d{4}-)/g, '](decisions/');
  return [...rows]
    .map(([, title, ours, why]) => `- **${title}**: we ${ours}, because ${here(why)}.`)
    .join('\n');
}
