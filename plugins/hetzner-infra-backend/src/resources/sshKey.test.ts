import { driverOf } from './drivers';
import { sshKey } from '../__testUtils__/nodes';
import type { TestProject } from '../__testUtils__/testProject';
import { withTestProject } from '../__testUtils__/withTestProject';

const PUBLIC_KEY =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHPMfQZkn0LtVGCbn2bg1/1rbVSbbC8RlCnvMqZ0dNUZ';
const OTHER_KEY =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0MfQZkn0LtVGCbn2bg1/1rbVSbbC8RlCnvMqZ0dNUZ';

let project: TestProject;

withTestProject(given => {
  project = given;
});

const upload = (name: string, publicKey: string) =>
  project.cloud.post('/ssh_keys', {
    body: { name, public_key: publicKey },
  });

describe('an SSH key that somebody uploaded before', () => {
  const node = sshKey(`${PUBLIC_KEY} me@laptop`);

  it('is used and not owned', async () => {
    const { ssh_key: theirs } = await upload('theirs', `${PUBLIC_KEY} them`);
    expect(await project.create(node)).toMatchObject({
      key: node.key,
      providerId: theirs.id,
      owned: false,
    });
    expect(project.logged).toEqual([
      'The project has this key already, as theirs.',
    ]);
    expect(await project.cloud.listAll('/ssh_keys')).toEqual([theirs]);
  });

  it('is found again by its material while it is wanted', async () => {
    const { ssh_key: theirs } = await upload('theirs', `${PUBLIC_KEY} them`);
    expect(await project.observe([node])).toMatchObject([
      { key: node.key, providerId: theirs.id, owned: false },
    ]);
    expect(await project.differencesOf(node)).toEqual([]);
  });

  it('is not seen by a removal, and would not be removed', async () => {
    await upload('theirs', PUBLIC_KEY);
    const made = await project.create(node);
    expect(await project.observe()).toEqual([]);
    await expect(project.remove(made)).rejects.toThrow(
      'does not belong to this environment',
    );
    expect(await project.cloud.listAll('/ssh_keys')).toHaveLength(1);
  });

  it('takes the place of a key of ours that is no longer wanted', async () => {
    const ours = await project.create(sshKey(OTHER_KEY));
    await upload('theirs', PUBLIC_KEY);
    expect(await project.observe([node])).toMatchObject([
      { key: node.key, providerId: ours.providerId, generation: 1 },
      { key: node.key, owned: false, generation: 2 },
    ]);
  });
});

describe('an SSH key of ours', () => {
  it('that two nodes ask for exists once and goes once', async () => {
    const nodes = [
      sshKey(`${PUBLIC_KEY} one`, 'ssh-key-1'),
      sshKey(`${PUBLIC_KEY} two`, 'ssh-key-2'),
    ];
    const [one] = [
      await project.create(nodes[0]),
      await project.create(nodes[1]),
    ];
    expect(await project.observe(nodes)).toMatchObject([
      { key: 'ssh-key-1', providerId: one.providerId, owned: true },
      { key: 'ssh-key-2', providerId: one.providerId, owned: false },
    ]);
    expect(await project.observe()).toHaveLength(1);
  });

  it('has a successor beside it when another key is wanted', async () => {
    await project.create(sshKey(PUBLIC_KEY));
    const [difference] = await project.differencesOf(sshKey(OTHER_KEY));
    expect(difference).toMatchObject({ field: 'publicKey', remedy: 'replace' });
    await project.create(sshKey(OTHER_KEY), { generation: 2 });
    const keys = await project.cloud.listAll('/ssh_keys');
    expect(keys.map(({ name }) => name)).toEqual([
      'xpeditis-prod-ssh-key-1-g1',
      'xpeditis-prod-ssh-key-1-g2',
    ]);
  });

  it('is a throw-away one when nobody has one, and stays it', async () => {
    await project.create(sshKey());
    const [key] = await project.cloud.listAll('/ssh_keys');
    expect(key.public_key).toMatch(
      /^ssh-ed25519 \S+ xpeditis-prod throw-away$/,
    );
    await driverOf('ssh-key').create(sshKey(), project.context());
    expect(await project.cloud.listAll('/ssh_keys')).toEqual([key]);
  });

  it('passes on why the provider refuses a key', async () => {
    await expect(
      project.create(sshKey('ssh-ed25519 AAAA')),
    ).rejects.toMatchObject({ code: 'invalid_input' });
  });
});
