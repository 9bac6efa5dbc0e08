import { ConfigReader } from '@backstage/config';
import { readGuardrails } from './readGuardrails';

const read = (guardrails?: object) =>
  readGuardrails(
    new ConfigReader({
      hetznerInfra: guardrails ? { guardrails } : {},
    } as never),
  );

describe('readGuardrails', () => {
  it('limits nothing unless told', () => {
    expect(read()).toEqual({ groups: [], approvalDays: 3 });
  });

  it('reads rules, with references as they are compared', () => {
    expect(
      read({
        groups: [
          {
            group: 'group:default/Team-A',
            locations: ['fsn1'],
            maxServers: 5,
            budget: {
              monthly: '200',
              currency: 'EUR',
              approvers: 'group:default/Finance',
            },
          },
          { group: '*', maxServersPerPool: 2, presets: ['preview'] },
        ],
        approvalDays: 1,
      }),
    ).toEqual({
      groups: [
        {
          group: 'group:default/team-a',
          locations: ['fsn1'],
          maxServers: 5,
          budget: {
            monthly: '200',
            currency: 'EUR',
            approvers: 'group:default/finance',
          },
        },
        { group: '*', maxServersPerPool: 2, presets: ['preview'] },
      ],
      approvalDays: 1,
    });
  });

  it.each<[string, object, string]>([
    [
      'a rule for nobody',
      { groups: [{}] },
      'hetznerInfra.guardrails.groups.0.group',
    ],
    ['a person', { groups: [{ group: 'user:default/bo' }] }, 'groups.0.group'],
    ['an unknown limit', { groups: [{ group: '*', colour: 1 }] }, 'groups.0'],
    [
      'an amount that is a number',
      {
        groups: [
          {
            group: '*',
            budget: {
              monthly: 200,
              currency: 'EUR',
              approvers: 'group:default/a',
            },
          },
        ],
      },
      'groups.0.budget.monthly',
    ],
    [
      'an empty list',
      { groups: [{ group: '*', locations: [] }] },
      'Name at least one',
    ],
    [
      'an unknown preset',
      { groups: [{ group: '*', presets: ['small'] }] },
      'groups.0.presets.0',
    ],
    [
      'two rules for one group',
      { groups: [{ group: '*' }, { group: '*' }] },
      'two guardrails for *',
    ],
    ['no time to approve', { groups: [], approvalDays: 0 }, 'approvalDays'],
  ])('refuses %s', (_, guardrails, message) => {
    expect(() => read(guardrails)).toThrow(message);
  });
});
