import {
  type CDefect,
  type Credentials,
  type Long,
  TestTrackApiError,
  TestTrackClient,
  type TestTrackServer,
} from '../client/index.ts';
import { SkippedError } from './check.ts';
import type { Cleanup } from './cleanup.ts';
import type { ClockControl } from './clock-control.ts';

/** The project of a server that is looked at. */
export interface TestTrackTarget {
  readonly server: TestTrackServer;
  readonly credentials: Credentials;
  /** Another user who may edit defects. */
  readonly secondUser?: { readonly username: string; readonly password: string };
  /** Begins the name of everything that is made, so that a person knows it. */
  readonly label: string;
  readonly clock?: ClockControl;
}

/** What came back for an envelope that was sent as it stands. */
export interface RawAnswer {
  readonly status: number;
  readonly body: string;
}

/** The two calls around something that a check makes. */
export interface AddedItem {
  readonly add: () => Promise<Long>;
  readonly remove: (recordID: Long) => Promise<unknown>;
}

/** What a check of TestTrack works with. What it makes is taken away after it. */
export class TestTrackBench {
  readonly target: TestTrackTarget;
  /** The session that reads and writes. */
  readonly tt: TestTrackClient;
  readonly #cleanup: Cleanup;
  #made = 0;

  constructor(target: TestTrackTarget, session: TestTrackClient, cleanup: Cleanup) {
    this.target = target;
    this.tt = session;
    this.#cleanup = cleanup;
  }

  get server(): TestTrackServer {
    return this.target.server;
  }

  /** The clock; checks that need one are passed over without it. */
  get clock(): ClockControl {
    const { clock } = this.target;
    if (!clock) throw new SkippedError('there is no clock to move');
    return clock;
  }

  /** Opens another session of the same user, to be logged off after the check. */
  async openSession(change: Partial<Credentials> = {}): Promise<TestTrackClient> {
    const { server, credentials } = this.target;
    const session = await TestTrackClient.logOn({ server, ...credentials, ...change });
    this.#cleanup.add(`a session of ${credentials.username}`, () => session.logOff());
    return session;
  }

  /** Opens a session of the second user. */
  async openSecondUser(): Promise<TestTrackClient> {
    const { secondUser } = this.target;
    if (!secondUser) throw new SkippedError('there is no second user');
    return this.openSession(secondUser);
  }

  /** Undoes something after the check. */
  after(what: string, undo: () => Promise<unknown>): void {
    this.#cleanup.add(what, undo);
  }

  /** A text that nothing else in the project has. */
  unique(what: string): string {
    this.#made += 1;
    return `${this.target.label} ${what} ${this.#made}`;
  }

  /** Adds a defect with what every project wants at least; it is deleted after the check. */
  async addDefect(change: CDefect = {}): Promise<Long> {
    const type = await this.firstValue('Defect', 'Type');
    const pDefect = { summary: this.unique('defect'), type, ...change };
    return this.addItem('defect', {
      add: () => this.tt.addDefect({ pDefect }),
      remove: (recordID) => this.tt.deleteDefectByRecordID({ recordID }),
    });
  }

  /** Adds something that is deleted after the check. A project that wants more than we know of is passed over. */
  async addItem(what: string, calls: AddedItem): Promise<Long> {
    try {
      return await this.tryAdd(what, calls);
    } catch (error) {
      if (!(error instanceof TestTrackApiError && error.number === 23)) throw error;
      throw new SkippedError(`the project refuses a plain ${what}: ${error.text}`);
    }
  }

  /** Adds something that should be refused; when it is not, it is deleted after the check all the same. */
  async tryAdd(what: string, { add, remove }: AddedItem): Promise<Long> {
    const recordID = await add();
    this.after(`${what} ${recordID}`, async () => {
      try {
        await remove(recordID);
      } catch (error) {
        // Gone already: the check itself was about deleting.
        if (!(error instanceof TestTrackApiError && error.number === 6)) throw error;
      }
    });
    return recordID;
  }

  /** The first value of a list of the project. */
  async firstValue(tablename: string, fieldname: string): Promise<string> {
    const [first] = await this.tt.getDropdownFieldValuesForTable({ tablename, fieldname });
    if (!first?.value) throw new SkippedError(`the list ${fieldname} of ${tablename} has no values`);
    return first.value;
  }

  /** The number of a defect. Projects that number by hand have none. */
  async numberOf(recordID: Long): Promise<Long> {
    const { defectnumber = 0 } = await this.tt.getDefectByRecordID({ recordID });
    if (defectnumber === 0) throw new SkippedError('the project does not number its defects');
    return defectnumber;
  }

  /** Sends what stands in a Body, byte for byte. */
  async raw(body: string): Promise<RawAnswer> {
    const { endpoint, timeoutMs, headers } = this.server.settings;
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'text/xml; charset=UTF-8', soapaction: '""' },
      body: envelope(body),
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { status: response.status, body: await response.text() };
  }
}

function envelope(body: string): string {
  return (
    '<?xml version="1.0" encoding="UTF-8"?><SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"' +
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema"' +
    ` xmlns:ttns="urn:testtrack-interface"><SOAP-ENV:Body>${body}</SOAP-ENV:Body></SOAP-ENV:Envelope>`
  );
}
