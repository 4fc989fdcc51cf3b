// Bare node:http: takes the request whole and answers fixed bytes. The yardstick of every ratio.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const bytes = process.argv[2] ? readFileSync(process.argv[2]) : Buffer.from('ok');
const server = createServer((request, response) => {
  request.on('data', () => {});
  request.on('end', () => {
    response.writeHead(200, { 'Content-Type': 'text/xml; charset=utf-8', 'Content-Length': bytes.length });
    response.end(bytes);
  });
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
process.on('SIGTERM', () => process.exit(0));
