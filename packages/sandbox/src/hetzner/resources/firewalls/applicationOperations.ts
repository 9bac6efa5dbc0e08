import { z } from 'zod';
import { actionAnswer } from '../../actions/action';
import { startedAll } from '../../actions/actionOperations';
import { errors } from '../../errors';
import { Operation, operation } from '../../operation';
import { found } from '../../reference';
import {
  ApplicationBody,
  applicationList,
  apply,
  findApplication,
  startRemoval,
} from './application';
import type { Firewall } from './firewall';

const answer = z.object({ actions: z.array(actionAnswer) });

/** The application that a request wants to end. */
function presentApplication(firewall: Firewall, body: ApplicationBody) {
  const application = findApplication(firewall, body);
  if (application) return application;
  const bySelector =
    body.type === 'server' &&
    firewall.appliedTo.some(
      other =>
        other.type === 'label_selector' &&
        Object.hasOwn(other.memberSince, body.server.id),
    );
  throw bySelector
    ? errors.firewallManagedByLabelSelector()
    : errors.firewallResourceNotFound(404);
}

/** Where a firewall is in force. */
export const firewallApplicationOperations: Operation[] = [
  operation('POST /firewalls/{id}/actions/apply_to_resources', {
    status: 201,
    body: z.object({ apply_to: applicationList.min(1) }),
    answer,
    handle(call) {
      const firewall = found(call.project.firewalls, 'firewall', call.id);
      const actions = apply(call, firewall, call.body.apply_to);
      return { actions: startedAll(actions(), call) };
    },
  }),
  operation('POST /firewalls/{id}/actions/remove_from_resources', {
    status: 201,
    body: z.object({ remove_from: applicationList.min(1) }),
    answer,
    handle(call) {
      const firewall = found(call.project.firewalls, 'firewall', call.id);
      const applications = call.body.remove_from.map(body =>
        presentApplication(firewall, body),
      );
      const actions = applications.map(application =>
        startRemoval(call, firewall, application),
      );
      return { actions: startedAll(actions, call) };
    },
  }),
];
