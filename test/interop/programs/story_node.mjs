/**
 * The story of the interop suite for the SOAP clients of npm, which differ only in how they show the attributes
 * of an element. Prints one JSON object a line for what it saw.
 */
import { createHash } from 'node:crypto';
import { json } from 'node:stream/consumers';

/**
 * @param {object} client what is special about it:
 * `version`; `call(operation, parts)`, which gives the answer's parts; `typeOf(item)`, the class an item came as;
 * `faultOf(error)`, the Fault element of a refused call
 */
export async function tellStory(origin, client) {
  const wanted = await json(process.stdin);
  const { call } = client;
  const fault = (step, attempt) => tellFault(client, step, attempt);
  const getDefect = async (cookie, defectNumber) =>
    (await call('getDefect', { cookie, defectNumber, summary: '', bDownloadAttachments: false })).pDefect;
  const editDefect = async (cookie, defectNumber) =>
    (await call('editDefect', { cookie, defectNumber, summary: '', bDownloadAttachments: false })).pDefect;
  const saveDefect = async (cookie, pDefect) =>
    Number((await call('saveDefect', { cookie, pDefect })).result);
  const logOn = async (pProj, username, password) =>
    Number((await call('ProjectLogon', { pProj, username, password })).Cookie);

  tell('client', { version: client.version });
  const projects = items(
    (await call('getProjectList', { username: 'username', password: 'password' })).pProjList,
  );
  tell('projects', { names: projects.map((each) => each.database.name) });
  const cookie = await logOn(projects[0], 'username', 'password');
  tell('logon', { positive: cookie > 0 });

  tell('get', { defect: shown(client, await getDefect(cookie, 11)) });

  tell('list', await list(call, cookie, 'Defect', ['Record ID', 'Number', 'Summary', 'Status']));
  const { rows } = await list(call, cookie, 'Test Case', ['Number']);
  tell('empty list', { rows });

  let defect = await editDefect(cookie, 11);
  defect.priority = 'Immediate';
  tell('save unchanged', { result: await saveDefect(cookie, defect) });
  tell('get unchanged', { defect: shown(client, await getDefect(cookie, 11)) });

  defect = await editDefect(cookie, 11);
  change(client, defect, wanted);
  tell('save changed', { result: await saveDefect(cookie, defect) });
  defect = await getDefect(cookie, 11);
  tell('get changed', { defect: shown(client, defect) });
  tell('attachment', await digest(call, cookie, defect));

  defect = await editDefect(cookie, 12);
  attach(defect, 'big.bin', everyByte(20_480));
  await saveDefect(cookie, defect);
  tell('big attachment', await digest(call, cookie, await getDefect(cookie, 12)));

  await fault('absent', () => getDefect(cookie, 99));

  const other = await logOn(projects[0], 'lake', 'water');
  await editDefect(cookie, 11);
  await fault('locked', () => editDefect(other, 11));
  tell('cancel', { result: Number((await call('cancelSaveDefect', { cookie, recordID: 311 })).result) });
  tell('free after cancel', { number: Number((await editDefect(other, 11)).defectnumber) });
  await call('cancelSaveDefect', { cookie: other, recordID: 311 });

  const late = await editDefect(cookie, 11);
  await advance(origin, '14m59s999ms');
  await fault('still locked', () => editDefect(other, 11));
  await advance(origin, '1ms');
  tell('free after 15 minutes', { number: Number((await editDefect(other, 11)).defectnumber) });
  await fault('late save', () => saveDefect(cookie, late));

  await call('DatabaseLogoff', { cookie: other });
  tell('logoff', { result: Number((await call('DatabaseLogoff', { cookie })).result) });
  await fault('dropped', () => getDefect(cookie, 11));
}

function tell(step, what) {
  process.stdout.write(`${JSON.stringify({ step, ...what })}\n`);
}

async function tellFault(client, step, attempt) {
  try {
    await attempt();
    tell(step, { text: null, detail: null });
  } catch (error) {
    const { faultstring, detail } = client.faultOf(error);
    tell(step, { text: faultstring, detail: String(detail) });
  }
}

