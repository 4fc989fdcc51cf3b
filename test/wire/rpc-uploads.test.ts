import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { noteEntries } from '../../src/aptest/model/test-run.ts';
import { type RpcTwin, smallSection, startRpc } from '../support/aptest.ts';
import { RawConnection } from '../support/raw-http.ts';

let twin: RpcTwin;
beforeEach(async () => {
  twin = await startRpc(smallSection(), { settings: { maxUpload: '100kB', maxBody: '20kB' } });
});
afterEach(() => twin.close());

const attach: Record<string, string> = {
  rpctoken: 'secret',
  username: 'ann',
  suite: 'Small',
  command: 'attachFile',
  sess: '1',
  tid: '0',
  fileName: 'log.txt',
};

function form(fields: Record<string, string>, file: Blob | undefined = new Blob(['hello'])): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  if (file) data.append('upload', file, 'its own name.txt');
  return data;
}

const attachments = () =>
  [...twin.runner.world.collection(noteEntries, 'aptest:Small').values()].map((entry) => entry.attachment);

describe('attachFile', () => {
  test('keeps the bytes by their hash and puts a link at the end of the note', async () => {
    const reply = await twin.post(form({ ...attach, note: 'See' }));
    const link = /<span class="text">See <a href="([^"]+)">log\.txt<\/a><\/span>/.exec(
      reply.lines[0] ?? '',
    )?.[1];
    expect(link).toMatch(new RegExp(`^${twin.listener.url}/atm/run/attachment/[-0-9A-F]{36}$`));
    expect(attachments()).toMatchObject([
      {
        name: 'log.txt',
        content: { size: 5, sha256: '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824' },
      },
    ]);
  });

  test('is a note, not a test execution', async () => {
    await twin.post(form(attach));
    const status = await twin.call({ command: 'getSessionStatus', sessNum: '1' });
    expect(status.lines[0]).toContain('untested=3');
  });

  test('takes the first file part whatever its name, and arguments from the address too', async () => {
    const data = new FormData();
    data.append('x[y]', new Blob(['first']), 'a');
    data.append('file', new Blob(['second']), 'b');
    const query = new URLSearchParams(attach).toString();
    expect((await twin.post(data, {}, query)).code).toBe('0');
    expect(Buffer.from(attachments()[0]?.content.bytes ?? []).toString()).toBe('first');
  });

  test('keeps a name of any language as data', async () => {
    const reply = await twin.post(form({ ...attach, fileName: 'Übersicht <1> 😀.txt' }));
    expect(reply.lines[0]).toContain('>&#220;bersicht &lt;1&gt; &#128512;.txt</a>');
    expect(attachments()[0]?.name).toBe('Übersicht <1> 😀.txt');
  });

  test('told by GET or as urlencoded, says why not', async () => {
    const query = new URLSearchParams(attach).toString();
    const message =
      'attachFile needs a POST with multipart/form-data: the call is not multipart (argument fileName)';
    expect((await twin.get(query)).body).toBe(`1\n${message}\n`);
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    expect((await twin.post(query, headers)).body).toBe(`1\n${message}\n`);
  });

  const name = 'a file name without path and control characters, at most 255 long';
  const refusals: [string, Record<string, string>, string][] = [
    ['no test', { tid: '' }, 'Missing argument: one of tid, id, uuid'],
    ['no name', { fileName: '' }, 'Missing argument: fileName'],
    ['an unknown test', { tid: '7' }, 'No such test in the session: 7 (argument tid)'],
    ['a path out of the folder', { fileName: '../../x' }, `Not ${name}: ../../x (argument fileName)`],
    ['a Windows path', { fileName: 'C:\\x' }, `Not ${name}: C:\\x (argument fileName)`],
    ['a NUL', { fileName: 'a\0b' }, `Not ${name}: a&#0;b (argument fileName)`],
    ['a line end', { fileName: 'a\r\nb' }, `Not ${name}: a&#13;&#10;b (argument fileName)`],
    [
      '4,096 characters',
      { fileName: 'n'.repeat(4096) },
      `Not ${name}: ${'n'.repeat(77)}... (argument fileName)`,
    ],
  ];
  test.each(refusals)('refuses %s', async (_what, fields, message) => {
    const world = twin.runner.world;
    expect((await twin.post(form({ ...attach, ...fields }))).body).toBe(`1\n${message}\n`);
    expect(twin.runner.world).toBe(world);
  });

  test('refuses a form without a file part', async () => {
    const data = new FormData();
    for (const [key, value] of Object.entries(attach)) data.append(key, value);
    expect((await twin.post(data)).body).toBe(
      '1\nNo file part for the attachment: log.txt (argument fileName)\n',
    );
  });
});

