import { connect, createServer } from 'node:net';

/** Passes bytes both ways and looks at none: what nothing that stands between can beat. Usage: PORT of the server */
const port = Number(process.argv[2]);
const server = createServer({ noDelay: true }, (client) => {
  const there = connect({ port, host: '127.0.0.1', noDelay: true });
  client.pipe(there).pipe(client);
  const close = () => {
    client.destroy();
    there.destroy();
  };
  for (const end of [client, there]) end.on('error', close);
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
