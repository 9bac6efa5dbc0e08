import type {
  FormProps,
  ScaffolderRJSFFormProps,
} from '@backstage/plugin-scaffolder-react';

/**
 * What the wizard tells its form. The stepper takes more than its own type names: all of `formProps` but
 * `formContext`, `uiSchema`, `liveOmit` and `omitExtraData` it hands on to its form, over what it sets itself
 * (@backstage/plugin-scaffolder-react 2.1, `restFormProps` in Stepper.tsx). The four more are what we depend on:
 * `extraErrors` stand in the place of what its validators found, so that a problem has its own words and comes and
 * goes with the price, not with Next; the others leave the checking to the document's schema.
 */
export type StepperFormProps = FormProps &
  Pick<
    ScaffolderRJSFFormProps,
    'extraErrors' | 'noValidate' | 'showErrorList' | 'templates'
  >;
