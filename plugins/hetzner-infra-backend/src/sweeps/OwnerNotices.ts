import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { StoredEnvironment } from '../environments/EnvironmentStore';

/** What an owner is told of an environment. */
export type OwnerNotice = {
  title: string;
  description: string;
  severity: 'critical' | 'high' | 'normal' | 'low';
  /** A later notice of the same subject takes the place of the one before. */
  subject: 'drift' | 'expiry';
};

/** Tells the owners of environments, through the notifications plugin. */
export class OwnerNotices {
  constructor(private readonly notifications: NotificationService) {}

  /** @throws Error when the notifications plugin does not take it */
  async tell(
    { id, name, owner }: Pick<StoredEnvironment, 'id' | 'name' | 'owner'>,
    { subject, ...notice }: OwnerNotice,
  ): Promise<void> {
    await this.notifications.send({
      recipients: { type: 'entity', entityRef: owner },
      payload: {
        ...notice,
        link: `/hetzner/environments/${name}`,
        topic: 'environments',
        scope: `${subject}:${id}`,
      },
    });
  }
}
