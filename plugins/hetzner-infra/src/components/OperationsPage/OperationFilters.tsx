import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Select } from '@backstage/ui';
import { useEnvironments } from '../../api/queries';
import { hetznerInfraTranslationRef } from '../../translation';
import { GOALS, STATES, type OperationsFilter } from './operationsFilter';
import styles from './OperationsList.module.css';

const ANY = 'any';

/** Narrows the list of operations; by environment only where there are several. */
export function OperationFilters(props: {
  filter: OperationsFilter;
  withEnvironment?: boolean;
  onChange: (change: Partial<OperationsFilter>) => void;
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { filter, onChange } = props;
  return (
    <div className={styles.filters}>
      <Select
        size="small"
        label={t('operations.columns.state')}
        value={filter.state ?? ANY}
        onChange={value =>
          onChange({ state: STATES.find(state => state === value) })
        }
        options={[
          { value: ANY, label: t('operations.anyState') },
          ...STATES.map(state => ({
            value: state,
            label: t(`operationState.${state}`),
          })),
        ]}
      />
      <Select
        size="small"
        label={t('operations.goal.label')}
        value={filter.goal ?? ANY}
        onChange={value =>
          onChange({ goal: GOALS.find(goal => goal === value) })
        }
        options={[
          { value: ANY, label: t('operations.goal.any') },
          ...GOALS.map(goal => ({
            value: goal,
            label: t(`operations.goal.${goal}`),
          })),
        ]}
      />
      {props.withEnvironment && (
        <EnvironmentChoice
          value={filter.environment}
          onChange={environment => onChange({ environment })}
        />
      )}
    </div>
  );
}

function EnvironmentChoice(props: {
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { value, onChange } = props;
  const { data = [] } = useEnvironments();
  const names = new Set(data.map(({ name }) => name));
  // Of one that was removed, the address may hold the id.
  if (value) names.add(value);
  return (
    <Select
      size="small"
      searchable
      searchPlaceholder={t('operations.searchEnvironment')}
      label={t('operations.columns.environment')}
      value={value ?? ANY}
      onChange={chosen => onChange(chosen === ANY ? undefined : String(chosen))}
      options={[
        { value: ANY, label: t('operations.anyEnvironment') },
        ...[...names].sort().map(name => ({ value: name, label: name })),
      ]}
    />
  );
}
