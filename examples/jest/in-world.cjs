const { randomUUID } = require('node:crypto');

const ask = (method, path, body) => fetch(process.env.TWIN_URL + path, { method, body, headers: { 'content-type': 'application/json' } });

/** A test in a world of its own. When it fails, the error says what happened in that world. */
exports.inWorld = (what, run) =>
  test(what, async () => {
    const name = `jest-${randomUUID()}`;
    await ask('PUT', `/__admin/worlds/${name}`, '{"from": "seed"}');
    try {
      await run(`${process.env.TWIN_URL}/w/${name}`);
    } catch (error) {
      const report = await (await ask('GET', `/w/${name}/__admin/report`)).text();
      throw new Error(`${error.message}\n\n${report}`, { cause: error });
    } finally {
      await ask('DELETE', `/__admin/worlds/${name}`);
    }
  });