/** A list of one item comes as that item, an empty one as nothing. */
function items(list) {
  return list?.item === undefined ? [] : [list.item].flat();
}

function shown(client, defect) {
  const [report] = items(defect.reportedbylist);
  return {
    recordid: Number(defect.recordid),
    number: Number(defect.defectnumber),
    summary: defect.summary,
    priority: defect.priority,
    workaround: defect.workaround,
    description: report.comments,
    entered: defect.dateentered,
    created: moment(defect.datetimecreated),
    files: items(report.attachmentlist).map((each) => each['m-strFileName']),
    events: items(defect.eventlist).map((each) => [each.name, each.notes, moment(each.date)]),
    fields: Object.fromEntries(items(defect.customFieldList).map((each) => [each.name, plain(client, each)])),
  };
}

function plain(client, field) {
  const type = client.typeOf(field);
  return { type, value: plainValue(type, field) };
}

function plainValue(type, { value, values, unit }) {
  switch (type) {
    case 'CIntegerField':
    case 'CDecimalField':
      return Number(value);
    case 'CBooleanField':
      return String(value) === 'true';
    case 'CDateTimeField':
      return moment(value);
    case 'CTimespanField':
      return { value: Number(value), unit };
    case 'CMultiSelectDropdownField':
      return items(values).map((each) => each.value);
    default:
      return value;
  }
}

function moment(text) {
  return new Date(text).toISOString().replace('.000Z', 'Z');
}

async function list(call, cookie, tablename, names) {
  const columnlist = { item: names.map((name) => ({ name })) };
  const { recordlist } = await call('getRecordListForTable', {
    cookie,
    tablename,
    filtername: '',
    columnlist,
  });
  return {
    columns: items(recordlist.columnlist).map((each) => each.name),
    rows: items(recordlist.records).map((each) => items(each.row).map(({ value }) => value)),
  };
}

function change(client, defect, wanted) {
  defect.summary = wanted.summary;
  defect.workaround = wanted.workaround;
  for (const field of items(defect.customFieldList)) {
    const value = wanted.fields[field.name];
    const type = client.typeOf(field);
    if (type === 'CMultiSelectDropdownField') field.values = { item: value.map((each) => ({ value: each })) };
    else if (type === 'CTimespanField') Object.assign(field, value);
    else field.value = value;
  }
  const event = {
    recordid: 0,
    date: '2026-03-02T14:30:00Z',
    notes: wanted.notes,
    eventaddorder: 1,
    name: 'Comment',
  };
  defect.eventlist.item = [...items(defect.eventlist), event];
  attach(defect, wanted.file, everyByte(4));
}

function attach(defect, name, content) {
  const [report = { recordid: 0, showorder: 1 }] = items(defect.reportedbylist);
  const file = { 'm-pFileData': content.toString('base64'), 'm-strFileName': name, 'm-recordid': 0 };
  report.attachmentlist = { item: [...items(report.attachmentlist), file] };
  defect.reportedbylist = { item: [report] };
}

function everyByte(times) {
  return Buffer.alloc(
    256 * times,
    Uint8Array.from({ length: 256 }, (_, index) => index),
  );
}

async function digest(call, cookie, defect) {
  const [report] = items(defect.reportedbylist);
  const entry = items(report.attachmentlist).at(-1);
  const { pAttachment } = await call('getAttachment', {
    cookie,
    tablename: 'Defect',
    recordID: defect.recordid,
    eventID: 0,
    pszArchiveName: entry['m-strArchiveName'],
  });
  const content = Buffer.from(pAttachment['m-pFileData'], 'base64');
  const sha256 = createHash('sha256').update(content).digest('hex');
  return { name: pAttachment['m-strFileName'], size: content.length, sha256 };
}

async function advance(origin, by) {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ by });
  const response = await fetch(`${origin}/__admin/clock/advance`, { method: 'POST', headers, body });
  if (!response.ok) throw new Error(`the clock was not advanced: ${await response.text()}`);
}
