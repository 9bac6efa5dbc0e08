import { goClient, pythonClient } from './testing/publicClients';
import {
  SandboxUnderTest,
  startSandboxUnderTest,
} from './testing/sandboxUnderTest';

// Packages are installed and built at the first run.
jest.setTimeout(300_000);

const SSH_KEY =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKBJneUFoB/hebEQpxCDzlPq3YU1OQIc+SlBUYQgPc69 x';

for (const { name, run } of [pythonClient(), goClient()]) {
  const suite = run ? describe : describe.skip;

  suite(name, () => {
    let sandbox: SandboxUnderTest;

    beforeAll(async () => {
      sandbox = await startSandboxUnderTest();
    });
    afterAll(() => sandbox.close());

    it('gets the answers that its own code expects', async () => {
      expect(await run?.(sandbox.url, SSH_KEY)).toBe('done');
      expect(sandbox.wrongAnswers()).toEqual([]);
    });
  });
}
