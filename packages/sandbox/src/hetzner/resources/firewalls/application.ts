import { z } from 'zod';
import type { StoredAction } from '../../actions/action';
import { defineEffect } from '../../actions/effect';
import { errors } from '../../errors';
import { LabelSelectorError, parseLabelSelector } from '../../labelSelector';
import type { CallContext } from '../../operation';
import type { Project } from '../../project';
import { id } from '../../reference';
import type { Firewall, FirewallApplication } from './firewall';
import { requireRoomForFirewalls } from './membership';

const selector = z
  .string()
  .min(1)
  .superRefine((text, context) => {
    try {
      parseLabelSelector(text);
    } catch (error) {
      if (!(error instanceof LabelSelectorError)) throw error;
      context.addIssue({ code: 'custom', message: error.message });
    }
  });

/** The servers and label selectors in a request. */
export const applicationList = z.array(
  z.discriminatedUnion('type', [
    z.object({ type: z.literal('server'), server: z.object({ id }) }),
    z.object({
      type: z.literal('label_selector'),
      label_selector: z.object({ selector }),
    }),
  ]),
);

/** One server or label selector in a request. */
export type ApplicationBody = z.infer<typeof applicationList>[number];

/** What a firewall's application is called in `action.resources`. */
export const resourcesOf = (
  application: Pick<FirewallApplication, 'type'> & { server?: number },
) =>
  application.type === 'server' && application.server !== undefined
    ? [{ type: 'server', id: application.server }]
    : [];

/** How an application is found again: `server:42` or `label_selector:role=web`. */
const applicationKey = (application: FirewallApplication) =>
  application.type === 'server'
    ? `server:${application.server}`
    : `label_selector:${application.selector}`;

const bodyKey = (body: ApplicationBody) =>
  body.type === 'server'
    ? `server:${body.server.id}`
    : `label_selector:${body.label_selector.selector}`;

/** The application that a request means, if the firewall has it. */
export const findApplication = (firewall: Firewall, body: ApplicationBody) =>
  firewall.appliedTo.find(
    application => applicationKey(application) === bodyKey(body),
  );

const keyArgs = z.object({ firewall: z.int(), key: z.string() });

const applyFirewall = defineEffect({
  name: 'apply_firewall',
  command: 'apply_firewall',
  latency: 'apply_firewall',
  args: keyArgs,
  succeed({ firewall, key }, { project }) {
    const application = project.firewalls
      .get(firewall)
      ?.appliedTo.find(candidate => applicationKey(candidate) === key);
    if (application) application.pending = false;
  },
  fail: ({ firewall, key }, { project }) => drop(project, firewall, key),
});

const removeFirewall = defineEffect({
  name: 'remove_firewall',
  command: 'remove_firewall',
  latency: 'remove_firewall',
  args: keyArgs,
  succeed: ({ firewall, key }, { project }) => drop(project, firewall, key),
});

function drop(project: Project, id_: number, key: string): void {
  const firewall = project.firewalls.get(id_);
  if (!firewall) return;
  firewall.appliedTo = firewall.appliedTo.filter(
    application => applicationKey(application) !== key,
  );
}

const start = (
  call: CallContext,
  effect: typeof applyFirewall,
  firewall: Firewall,
  application: FirewallApplication,
) =>
  call.start(
    effect,
    { firewall: firewall.id, key: applicationKey(application) },
    {
      resources: [
        ...resourcesOf(application),
        { type: 'firewall', id: firewall.id },
      ],
    },
  );

function newApplication(
  project: Project,
  firewall: Firewall,
  body: ApplicationBody,
): FirewallApplication {
  const isNew = !project.firewalls.has(firewall.id);
  if (findApplication(firewall, body)) {
    throw isNew && body.type === 'server'
      ? errors.serverAlreadyAdded()
      : errors.firewallAlreadyApplied();
  }
  if (body.type === 'label_selector') {
    const { selector: text } = body.label_selector;
    return { type: body.type, selector: text, pending: true, memberSince: {} };
  }
  const server = project.servers.get(body.server.id);
  if (!server) throw errors.firewallResourceNotFound(isNew ? 422 : 404);
  if (server.ipv4 === null && server.ipv6 === null)
    throw errors.privateNetOnlyServer();
  requireRoomForFirewalls(project, server.id, [firewall]);
  return { type: body.type, server: server.id, pending: true };
}

/**
 * Applies a firewall to servers and label selectors: checks all, then returns
 * what starts the actions.
 *
 * @throws ApiError when one of them cannot be; then none is
 */
export function apply(
  call: CallContext,
  firewall: Firewall,
  bodies: readonly ApplicationBody[],
): () => StoredAction[] {
  const checked: Firewall = { ...firewall, appliedTo: [...firewall.appliedTo] };
  const added = bodies.map(body => {
    const application = newApplication(call.project, checked, body);
    checked.appliedTo.push(application);
    return application;
  });
  return () =>
    added.map(application => {
      firewall.appliedTo.push(application);
      return start(call, applyFirewall, firewall, application);
    });
}

/** Starts the removal of an application. */
export const startRemoval = (
  call: CallContext,
  firewall: Firewall,
  application: FirewallApplication,
) => start(call, removeFirewall, firewall, application);
