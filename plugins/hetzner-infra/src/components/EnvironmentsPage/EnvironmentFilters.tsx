import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { SearchField, Select } from '@backstage/ui';
import type { Environment } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { hetznerInfraTranslationRef } from '../../translation';
import { STATE_ORDER, type EnvironmentFilter } from './environmentFilter';
import styles from './EnvironmentsPage.module.css';

const ANY = 'any';

/** Narrows the list by name, state and owner. */
export function EnvironmentFilters(props: {
  environments: readonly Environment[] | undefined;
  filter: EnvironmentFilter;
  onChange: (change: Partial<EnvironmentFilter>) => void;
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { environments = [], filter, onChange } = props;
  const owners = new Set(environments.map(({ owner }) => owner));
  if (filter.owner) owners.add(filter.owner);
  return (
    <div className={styles.filters}>
      <SearchField
        size="small"
        label={t('environments.search')}
        value={filter.search}
        onChange={search => onChange({ search })}
      />
      <Select
        size="small"
        label={t('environments.columns.state')}
        value={filter.state ?? ANY}
        onChange={value =>
          onChange({ state: STATE_ORDER.find(state => state === value) })
        }
        options={[
          { value: ANY, label: t('environments.anyState') },
          ...STATE_ORDER.map(state => ({
            value: state,
            label: t(`environmentState.${state}`),
          })),
        ]}
      />
      <Select
        size="small"
        label={t('environments.columns.owner')}
        value={filter.owner ?? ANY}
        onChange={value =>
          onChange({ owner: value === ANY ? undefined : String(value) })
        }
        options={[
          { value: ANY, label: t('environments.anyOwner') },
          ...[...owners].sort().map(owner => ({ value: owner, label: owner })),
        ]}
      />
    </div>
  );
}
