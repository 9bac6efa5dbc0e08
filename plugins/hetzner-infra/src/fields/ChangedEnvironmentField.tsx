import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  makeFieldSchema,
  type FieldExtensionComponentProps,
} from '@backstage/plugin-scaffolder-react';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { useEnvironments } from '../api/queries';
import { isBusy } from '../components/EnvironmentHealth/findings';
import { hetznerInfraTranslationRef } from '../translation';
import { formOfEnvironment } from './changedEnvironment';
import { ChoiceField } from './ChoiceField';
import { frameOf } from './frame';
import { useEnvironmentSentence } from '../words/useStateSentence';

/**
 * Chooses the environment that is changed. A field can set only its own value,
 * so the wizard begins anew with all fields filled in.
 */
export function ChangedEnvironmentField(
  props: FieldExtensionComponentProps<string>,
) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { data, error, reload } = useEnvironments();
  const sentenceOf = useEnvironmentSentence();
  return (
    <ChoiceField
      frame={frameOf(props)}
      value={props.formData}
      onChange={name => {
        const environment = data?.find(known => known.name === name);
        if (environment) beginWith(formOfEnvironment(environment));
      }}
      choices={data
        ?.filter(({ state }) => state !== 'removed')
        .map(environment => ({
          id: environment.name,
          label: environment.name,
          description: sentenceOf(environment),
          disabled: isBusy(environment),
        }))}
      error={error}
      errorTitle={t('environments.failed')}
      onRetry={reload}
    />
  );
}

function beginWith(form: object) {
  const formData = JSON.stringify(form);
  window.location.search = `${new URLSearchParams({ formData })}`;
}

export const changedEnvironmentField = createFormField({
  name: 'HetznerChangedEnvironment',
  component: ChangedEnvironmentField,
  schema: makeFieldSchema({ output: z => z.string() }),
});
