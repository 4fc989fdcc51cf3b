// Bare node:http: takes the request whole and answers fixed bytes. The yardstick of every ratio. With a PEM file that holds a
// key and its certificate it is bare node:https.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';

const [bytesFile, pemFile] = process.argv.slice(2);
const bytes = bytesFile ? readFileSync(bytesFile) : Buffer.from('ok');
const answer = (request, response) => {
  request.on('data', () => {});
  request.on('end', () => {
    response.writeHead(200, { 'Content-Type': 'text/xml; charset=utf-8', 'Content-Length': bytes.length });
    response.end(bytes);
  });
};
const pem = pemFile && readFileSync(pemFile);
const server = pem ? createSecureServer({ cert: pem, key: pem }, answer) : createServer(answer);
server.listen(0, '127.0.0.1', () =>
  console.log(`http${pem ? 's' : ''}://127.0.0.1:${server.address().port}`),
);
process.on('SIGTERM', () => process.exit(0));
