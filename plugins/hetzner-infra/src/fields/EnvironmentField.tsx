import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  makeFieldSchema,
  type FieldExtensionComponentProps,
} from '@backstage/plugin-scaffolder-react';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { useEnvironments } from '../api/queries';
import { isProtected } from '../components/EnvironmentPage/protection';
import { hetznerInfraTranslationRef } from '../translation';
import { ChoiceField } from './ChoiceField';
import { frameOf } from './frame';
import { useEnvironmentSentence } from '../words/useStateSentence';

/** Chooses an environment that can be removed; the others say why they cannot. */
export function EnvironmentField(props: FieldExtensionComponentProps<string>) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { data, error, reload } = useEnvironments();
  const sentenceOf = useEnvironmentSentence();
  return (
    <ChoiceField
      frame={frameOf(props)}
      value={props.formData}
      onChange={props.onChange}
      choices={data
        ?.filter(({ state }) => state !== 'removed')
        .map(environment => {
          const { name, state } = environment;
          if (isProtected(environment)) {
            return {
              id: name,
              label: name,
              description: t('fields.environment.protected'),
              disabled: true,
            };
          }
          return {
            id: name,
            label: name,
            description: sentenceOf(environment),
            disabled: state === 'removing',
          };
        })}
      error={error}
      errorTitle={t('environments.failed')}
      onRetry={reload}
    />
  );
}

export const environmentField = createFormField({
  name: 'HetznerEnvironment',
  component: EnvironmentField,
  schema: makeFieldSchema({ output: z => z.string() }),
});