describe('file parts that nobody reads are told of', () => {
  test('a second file', async () => {
    const data = form(attach);
    data.append('more', new Blob(['second']), 'second.txt');
    const reply = await twin.post(data);
    expect(reply.code).toBe('0');
    expect(reply.hint).toBe('more=file "second.txt" was ignored: only the first file part counts.');
    expect(attachments()).toHaveLength(1);
    await twin.runner.reset();
  });

  test('a file for a command that takes none', async () => {
    const data = new FormData();
    const call = { ...attach, command: 'getSetList', fileName: '', sess: '', tid: '' };
    for (const [key, value] of Object.entries(call)) if (value !== '') data.append(key, value);
    data.append('list', new Blob(['x']), 'x.txt');
    const reply = await twin.post(data);
    expect([reply.code, reply.hint]).toEqual([
      '0',
      'list=file "x.txt" was ignored: getSetList takes no file.',
    ]);
  });

  test('fileName as a file', async () => {
    const data = new FormData();
    for (const [key, value] of Object.entries(attach)) if (key !== 'fileName') data.append(key, value);
    data.append('fileName', new Blob(['x']), 'log.txt');
    const reply = await twin.post(data);
    expect(reply.body).toBe('1\nMissing argument: fileName (it came as a file part)\n');
    expect(reply.hint).toContain('Send fileName as a plain field, without a filename');
    expect(attachments()).toEqual([]);
  });
});

describe('an upload that cannot be read answers code 1 and leaves nothing', () => {
  let folder: string[];
  beforeEach(() => {
    folder = readdirSync(tmpdir()).sort();
  });
  afterEach(async () => {
    expect(attachments()).toEqual([]);
    expect(
      readdirSync(tmpdir()).filter((name) => !folder.includes(name) && /upload|multer/i.test(name)),
    ).toEqual([]);
    expect((await twin.call({ command: 'getSetList' })).code).toBe('0');
  });

  test('a file over the limit', async () => {
    const reply = await twin.post(form(attach, new Blob(['x'.repeat(100 * 1024 + 1)])));
    expect(reply.body).toBe(
      '1\nThe upload cannot be read: the file has more than 102400 bytes (setting maxUpload)\n',
    );
  });

  test('a file of exactly the limit is taken', async () => {
    const reply = await twin.post(form(attach, new Blob(['x'.repeat(100 * 1024)])));
    expect(reply.code).toBe('0');
    expect(attachments()).toHaveLength(1);
    await twin.runner.reset();
  });

  test('no boundary', async () => {
    const reply = await twin.post('x', { 'Content-Type': 'multipart/form-data' });
    expect(reply.body).toBe('1\nThe upload cannot be read: Multipart: Boundary not found\n');
  });

  test('an empty boundary', async () => {
    const reply = await twin.post('--\r\n', { 'Content-Type': 'multipart/form-data; boundary=' });
    expect([reply.status, reply.code]).toEqual([200, '1']);
    expect(reply.lines).toEqual(['The upload cannot be read: the boundary in Content-Type is empty']);
  });

  test('a part in a charset that does not exist', async () => {
    const part = (name: string, value: string, charset = '') =>
      `--b\r\nContent-Disposition: form-data; name="${name}"\r\nContent-Type: text/plain${charset}\r\n\r\n${value}\r\n`;
    const { rpctoken = '', username = '', suite = '' } = attach;
    const common = part('rpctoken', rpctoken) + part('username', username) + part('suite', suite);
    const body = `${common}${part('command', 'getSetList')}${part('group', 'x', '; charset=none-such')}--b--\r\n`;
    const reply = await twin.post(body, { 'Content-Type': 'multipart/form-data; boundary=b' });
    expect(reply.body).toBe(
      '1\nThe upload cannot be read: the field "group" is in a charset that is not known; send UTF-8\n',
    );
  });

  test.each(['returnJSON=1', 'returnjson=1'])('no boundary, asked for in JSON by %s', async (wish) => {
    const reply = await twin.post('x', { 'Content-Type': 'multipart/form-data' }, wish);
    expect(JSON.parse(reply.body)).toEqual({
      result: 1,
      data: 'The upload cannot be read: Multipart: Boundary not found',
    });
  });

  const head = '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nv\r\n';
  const broken: [string, string][] = [
    ['cut off in a header', '--b\r\nContent-Dispo'],
    ['cut off in a body', '--b\r\nContent-Disposition: form-data; name="f"; filename="x"\r\n\r\nabc'],
    ['without the last boundary', head],
    ['10,000 parts', `${head.repeat(10_000)}--b--\r\n`],
    [
      'a field nested 1,000 deep',
      `--b\r\nContent-Disposition: form-data; name="a${'[x]'.repeat(300)}"\r\n\r\nv\r\n--b--\r\n`,
    ],
    ['a huge index', `--b\r\nContent-Disposition: form-data; name="a[99999999999]"\r\n\r\nv\r\n--b--\r\n`],
    [
      'a header of 100 kB',
      `--b\r\nContent-Disposition: form-data; name="${'n'.repeat(100_000)}"\r\n\r\nv\r\n--b--\r\n`,
    ],
    [
      'fields over the limit',
      `--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n${'v'.repeat(30_000)}\r\n--b--\r\n`,
    ],
  ];
  test.each(broken)('%s', async (_what, body) => {
    const reply = await twin.post(body, { 'Content-Type': 'multipart/form-data; boundary=b' });
    expect(reply.status).toBe(200);
    expect(reply.code).toBe('1');
    expect(reply.lines).toHaveLength(1);
  });

  test('a boundary of 200 characters', async () => {
    const reply = await twin.post('x', {
      'Content-Type': `multipart/form-data; boundary=${'b'.repeat(200)}`,
    });
    expect(reply.code).toBe('1');
  });

  test('a client that goes away in the middle', async () => {
    for (let count = 0; count < 20; count++) {
      const connection = await RawConnection.open(twin.listener.port);
      connection.send(
        'POST /run/rpc.mpl HTTP/1.1\r\nHost: t\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 99999\r\n\r\n' +
          '--b\r\nContent-Disposition: form-data; name="f"; filename="x"\r\n\r\nabc',
      );
      connection.cut();
    }
  });
});

