import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { SearchField, Select, useBreakpoint } from '@backstage/ui';
import type { Environment } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { useMemo } from 'react';
import { hetznerInfraTranslationRef } from '../../translation';
import {
  SORT_COLUMNS,
  STATE_ORDER,
  type EnvironmentFilter,
} from './environmentFilter';
import styles from './EnvironmentsPage.module.css';

const ANY = 'any';

/** Narrows the list by name, state, owner and location; on a phone it also orders it, which has no column heads. */
export function EnvironmentFilters(props: {
  environments: readonly Environment[] | undefined;
  filter: EnvironmentFilter;
  onChange: (change: Partial<EnvironmentFilter>) => void;
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const isPhone = useBreakpoint().breakpoint === 'initial';
  const { environments, filter, onChange } = props;
  const owners = useChoices(environments, 'owner', filter.owner);
  const locations = useChoices(environments, 'location', filter.location);
  const connections = useChoices(environments, 'connection', filter.connection);
  const chosen = (value: unknown) =>
    value === ANY ? undefined : String(value);
  return (
    <div className={styles.filters}>
      <SearchField
        size="small"
        label={t('environments.search')}
        placeholder={t('environments.searchFor')}
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
        onChange={value => onChange({ owner: chosen(value) })}
        options={[
          { value: ANY, label: t('environments.anyOwner') },
          ...owners.map(value => ({
            value,
            label: value.replace(/^group:default\//, ''),
          })),
        ]}
      />
      <Select
        size="small"
        label={t('environments.columns.location')}
        value={filter.location ?? ANY}
        onChange={value => onChange({ location: chosen(value) })}
        options={[
          { value: ANY, label: t('environments.anyLocation') },
          ...locations.map(value => ({ value, label: value })),
        ]}
      />
      {/* One for all is the rule, so it is asked for only where there are more. */}
      {(connections.length > 1 || filter.connection) && (
        <Select
          size="small"
          label={t('environments.connection')}
          value={filter.connection ?? ANY}
          onChange={value => onChange({ connection: chosen(value) })}
          options={[
            { value: ANY, label: t('environments.anyConnection') },
            ...connections.map(value => ({ value, label: value })),
          ]}
        />
      )}
      {isPhone && (
        <Select
          size="small"
          label={t('environments.sort')}
          value={filter.sort.column}
          onChange={value => {
            const column = SORT_COLUMNS.find(known => known === value);
            if (column) onChange({ sort: { ...filter.sort, column } });
          }}
          options={SORT_COLUMNS.map(column => ({
            value: column,
            label: t(`environments.sortBy.${column}`),
          }))}
        />
      )}
    </div>
  );
}

/** Values that the list has, and the one that the address asks for. */
function useChoices(
  environments: readonly Environment[] | undefined,
  field: 'owner' | 'location' | 'connection',
  current: string | undefined,
): string[] {
  return useMemo(() => {
    const values = new Set(environments?.map(of => of[field]));
    if (current) values.add(current);
    return [...values].sort();
  }, [environments, field, current]);
}
