import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link, Skeleton, Text } from '@backstage/ui';
import type { Connection } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { useConnectionUsage } from '../../api/queries';
import { environmentRouteRef } from '../../routes';
import { hetznerInfraTranslationRef } from '../../translation';
import { Drawer } from '../../ui/Drawer';
import { ErrorPanel } from '../../ui/ErrorPanel';
import { KeyFacts } from '../../ui/KeyFacts';
import { Meter } from '../../ui/Meter';
import { RelativeTime } from '../../ui/RelativeTime';
import { EntityLink } from '../EntityLink';
import { useQuotaName } from '../../words/useQuotaName';
import { ConnectionState } from './ConnectionState';
import styles from './ConnectionsPage.module.css';

/** All that may be known about a connection: never its secrets. */
export function ConnectionDrawer(props: {
  connection: Connection | undefined;
  onClose: () => void;
}) {
  const { connection, onClose } = props;
  return (
    <Drawer
      isOpen={connection !== undefined}
      onClose={onClose}
      title={connection?.name ?? ''}
    >
      {connection && <ConnectionDetails connection={connection} />}
    </Drawer>
  );
}

function ConnectionDetails({ connection }: { connection: Connection }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const environmentPage = useRouteRef(environmentRouteRef);
  const { kind, owner, usableBy, origin, consoleProjectId, environments } =
    connection;
  return (
    <div className={styles.details}>
      <ConnectionState connection={connection} />
      <KeyFacts
        facts={[
          {
            label: t('connections.columns.kind'),
            value: t(`connectionKind.${kind}`),
          },
          {
            label: t('connections.columns.owner'),
            value: <EntityLink entityRef={owner} />,
          },
          {
            label: t('connections.columns.origin'),
            value: t(`connectionOrigin.${origin}`),
          },
          {
            label: t('connections.form.usableBy'),
            value:
              usableBy.length === 0 ? (
                t('connections.usableByPlatform')
              ) : (
                <span className={styles.environments}>
                  {usableBy.map(ref => (
                    <EntityLink key={ref} entityRef={ref} />
                  ))}
                </span>
              ),
          },
        ]}
      />
      {consoleProjectId && kind === 'hetzner' && (
        <Link
          href={`https://console.hetzner.com/projects/${consoleProjectId}`}
          target="_blank"
          rel="noreferrer"
        >
          {t('connections.console')}
        </Link>
      )}
      {kind === 'hetzner' && <Usage name={connection.name} />}
      <section>
        <Text as="h3" variant="body-medium" weight="bold">
          {t('connections.columns.environments')}
        </Text>
        {environments.length === 0 ? (
          <Text as="p" color="secondary">
            {t('connections.unused')}
          </Text>
        ) : (
          <span className={styles.environments}>
            {environments.map(name => (
              <Link key={name} href={environmentPage?.({ name })}>
                {name}
              </Link>
            ))}
          </span>
        )}
      </section>
    </div>
  );
}

/** How full the project is, and how much may still be asked of the provider. */
function Usage({ name }: { name: string }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const quotaName = useQuotaName();
  const { data, error, reload } = useConnectionUsage(name);
  return (
    <section>
      <Text as="h3" variant="body-medium" weight="bold">
        {t('connections.quota')}
      </Text>
      {error && !data && (
        <ErrorPanel
          title={t('connections.quotaFailed')}
          error={error}
          onRetry={reload}
        />
      )}
      {!data && !error && <Skeleton width="100%" height={220} />}
      {data?.quota.map(({ name: of, used, after, limit }) => (
        <Meter
          key={of}
          label={quotaName(of)}
          text={
            limit === undefined
              ? t('connections.quotaNoLimit', { used: String(used ?? '?') })
              : t('connections.quotaUsed', {
                  used: String(used ?? '?'),
                  limit: String(limit),
                })
          }
          used={used}
          after={after}
          limit={limit}
        />
      ))}
      {data?.requests && (
        <Meter
          label={t('connections.requests')}
          text={t('connections.requestsLeft', {
            remaining: String(data.requests.remaining),
            limit: String(data.requests.limit),
          })}
          used={data.requests.limit - data.requests.remaining}
          after={data.requests.limit - data.requests.remaining}
          limit={data.requests.limit}
        />
      )}
      {data?.requests?.pausedUntil && (
        <Text as="p" color="secondary">
          {t('connections.paused')}{' '}
          <RelativeTime at={data.requests.pausedUntil} />
        </Text>
      )}
    </section>
  );
}
