import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import {
  PRESETS,
  type Preset,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { hetznerInfraTranslationRef } from '../../translation';
import styles from './PresetPicker.module.css';

/** Where the form starts from. Choosing fills in the form anew; owner and project stay. */
export function PresetPicker(props: {
  value: Preset;
  onChange: (preset: Preset) => void;
  onStartOver: () => void;
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { value, onChange, onStartOver } = props;
  return (
    <div className={styles.presets}>
      <div className={styles.head}>
        <span id="create-presets" className={styles.label}>
          {t('create.preset.label')}
        </span>
        <Button variant="tertiary" size="small" onPress={onStartOver}>
          {t('create.startOver')}
        </Button>
      </div>
      <div
        role="radiogroup"
        className={styles.grid}
        aria-labelledby="create-presets"
      >
        {PRESETS.map(preset => (
          <label key={preset} className={styles.preset}>
            <input
              type="radio"
              name="preset"
              className={styles.radio}
              checked={preset === value}
              onChange={() => onChange(preset)}
              aria-describedby={`preset-${preset}`}
            />
            <span className={styles.name}>{t(`create.preset.${preset}`)}</span>
            <span id={`preset-${preset}`} className={styles.about}>
              {t(`create.presetAbout.${preset}`)}
            </span>
          </label>
        ))}
      </div>
    </div>
  );
}
