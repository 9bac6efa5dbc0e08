import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { FieldLabel, Select, Text } from '@backstage/ui';
import {
  makeFieldSchema,
  type FieldExtensionComponentProps,
} from '@backstage/plugin-scaffolder-react';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { useId, useState } from 'react';
import { hetznerInfraTranslationRef } from '../translation';
import { formatInstant } from '../ui/format';
import { useLocale } from '../ui/useLocale';
import { afterHours, localTime, instantOfLocalTime } from './expiry';
import styles from './fields.module.css';
import { frameOf } from './frame';
import { WizardSurface } from './WizardSurface';

/** Hours: a working day, a day, a week, a month. */
const SPANS = [8, 24, 168, 720] as const;

/** When the environment may go: never, after a while, or at a time. The value is ISO 8601 in UTC. */
export function ExpiryField(props: FieldExtensionComponentProps<string>) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const locale = useLocale();
  const timeId = useId();
  const descriptionId = useId();
  const { formData, onChange } = props;
  const frame = frameOf(props);
  const [choice, setChoice] = useState(formData ? 'time' : 'never');

  const choose = (next: string) => {
    setChoice(next);
    const hours = SPANS.find(span => String(span) === next);
    if (next === 'never') onChange(undefined);
    else if (hours) onChange(afterHours(hours, Date.now()));
    else onChange(formData ?? afterHours(SPANS[0], Date.now()));
  };
  return (
    <WizardSurface>
      <div>
        <Select
          label={frame.label}
          isDisabled={frame.isDisabled}
          isInvalid={frame.isInvalid}
          validationBehavior="aria"
          aria-describedby={descriptionId}
          value={formData ? choice : 'never'}
          onChange={key => key !== null && choose(String(key))}
          options={[
            { id: 'never', label: t('fields.expiry.never') },
            ...SPANS.map(hours => ({
              id: String(hours),
              label: t(`fields.expiry.in${hours}h`),
            })),
            { id: 'time', label: t('fields.expiry.time') },
          ]}
        />
        <Text
          as="p"
          id={descriptionId}
          variant="body-small"
          color="secondary"
          className={styles.description}
        >
          {formData
            ? t('fields.expiry.at', {
                at: formatInstant(locale, Date.parse(formData)),
              })
            : frame.description}
        </Text>
        {formData && choice === 'time' && (
          <div>
            <FieldLabel label={t('fields.expiry.time')} htmlFor={timeId} />
            <input
              id={timeId}
              type="datetime-local"
              className={styles.time}
              value={localTime(formData)}
              onChange={event => {
                const instant = instantOfLocalTime(event.target.value);
                if (instant) onChange(instant);
              }}
            />
          </div>
        )}
      </div>
    </WizardSurface>
  );
}

export const expiryField = createFormField({
  name: 'HetznerExpiry',
  component: ExpiryField,
  schema: makeFieldSchema({ output: z => z.string() }),
});
