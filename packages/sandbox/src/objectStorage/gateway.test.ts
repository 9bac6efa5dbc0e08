import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startGateway } from './gateway';

describe('an S3 server that does not come up', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'gateway-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function start(script: string) {
    const program = path.join(folder, 'versitygw');
    await writeFile(program, `#!/bin/sh\n${script}\n`);
    await chmod(program, 0o755);
    return startGateway({
      program,
      host: '127.0.0.1',
      port: 1,
      folder,
      root: { accessKey: 'root', secretKey: 'secret' },
      patienceMs: 300,
    });
  }

  it('is ended, and told with its last words, when it does not answer in time', async () => {
    await expect(
      start('echo "waits for a lock"; exec sleep 600'),
    ).rejects.toThrow(
      'The S3 server did not answer on http://127.0.0.1:1 in time: waits for a lock',
    );
  });

  it('is told with its last words when it ends', async () => {
    await expect(start('echo "no place"; exit 3')).rejects.toThrow(
      'The S3 server ended: no place',
    );
  });
});
