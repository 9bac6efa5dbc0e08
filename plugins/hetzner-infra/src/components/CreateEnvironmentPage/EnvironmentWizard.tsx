import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  SecretsContextProvider,
  type FieldExtensionOptions,
} from '@backstage/plugin-scaffolder-react';
import {
  Stepper,
  useFilteredSchemaProperties,
  useTemplateParameterSchema,
} from '@backstage/plugin-scaffolder-react/alpha';
import { Skeleton } from '@backstage/ui';
import { useCallback, useMemo, type ComponentProps } from 'react';
import { ConnectionField } from '../../fields/ConnectionField';
import type { EnvironmentForm } from '../../fields/environmentFromForm';
import { ExpiryField } from '../../fields/ExpiryField';
import { LinesField } from '../../fields/LinesField';
import { LoadBalancerTypeField } from '../../fields/LoadBalancerTypeField';
import { LocationField } from '../../fields/LocationField';
import { OwnerField } from '../../fields/OwnerField';
import { PoolsField } from '../../fields/PoolsField';
import { ServerTypeField } from '../../fields/ServerTypeField';
import { WizardSurface } from '../../fields/WizardSurface';
import { hetznerInfraTranslationRef } from '../../translation';
import { ErrorPanel } from '../../ui/ErrorPanel';
import { EnvironmentStep, type StepContext } from './EnvironmentStep';
import { FieldError } from './FieldError';
import { errorsByField, missingOf } from './formProblems';
import { manifestOfPage } from './manifest';
import { ReviewStep } from './ReviewStep';
import type { StepperFormProps } from './stepperFormProps';
import { useStepGate } from './useStepGate';
import { CREATE_TEMPLATE } from './useSubmission';

/** The fields of the template, as its own wizard has them. */
const FIELDS: FieldExtensionOptions<any, any>[] = [
  { name: 'HetznerOwner', component: OwnerField },
  { name: 'HetznerConnection', component: ConnectionField },
  { name: 'HetznerLocation', component: LocationField },
  { name: 'HetznerExpiry', component: ExpiryField },
  { name: 'HetznerLines', component: LinesField },
  { name: 'HetznerPools', component: PoolsField },
  { name: 'HetznerServerType', component: ServerTypeField },
  { name: 'HetznerLoadBalancerType', component: LoadBalancerTypeField },
];

const UI_SCHEMA = { 'ui:ObjectFieldTemplate': EnvironmentStep };

const FORM_PROPS: StepperFormProps = {
  EXPERIMENTAL_theme: 'bui',
  noHtml5Validate: true,
  // The document's own schema says it better, and once.
  noValidate: true,
  showErrorList: false,
  templates: { FieldErrorTemplate: FieldError },
  uiSchema: UI_SCHEMA,
};

type StepperProps = ComponentProps<typeof Stepper>;

/** The scaffolder's wizard for the template, in three steps and a review of our own. */
export function EnvironmentWizard(props: {
  /** What the form begins with; another one needs another `key`. */
  initial: EnvironmentForm;
  /** What the form holds now. */
  form: EnvironmentForm;
  context: Omit<StepContext, 'formData'>;
  /** The document that a form describes. */
  describe: (form: EnvironmentForm) => object;
  /** The fields of the step in view. */
  fieldsInView: readonly string[];
  onCreate: (form: EnvironmentForm) => Promise<void>;
  /** The template whose fields it shows, and the last step; those of a creation unless given. */
  template?: string;
  review?: typeof ReviewStep;
}) {
  const { t } = useTranslationRef(hetznerInfraTranslationRef);
  const { initial, form, context, describe, fieldsInView, onCreate } = props;
  const { template = CREATE_TEMPLATE, review = ReviewStep } = props;
  const { loading, manifest, error } = useTemplateParameterSchema(template);
  const visible = useFilteredSchemaProperties(manifest);
  const shown = useMemo(
    () => visible && manifestOfPage(visible, t),
    [visible, t],
  );
  const missing = useCallback(
    (of: EnvironmentForm) =>
      missingOf(shown?.steps ?? [], of, [], t('create.missing')),
    [shown, t],
  );
  const gate = useStepGate({
    fields: fieldsInView,
    describe,
    missing,
    isChange: template !== CREATE_TEMPLATE,
  });
  const extensions = useMemo(
    () => FIELDS.map(field => ({ ...field, validation: gate })),
    [gate],
  );
  const { problems } = context;
  const errors = useMemo(
    () =>
      errorsByField(
        [
          ...problems,
          ...missingOf(shown?.steps ?? [], form, problems, t('create.missing')),
        ],
        fieldsInView,
      ),
    [problems, shown, form, fieldsInView, t],
  );
  const formProps: StepperFormProps = {
    ...FORM_PROPS,
    extraErrors: errors,
    formContext: context,
  };
  if (error) return <ErrorPanel title={t('create.formFailed')} error={error} />;
  if (loading || !shown) return <Skeleton height={620} />;
  return (
    <SecretsContextProvider>
      <WizardSurface>
        <Stepper
          manifest={shown}
          extensions={extensions}
          initialState={initial as StepperProps['initialState']}
          components={{ ReviewStepComponent: review }}
          formProps={formProps}
          onCreate={values => onCreate(values as EnvironmentForm)}
        />
      </WizardSurface>
    </SecretsContextProvider>
  );
}
