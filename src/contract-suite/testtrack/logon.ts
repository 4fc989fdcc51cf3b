import { type CheckGroup, checksOf, SkippedError } from '../check.ts';
import { expectContains, expectEqual, expectFault, expectThat } from '../expectations.ts';
import type { TestTrackBench } from '../testtrack-bench.ts';

const { documented, observed, inferred } = checksOf<TestTrackBench>();
const areas = ['TestTrack Pro', 'TestTrack TCM', 'TestTrack RM'];

/** How a project is found and a session opened and ended. */
export const logonChecks: CheckGroup<TestTrackBench> = {
  area: 'Logon and sessions',
  checks: [
    documented('getDatabaseList names the project without a logon', async ({ server, target }) => {
      const names = (await server.getDatabaseList()).map(({ name }) => name);
      expectContains('the databases', names, target.credentials.project);
    }),
    documented('getProjectList names the project for its user', async ({ server, target }) => {
      const { username, password = '', project } = target.credentials;
      const projects = await server.getProjectList({ username, password });
      expectContains(
        'the projects',
        projects.map(({ database }) => database?.name),
        project,
      );
    }),
    documented(
      'the options of a project are areas that getProjectDataOptionList names',
      async ({ server, target }) => {
        const known = (await server.getProjectDataOptionList()).map(({ name }) => name);
        const { username, password = '', project } = target.credentials;
        const projects = await server.getProjectList({ username, password });
        const found = projects.find(({ database }) => database?.name === project);
        expectContains('the areas', known, ...(found?.options ?? []).map(({ name }) => name));
      },
    ),
    documented('getProjectDataOptionList names the three areas', async ({ server }) => {
      expectEqual(
        'the areas',
        (await server.getProjectDataOptionList()).map(({ name }) => name).sort(),
        [...areas].sort(),
      );
    }),
    documented('getProjectList refuses wrong credentials', async ({ server, target }) => {
      const { username } = target.credentials;
      await expectFault('the list', server.getProjectList({ username, password: target.label }));
    }),
    documented('ProjectLogon refuses a wrong password', async ({ server, target }) => {
      const { username, project } = target.credentials;
      const pProj = { database: { name: project }, servernumber: 0 };
      await expectFault('the logon', server.ProjectLogon({ pProj, username, password: target.label }));
    }),
    inferred('ProjectLogon refuses an unknown project with 1', async ({ server, target }) => {
      const { username, password = '' } = target.credentials;
      const pProj = { database: { name: target.label }, servernumber: 0 };
      await expectFault('the logon', server.ProjectLogon({ pProj, username, password }), { number: 1 });
    }),
    observed('a cookie is a positive number', async ({ server, target }) => {
      const cookie = await server.openSession(target.credentials);
      await server.call('DatabaseLogoff', { cookie });
      expectThat('the cookie', { holds: cookie > 0, expected: 'a number above 0', got: cookie });
    }),
    observed('DatabaseLogon, though deprecated, opens a session', async ({ server, target }) => {
      const { username, password = '', project: dbname } = target.credentials;
      const cookie = await server.DatabaseLogon({ dbname, username, password });
      expectThat('the tables', {
        holds: (await server.call('getTableList', { cookie })).length > 0,
        expected: 'some tables',
        got: [],
      });
      expectEqual('the result of the logoff', await server.call('DatabaseLogoff', { cookie }), 0);
    }),
    observed(
      'after DatabaseLogoff the cookie faults with 17 "Session Dropped."',
      async ({ server, target }) => {
        const cookie = await server.openSession(target.credentials);
        expectEqual('the result of the logoff', await server.call('DatabaseLogoff', { cookie }), 0);
        const fault = { number: 17, text: 'Session Dropped.', code: 'Server' };
        await expectFault('a call', server.call('getTableList', { cookie }), fault);
        await expectFault('a second logoff', server.call('DatabaseLogoff', { cookie }), fault);
      },
    ),
    observed('a cookie that was never given out faults with 17', async ({ server }) => {
      await expectFault('cookie 0', server.call('getTableList', { cookie: 0 }), { number: 17 });
      await expectFault('cookie -1', server.call('getTableList', { cookie: -1 }), { number: 17 });
    }),
    observed('a cookie works on any connection', async (bench) => {
      const cookie = await bench.server.openSession(bench.target.credentials);
      const answer = await bench.raw(`<ttns:getTableList><cookie>${cookie}</cookie></ttns:getTableList>`);
      await bench.server.call('DatabaseLogoff', { cookie });
      expectEqual('the HTTP status', answer.status, 200);
    }),
    observed('a session knows its user', async ({ tt }) => {
      const user = await tt.getUserForCurrentSession();
      expectThat('the last name', {
        holds: (user.lastname ?? '') !== '',
        expected: 'a name',
        got: user.lastname,
      });
    }),
    documented('getTTVersionInfo gives the versions of server and CGI', async ({ tt }) => {
      const { serverVersion = '', cgiVersion = '' } = await tt.getTTVersionInfo();
      expectThat('the versions', {
        holds: serverVersion !== '' && cgiVersion !== '',
        expected: 'two texts',
        got: [serverVersion, cgiVersion],
      });
    }),
    documented('formattedTextSupport answers with the setting', async (bench) => {
      const session = await bench.openSession();
      expectEqual('switched on', await session.formattedTextSupport({ enableFormattedText: true }), true);
      expectEqual('switched off', await session.formattedTextSupport({ enableFormattedText: false }), false);
    }),
    inferred('a session that opened one area is kept from the others with 5', async (bench) => {
      const { credentials } = bench.target;
      const { username, password = '' } = credentials;
      const projects = await bench.server.getProjectList({ username, password });
      const found = projects.find(({ database }) => database?.name === credentials.project);
      const options = (found?.options ?? []).map(({ name }) => name);
      if (!['TestTrack Pro', 'TestTrack RM'].every((area) => options.includes(area))) {
        throw new SkippedError('the project does not offer both issues and requirements');
      }
      const session = await bench.openSession({ options: ['TestTrack RM'] });
      await expectFault('a defect', session.getDefect({ defectNumber: 1 }), { number: 5 });
    }),
  ],
};
