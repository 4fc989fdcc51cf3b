import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { startTwin, type Twin, type TwinOptions } from '../../src/index.ts';
import { KeptLog } from './edge.ts';

/** An address that is there before the twin behind it, and stays when that one ends. */
export class TwinAddress {
  /** Where the twin answers; connections are refused while there is none. */
  port: number | undefined;
  private readonly open = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async listen(): Promise<TwinAddress> {
    const server = createServer({ allowHalfOpen: true });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = new TwinAddress(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on('connection', (socket) => address.pass(socket));
    return address;
  }

  /** Cuts every connection. */
  cut(): void {
    for (const socket of this.open) socket.destroy();
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private pass(client: Socket): void {
    if (this.port === undefined) return void client.destroy();
    const twin = connect({ port: this.port, host: '127.0.0.1', allowHalfOpen: true });
    for (const [socket, other] of [
      [client, twin],
      [twin, client],
    ] as const) {
      this.open.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        this.open.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  }
}

/** Twins that know one another, in one process. */
export class SeveralTwins {
  readonly twins: Twin[] = [];
  readonly logs: KeptLog[] = [];
  private addresses: TwinAddress[] = [];

  /** The address of a twin, by which the others know it. */
  url(at: number): string {
    return this.address(at).url;
  }

  address(at: number): TwinAddress {
    const found = this.addresses[at];
    if (!found) throw new Error(`there is no twin ${at}`);
    return found;
  }

  twin(at: number): Twin {
    const found = this.twins[at];
    if (!found) throw new Error(`there is no twin ${at}`);
    return found;
  }

  /** Starts so many twins, each with options of its own. */
  static async start(options: readonly TwinOptions[]): Promise<SeveralTwins> {
    const several = new SeveralTwins();
    several.addresses = await Promise.all(options.map(() => TwinAddress.listen()));
    await Promise.all(options.map((each, at) => several.restart(at, each)));
    return several;
  }

  /** Starts a twin at its address, once the one that was there has ended. */
  async restart(at: number, options: TwinOptions): Promise<Twin> {
    const log = new KeptLog();
    this.logs[at] = log;
    const peers = this.addresses.map(({ url }) => url);
    const twin = await startTwin({ checkInvariants: true, peers, log, ...options });
    this.twins[at] = twin;
    this.address(at).port = twin.port;
    return twin;
  }

  /** Ends a twin; its address refuses connections from then on. */
  async end(at: number): Promise<void> {
    this.address(at).port = undefined;
    await this.twin(at).close();
  }

  async close(): Promise<void> {
    await Promise.all(this.twins.map((twin) => twin.close()));
    await Promise.all(this.addresses.map((address) => address.close()));
  }

  /** Asks for a control route of a twin. */
  async admin(
    at: number,
    request: string,
    body?: object,
  ): Promise<{ status: number; json: Record<string, unknown> }> {
    const [method = 'GET', path = ''] = request.split(' ');
    const answer = await fetch(`${this.twin(at).url}/__admin${path}`, {
      method,
      ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
    });
    return { status: answer.status, json: (await answer.json()) as Record<string, unknown> };
  }

  /** Moves a world. */
  move(world: string, from: number, to: number): Promise<{ status: number; json: Record<string, unknown> }> {
    return this.admin(from, 'POST /moves', { world, to: this.url(to), from: this.url(from) });
  }
}
