import { z } from 'zod';
import { actionAnswer, StoredAction } from '../../actions/action';
import {
  resourceActionOperations,
  startedAll,
} from '../../actions/actionOperations';
import { defineEffect } from '../../actions/effect';
import { errors } from '../../errors';
import { labels } from '../../labels';
import { getOperation, listOperation } from '../../list';
import { freeName, requireUniqueName } from '../../nameRules';
import { CallContext, Operation, operation } from '../../operation';
import type { Project } from '../../project';
import { requireQuota } from '../../quota';
import { found } from '../../reference';
import { applicationList, apply, resourcesOf } from './application';
import { Firewall, firewallAnswer, firewallView } from './firewall';
import { firewallApplicationOperations } from './applicationOperations';
import { ruleList } from './rules';

const NAME_TAKEN = 'name is already used';

const firewallOf = (project: Project, id: number) =>
  found(project.firewalls, 'firewall', id);

const setRules = defineEffect({
  name: 'set_firewall_rules',
  command: 'set_firewall_rules',
  latency: 'set_firewall_rules',
  args: z.object({ firewall: z.int(), rules: z.array(z.unknown()) }),
  succeed({ firewall, rules }, { project }) {
    firewallOf(project, firewall).rules = rules as Firewall['rules'];
  },
});

const refresh = defineEffect({
  name: 'refresh_firewall',
  command: 'apply_firewall',
  latency: 'apply_firewall',
  args: z.object({ firewall: z.int() }),
  succeed() {
    // The rules are the firewall's own; the action tells when they are in force.
  },
});

/** One action that stands for the new rules, and one for each place where they take effect. */
function startSettingRules(
  call: CallContext,
  firewall: Firewall,
  rules: Firewall['rules'],
): StoredAction[] {
  const reference = { type: 'firewall', id: firewall.id };
  const setting = call.start(
    setRules,
    { firewall: firewall.id, rules },
    { resources: [reference], queue: `firewall:${firewall.id}` },
  );
  const applied = firewall.appliedTo.map(application =>
    call.start(
      refresh,
      { firewall: firewall.id },
      {
        resources: [...resourcesOf(application), reference],
        after: [setting],
      },
    ),
  );
  return [setting, ...applied];
}

/** Firewalls. */
export const firewallOperations: Operation[] = [
  operation('POST /firewalls', {
    status: 201,
    body: z.object({
      name: freeName,
      labels: labels.default({}),
      rules: ruleList.nullish().transform(rules => rules ?? []),
      apply_to: applicationList.nullish().transform(list => list ?? []),
    }),
    answer: z.object({
      firewall: firewallAnswer,
      actions: z.array(actionAnswer),
    }),
    handle(call) {
      const { cloud, project, now, body } = call;
      requireUniqueName(project.firewalls, body.name, NAME_TAKEN);
      requireQuota(call, 'firewalls', project.firewalls.size);
      const firewall: Firewall = {
        id: cloud.newId(),
        name: body.name,
        labels: body.labels,
        rules: body.rules,
        appliedTo: [],
        created: now,
      };
      const actions = apply(call, firewall, body.apply_to);
      project.firewalls.set(firewall.id, firewall);
      const setting =
        body.rules.length > 0
          ? [
              call.start(
                setRules,
                { firewall: firewall.id, rules: body.rules },
                { resources: [{ type: 'firewall', id: firewall.id }] },
              ),
            ]
          : [];
      return {
        firewall: firewallView(firewall),
        actions: startedAll([...setting, ...actions()], call),
      };
    },
  }),
  listOperation('GET /firewalls', {
    key: 'firewalls',
    items: ({ project }) => project.firewalls.values(),
    view: firewallView,
    answer: firewallAnswer,
    sort: ['id', 'name', 'created'],
  }),
  getOperation('GET /firewalls/{id}', {
    key: 'firewall',
    find: ({ project, id }) => project.firewalls.get(id),
    view: firewallView,
    answer: firewallAnswer,
  }),
  operation('PUT /firewalls/{id}', {
    status: 200,
    body: z.object({ name: freeName.optional(), labels: labels.optional() }),
    answer: z.object({ firewall: firewallAnswer }),
    handle({ project, id, body }) {
      const firewall = firewallOf(project, id);
      if (body.name !== undefined) {
        requireUniqueName(project.firewalls, body.name, NAME_TAKEN, id);
        firewall.name = body.name;
      }
      firewall.labels = body.labels ?? firewall.labels;
      return { firewall: firewallView(firewall) };
    },
  }),
  operation('DELETE /firewalls/{id}', {
    status: 204,
    handle({ project, id }) {
      const firewall = firewallOf(project, id);
      if (firewall.appliedTo.length > 0)
        throw errors.resourceInUse('firewall', id);
      project.firewalls.delete(id);
    },
  }),
  operation('POST /firewalls/{id}/actions/set_rules', {
    status: 201,
    body: z.object({ rules: ruleList }),
    answer: z.object({ actions: z.array(actionAnswer) }),
    handle(call) {
      const firewall = firewallOf(call.project, call.id);
      const actions = startSettingRules(call, firewall, call.body.rules);
      return { actions: startedAll(actions, call) };
    },
  }),
  ...firewallApplicationOperations,
  ...resourceActionOperations(
    'firewalls',
    'firewall',
    ({ project }) => project.firewalls,
  ),
];
