import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  makeFieldSchema,
  type FieldExtensionComponentProps,
} from '@backstage/plugin-scaffolder-react';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { Button, NumberField, Text, TextField } from '@backstage/ui';
import { RiAddLine, RiDeleteBinLine } from '@remixicon/react';
import { useId } from 'react';
import { hetznerInfraTranslationRef } from '../translation';
import type { PoolForm } from './environmentFromForm';
import { frameOf } from './frame';
import styles from './PoolsField.module.css';
import { ServerTypeField } from './ServerTypeField';
import { WizardSurface } from './WizardSurface';

/** What is wrong with the parts of a pool, as the wizard hands it to the field. */
type PoolErrors = Partial<Record<keyof PoolForm, { __errors?: string[] }>>;

/** The pools of workers: each with name, server type and bounds. A pool can come and go. */
export function PoolsField(props: FieldExtensionComponentProps<PoolForm[]>) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { formData: pools = [], onChange } = props;
  const { label, description } = frameOf(props);
  const id = useId();
  const errorOf = (index: number, part: keyof PoolForm) => {
    const pool = (props.errorSchema as PoolErrors[] | undefined)?.[index];
    const errors = pool?.[part]?.__errors ?? [];
    return errors.length > 0 ? errors.join(' ') : undefined;
  };
  const set = (index: number, change: PoolForm) =>
    onChange(
      pools.map((pool, at) => (at === index ? { ...pool, ...change } : pool)),
    );
  return (
    <WizardSurface>
      <div role="group" aria-labelledby={id} className={styles.pools}>
        <Text as="p" id={id} variant="body-medium" weight="bold">
          {label}
        </Text>
        <Text as="p" variant="body-small" color="secondary">
          {description}
        </Text>
        {pools.map((pool, index) => (
          <fieldset
            // A pool has no other name than the one that is typed here.
            // eslint-disable-next-line react/no-array-index-key
            key={index}
            className={styles.pool}
            aria-label={t('fields.pools.pool', { name: pool.name ?? '' })}
          >
            <TextField
              label={t('fields.pools.name')}
              isRequired
              validationBehavior="aria"
              {...errorProps(errorOf(index, 'name'))}
              value={pool.name ?? ''}
              onChange={name => set(index, { name })}
            />
            <ServerTypeField
              {...({
                ...props,
                schema: { title: t('fields.pools.serverType') },
                uiSchema: {},
                rawErrors: [errorOf(index, 'serverType')].filter(Boolean),
                idSchema: { $id: `${id}-${index}` },
                required: true,
                formData: pool.serverType,
                onChange: (serverType: string) => set(index, { serverType }),
              } as unknown as FieldExtensionComponentProps<string>)}
            />
            {errorOf(index, 'serverType') && (
              <p id={`${id}-${index}__error`} className={styles.error}>
                {errorOf(index, 'serverType')}
              </p>
            )}
            <div className={styles.bounds}>
              {(['min', 'max'] as const).map(bound => (
                <NumberField
                  key={bound}
                  label={t(`fields.pools.${bound}`)}
                  validationBehavior="aria"
                  {...errorProps(errorOf(index, bound))}
                  value={pool[bound] ?? NaN}
                  onChange={value =>
                    set(index, {
                      [bound]: Number.isNaN(value) ? undefined : value,
                    })
                  }
                />
              ))}
            </div>
            <Button
              variant="tertiary"
              size="small"
              iconStart={<RiDeleteBinLine />}
              isDisabled={pools.length === 1}
              onPress={() => onChange(pools.filter((_, at) => at !== index))}
            >
              {t('fields.pools.remove', { name: pool.name ?? '' })}
            </Button>
          </fieldset>
        ))}
        <Button
          variant="secondary"
          size="small"
          className={styles.add}
          iconStart={<RiAddLine />}
          onPress={() => onChange([...pools, newPool(pools)])}
        >
          {t('fields.pools.add')}
        </Button>
      </div>
    </WizardSurface>
  );
}

/** A field of BUI that says what is wrong with it, if anything is. */
function errorProps(error: string | undefined) {
  return { validate: () => error ?? null };
}

/** A pool like the last one, under a name that is free. */
function newPool(pools: readonly PoolForm[]): PoolForm {
  const taken = pools.map(({ name }) => name);
  let number = pools.length + 1;
  while (taken.includes(`pool-${number}`)) number += 1;
  return {
    name: `pool-${number}`,
    serverType: pools.at(-1)?.serverType,
    min: 1,
    max: 1,
  };
}

export const poolsField = createFormField({
  name: 'HetznerPools',
  component: PoolsField,
  schema: makeFieldSchema({
    output: z =>
      z.array(
        z.object({
          name: z.string().optional(),
          serverType: z.string().optional(),
          min: z.number().optional(),
          max: z.number().optional(),
        }),
      ),
  }),
});
