import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Preset } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { useCallback, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import {
  environmentFromForm,
  type EnvironmentForm,
} from '../../fields/environmentFromForm';
import { quotedPrice } from '../../fields/HetznerQuote/quotedPrice';
import { useLiveQuote } from '../../fields/HetznerQuote/useLiveQuote';
import { hetznerInfraTranslationRef } from '../../translation';
import styles from './CreateEnvironmentPage.module.css';
import { CreationContext } from './CreationContext';
import { forgetDraft, keepDraft, readDraft } from './draft';
import { EnvironmentWizard } from './EnvironmentWizard';
import { PresetPicker } from './PresetPicker';
import { presetForm, readPreset } from './presets';
import { PricePanel } from './PricePanel';
import { usePlannedTopology } from './usePlannedTopology';
import { obstaclesOf } from './useStepGate';
import { CREATE_TEMPLATE, useSubmission } from './useSubmission';

/** Form and panel side by side. The address names the preset; the tab keeps what was typed. */
export function CreateEnvironment(props: {
  takenNames: readonly string[];
  owner: string | undefined;
  connection: string;
  objectStorage: string | undefined;
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { takenNames, owner, connection, objectStorage } = props;
  const [search, setSearch] = useSearchParams();
  const preset = readPreset(search.get('preset'));
  const fresh = useCallback(
    (of: Preset, kept: EnvironmentForm = {}) =>
      presetForm(of, {
        takenNames,
        owner: kept.owner ?? owner,
        connection: kept.connection ?? connection,
        objectStorage: kept.objectStorage ?? objectStorage,
        now: Date.now(),
      }),
    [takenNames, owner, connection, objectStorage],
  );
  const [start, setStart] = useState(() => ({
    count: 0,
    form: readDraft(preset) ?? fresh(preset),
  }));
  const [form, setForm] = useState(start.form);
  const [fieldsInView, onFields] = useState<readonly string[]>([]);
  const submission = useSubmission({
    template: CREATE_TEMPLATE,
    step: 'create',
  });
  const { submit } = submission;
  const live = useLiveQuote(form);
  const topology = usePlannedTopology(live.environment);

  const begin = (next: EnvironmentForm) => {
    forgetDraft();
    setForm(next);
    setStart(({ count }) => ({ count: count + 1, form: next }));
  };
  const onForm = useCallback(
    (next: EnvironmentForm) => {
      setForm(next);
      keepDraft(preset, next);
    },
    [preset],
  );
  const { quote } = live;
  // What stands in the way at a field belongs there, like a mistake in it.
  const { problems: mistakes, isCurrent } = live;
  const problems = useMemo(
    () => [...mistakes, ...(isCurrent ? obstaclesOf(quote) : [])],
    [mistakes, isCurrent, quote],
  );
  const onCreate = useCallback(
    async (values: EnvironmentForm) => {
      if (!quote) return;
      const price = quotedPrice(quote, new Date().toISOString());
      if (await submit(values, { ...price })) forgetDraft();
    },
    [quote, submit],
  );
  const warnings = useMemo(() => quote?.warnings ?? [], [quote]);
  const context = useMemo(
    () => ({ problems, warnings, onForm, onFields }),
    [problems, warnings, onForm],
  );
  return (
    <CreationContext.Provider value={{ live, submission, fieldsInView }}>
      <div className={styles.layout}>
        <div className={styles.form}>
          <PresetPicker
            value={preset}
            onChange={next => {
              setSearch({ preset: next }, { replace: true });
              begin(fresh(next, form));
            }}
            onStartOver={() => begin(fresh(preset))}
          />
          <section className={styles.card} aria-label={t('create.form')}>
            <EnvironmentWizard
              key={start.count}
              initial={start.form}
              form={form}
              context={context}
              describe={environmentFromForm}
              fieldsInView={fieldsInView}
              onCreate={onCreate}
            />
          </section>
        </div>
        <PricePanel name={form.name ?? ''} topology={topology} />
      </div>
    </CreationContext.Provider>
  );
}
