import { firewall, rule, sshKey, worker } from '../__testUtils__/nodes';
import type { TestProject } from '../__testUtils__/testProject';
import { withTestProject } from '../__testUtils__/withTestProject';

let project: TestProject;

withTestProject(given => {
  project = given;
});

describe('a firewall', () => {
  it('gets the rules that are wanted', async () => {
    await project.create(firewall());
    const wanted = firewall([
      rule({ sources: ['198.51.100.0/24'] }),
      rule({ port: '6443', description: 'Kubernetes API' }),
    ]);
    expect(await project.differencesOf(wanted)).toMatchObject([
      { field: 'rules', remedy: 'update' },
    ]);
    await project.update(wanted);
    expect(await project.differencesOf(wanted)).toEqual([]);
  });

  it('loses all rules when none is wanted', async () => {
    await project.create(firewall());
    await project.update(firewall([]));
    expect(await project.differencesOf(firewall([]))).toEqual([]);
  });

  it('shows what somebody added by hand, outbound rules too, and takes it away', async () => {
    const node = firewall();
    const { providerId } = await project.create(node);
    const outbound = {
      direction: 'out' as const,
      protocol: 'gre' as const,
      destination_ips: ['0.0.0.0/0'],
    };
    await project.cloud.post('/firewalls/{id}/actions/set_rules', {
      path: { id: providerId },
      body: {
        rules: [
          {
            direction: 'in',
            protocol: 'tcp',
            port: '22',
            source_ips: ['203.0.113.7/32'],
            description: 'SSH from the administrators',
          },
          outbound,
        ],
      },
    });
    const { state } = await project.find(node);
    expect(state.rules).toContainEqual({
      description: 'outbound: ',
      protocol: 'gre',
      port: null,
      sources: ['0.0.0.0/0'],
    });
    await project.update(node);
    expect(await project.differencesOf(node)).toEqual([]);
  });

  it('goes as soon as its servers have gone', async () => {
    await project.createAll([sshKey(), firewall()]);
    const server = await project.create(
      worker({ placementGroup: null, network: null }),
    );
    const found = await project.find(firewall());
    expect(found.details['Applied to']).toBe('1');
    await Promise.all([project.remove(found), project.remove(server)]);
    expect(await project.observe()).toMatchObject([{ kind: 'ssh-key' }]);
  });
});
