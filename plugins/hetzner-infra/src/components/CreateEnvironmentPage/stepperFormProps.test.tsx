import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Wizard } from '../../__testUtils__/Wizard';
import plugin from '../../plugin';
import { FieldError } from './FieldError';
import { errorsByField } from './formProblems';
import type { StepperFormProps } from './stepperFormProps';

/** A step whose only field its own schema refuses, as does its validator. */
const open = (formProps: StepperFormProps) =>
  renderInTestApp(
    <Wizard
      fields={[
        {
          name: 'Refused',
          component: ({ rawErrors = [] }) => <p>{rawErrors.join(' ')}</p>,
          validation: (_value, { addError }) => addError('The validator’s.'),
        },
      ]}
      properties={{
        name: { type: 'string', minLength: 5, 'ui:field': 'Refused' },
      }}
      initial={{ name: 'shop' }}
      formProps={formProps}
    />,
    { features: [plugin] },
  );

const FORM_PROPS: StepperFormProps = {
  noHtml5Validate: true,
  noValidate: true,
  showErrorList: false,
  templates: { FieldErrorTemplate: FieldError },
};

describe('the stepper of the scaffolder', () => {
  it('hands errors on to its form, in the place of what its validators find', async () => {
    open({
      ...FORM_PROPS,
      extraErrors: errorsByField(
        [{ path: 'metadata.name', message: 'Another one has it.' }],
        ['name'],
      ),
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      /^Another one has it\.$/,
    );
    await userEvent.click(screen.getByRole('button', { name: 'Review' }));
    expect(await screen.findByRole('button', { name: 'Review' })).toBeEnabled();
    expect(screen.getByRole('alert')).toHaveTextContent(
      /^Another one has it\.$/,
    );
    expect(screen.queryByText(/The validator’s/)).not.toBeInTheDocument();
  });

  it('checks nothing itself, and lists nothing above the form', async () => {
    open({ ...FORM_PROPS, extraErrors: {} });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Review' }),
    );
    expect(await screen.findByRole('button', { name: 'Review' })).toBeEnabled();
    expect(screen.queryByText(/fewer than 5/)).not.toBeInTheDocument();
    expect(screen.queryByText(/The validator’s/)).not.toBeInTheDocument();
  });
});