describe('text beyond ASCII in a form with files', () => {
  /** The parts of a form, a character for each byte. */
  const multipart = (parts: readonly (readonly [head: string, body: string])[]) => {
    const { fileName: _, ...common } = attach;
    const all = [...Object.entries(common).map(([name, value]) => [`name="${name}"`, value]), ...parts];
    const written = all.map(
      ([head, body]) => `--b\r\nContent-Disposition: form-data; ${head}\r\n\r\n${body}\r\n`,
    );
    return Buffer.from(`${written.join('')}--b--\r\n`, 'latin1');
  };
  const headers = { 'content-type': 'multipart/form-data; boundary=b' };
  const utf8 = (text: string) => Buffer.from(text).toString('latin1');
  const send = async (parts: readonly (readonly [string, string])[]) => {
    const reply = await twin.post(multipart(parts), headers);
    return { reply, notes: [...twin.runner.world.collection(noteEntries, 'aptest:Small').values()] };
  };

  test('is read as UTF-8', async () => {
    const { reply, notes } = await send([
      ['name="note"', utf8('Grüße, 東京')],
      ['name="fileName"', utf8('Übersicht.txt')],
      [`name="${utf8('Datei')}"; filename="${utf8('Übersicht.txt')}"`, 'hello'],
    ]);
    expect(reply.code).toBe('0');
    expect(reply.lines[0]).toContain('Gr&#252;&#223;e, &#26481;&#20140;');
    expect(notes[0]?.attachment?.name).toBe('Übersicht.txt');
    expect(reply.hint).toBeNull();
  });

  test('is read as Latin-1 where it is no UTF-8, with a hint that names the fields', async () => {
    const { reply, notes } = await send([
      ['name="note"', 'Gr\xfc\xdfe'],
      ['name="fileName"', '\xdcbersicht.txt'],
      ['name="upload"; filename="\xdcbersicht.txt"', 'hello'],
    ]);
    expect(reply.lines[0]).toContain('Gr&#252;&#223;e');
    expect(notes[0]?.attachment?.name).toBe('Übersicht.txt');
    expect(reply.hint).toContain(
      'The bytes of "note", "fileName", "upload" are no UTF-8; they were read as Latin-1.',
    );
  });

  test.each([
    ['ISO-8859-1', 'Gr\xfc\xdfe'],
    ['UTF-8', utf8('Grüße')],
  ])('is read by the charset that its part says: %s', async (charset, bytes) => {
    const { reply } = await send([
      [`name="note"\r\nContent-Type: text/plain; charset=${charset}`, bytes],
      ['name="fileName"', 'a.txt'],
      ['name="upload"; filename="a.txt"', 'hello'],
    ]);
    expect(reply.lines[0]).toContain('Gr&#252;&#223;e');
    expect(reply.hint).toBeNull();
  });
});
