import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert } from '@backstage/ui';
import type { Quote } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { hetznerInfraTranslationRef } from '../../translation';

/** Code of the warnings about parts that are priced and not built. */
const NOT_CREATED = 'not-created';

/** What stands in the way first, then what to know. What this version does not create is said once for all. */
export function QuoteWarnings(props: { warnings: Quote['warnings'] }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const notCreated = props.warnings.filter(({ code }) => code === NOT_CREATED);
  const rest = props.warnings
    .filter(({ code }) => code !== NOT_CREATED)
    .sort((a, b) => Number(b.blocking) - Number(a.blocking));
  return (
    <>
      {rest.map(({ code, path, message, blocking }) => (
        <Alert
          key={`${code} ${path} ${message}`}
          role={blocking ? 'alert' : undefined}
          status={blocking ? 'danger' : 'warning'}
          icon
          title={blocking ? t('quote.blocked') : undefined}
          description={message}
        />
      ))}
      {notCreated.length > 0 && (
        <Alert
          status="info"
          icon
          title={t('create.panel.notBuilt')}
          description={notCreated
            .map(({ message }) => message.replace(/:.*$/, ''))
            .join(', ')}
        />
      )}
    </>
  );
}
