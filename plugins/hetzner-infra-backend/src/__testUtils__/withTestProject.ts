import { startJudgedSandbox, type JudgedSandbox } from './judgedSandbox';
import { TestProject } from './testProject';

/**
 * Gives each test of a file an empty project in a sandbox, and has the requests
 * of the test judged by the provider's description when it has ended.
 */
export function withTestProject(
  prepare: (
    project: TestProject,
    sandbox: JudgedSandbox,
  ) => void | Promise<void>,
): void {
  let sandbox: JudgedSandbox;
  let project: TestProject;

  beforeAll(async () => {
    sandbox = await startJudgedSandbox();
  }, 60_000);

  afterAll(() => sandbox.stop());

  beforeEach(async () => {
    project = new TestProject(sandbox);
    await prepare(project, sandbox);
  });

  afterEach(async () => {
    project.cloud.close();
    try {
      await sandbox.requireDescribedRequests();
    } finally {
      await sandbox.control('DELETE', '/state');
    }
  });
}
