import { Stepper } from '@backstage/plugin-scaffolder-react/alpha';
import type { FieldExtensionOptions } from '@backstage/plugin-scaffolder-react';
import type { JsonObject } from '@backstage/types';
import type { ComponentProps } from 'react';

/** The scaffolder's own wizard with these fields: one step with these parameters, then the review. */
export function Wizard(props: {
  fields: FieldExtensionOptions<any, any>[];
  properties: JsonObject;
  initial?: Record<string, any>;
  required?: string[];
  formProps?: ComponentProps<typeof Stepper>['formProps'];
}) {
  return (
    <Stepper
      manifest={{
        title: 'A template',
        steps: [
          {
            title: 'The step',
            schema: {
              type: 'object',
              required: props.required ?? [],
              properties: props.properties,
            },
          },
        ],
      }}
      extensions={props.fields}
      initialState={props.initial ?? {}}
      formProps={props.formProps}
      onCreate={async () => {}}
    />
  );
}
