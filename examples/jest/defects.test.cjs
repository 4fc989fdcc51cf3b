const { soap } = require('strong-soap');
const { inWorld } = require('./in-world.cjs');

const connect = (world) =>
  new Promise((resolve, reject) => {
    soap.createClient(`${world}/ttsoapcgi.wsdl`, {}, (error, made) => (error ? reject(error) : resolve(made)));
  });

for (const priority of ['Immediate', 'Low']) {
  inWorld(`the priority ${priority} is saved and read back`, async (world) => {
    const client = await connect(world);
    const call = async (operation, parts) => Object.values((await client[operation](parts)).result)[0];
    const cookie = await call('DatabaseLogon', { dbname: 'Project', username: 'username', password: 'password' });
    const which = { cookie, defectNumber: 11, summary: '', bDownloadAttachments: false };
    const { recordid, defectnumber, ...defect } = await call('editDefect', which);
    expect(defect.priority).toBe('Medium'); // what another test saved is not seen here
    await call('saveDefect', { cookie, pDefect: { recordid, defectnumber, summary: defect.summary, priority } });
    expect((await call('getDefect', which)).priority).toBe(priority);
    const asked = { calls: [{ operation: 'saveDefect', where: { pDefect: { priority } } }], times: 1 };
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify(asked);
    const verified = await fetch(`${world}/__admin/journal/verify`, { method: 'POST', headers, body });
    expect(verified.status).toBe(200);
  });
}
