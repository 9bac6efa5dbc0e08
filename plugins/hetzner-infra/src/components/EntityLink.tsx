import { parseEntityRef } from '@backstage/catalog-model';
import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import { EXPIRY_INITIATOR } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { catalogEntityRouteRef } from '../routes';
import { hetznerInfraTranslationRef } from '../translation';

/** Kinds that the catalog has a page for; services that act, such as `plugin:scaffolder`, have none. */
const KINDS_WITH_PAGE = ['group', 'user'];

/** A group, person or service (entity reference) by name, leading to its page where there is one. */
export function EntityLink({ entityRef }: { entityRef: string }) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const entityPage = useRouteRef(catalogEntityRouteRef);
  if (entityRef === EXPIRY_INITIATOR) {
    return <span title={entityRef}>{t('expiry.initiator')}</span>;
  }
  const entity = readEntityRef(entityRef);
  const href =
    entity &&
    KINDS_WITH_PAGE.includes(entity.kind) &&
    entityPage &&
    entityPage(entity);
  const label = entity ? entity.label : entityRef;
  return href ? (
    <Link href={href} title={entityRef}>
      {label}
    </Link>
  ) : (
    <span title={entityRef}>{label}</span>
  );
}

function readEntityRef(entityRef: string) {
  try {
    const { kind, namespace, name } = parseEntityRef(entityRef);
    return {
      kind: kind.toLowerCase(),
      namespace,
      name,
      label: namespace === 'default' ? name : `${namespace}/${name}`,
    };
  } catch {
    return undefined;
  }
}
