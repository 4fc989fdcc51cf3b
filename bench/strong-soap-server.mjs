// The alternative a user would reach for: strong-soap's server on the same WSDL, giving one prepared object per
// operation. It keeps no state, checks no cookie and writes no array types; it is only as fast as it is.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';

const { soap } = createRequire(import.meta.url)('strong-soap');
const answers = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const wsdl = readFileSync(new URL('../wsdl/ttsoapcgi.wsdl', import.meta.url), 'utf8');
const port = Object.fromEntries(Object.entries(answers).map(([name, answer]) => [name, () => answer]));
const server = createServer((_request, response) => {
  response.writeHead(404);
  response.end();
});
server.listen(0, '127.0.0.1', () => {
  soap.listen(server, '/cgi-bin/ttsoapcgi.exe', { ttsoapcgi: { ttsoapcgi: port } }, wsdl);
  console.log(`http://127.0.0.1:${server.address().port}`);
});
process.on('SIGTERM', () => process.exit(0));
