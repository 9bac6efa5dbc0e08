import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import type { FieldFrame } from './ChoiceField';
import type { EnvironmentForm } from './environmentFromForm';

/** Reads label, description and state of a field from what the wizard gives. The wizard itself draws the errors. */
export function frameOf(props: FieldExtensionComponentProps<any>): FieldFrame {
  const { schema, uiSchema, name, idSchema, rawErrors } = props;
  return {
    label: uiSchema['ui:title'] ?? schema.title ?? name,
    description: uiSchema['ui:description'] ?? schema.description,
    isRequired: props.required,
    isDisabled: props.disabled,
    isInvalid: rawErrors?.length > 0,
    errorId: `${idSchema?.$id}__error`,
  };
}

/** What the whole wizard holds so far, all its steps together. */
export function wholeForm(
  props: FieldExtensionComponentProps<any>,
): EnvironmentForm & Record<string, unknown> {
  return props.formContext?.formData ?? {};
}
