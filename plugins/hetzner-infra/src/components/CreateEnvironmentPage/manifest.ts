import type { TranslationFunction } from '@backstage/frontend-plugin-api';
import type { TemplateParameterSchema } from '@backstage/plugin-scaffolder-react';
import type { JsonObject } from '@backstage/types';
import {
  FORM_FIELDS,
  type EnvironmentFormField,
} from '../../fields/environmentFromForm';
import type { hetznerInfraTranslationRef } from '../../translation';

type T = TranslationFunction<(typeof hetznerInfraTranslationRef)['T']>;

/** The parameter that the page fills in itself. */
const QUOTE = 'quote';

/** The parameter of the template of changes that says what was changed. */
const REVISION = 'revision';

/** What tells the steps of the template apart: a field of each. */
const STEPS = {
  name: 'name',
  expiresAt: 'name',
  poolMin: 'size',
  pools: 'size',
  edgeZone: 'data',
} as const;

/** Fields whose choices are words. */
const CHOICES = {
  protected: ['allowed', 'protected'],
  ssh: ['closed', 'open'],
  postgres: ['none', 'selfHosted', 'neon', 'external'],
  redis: ['none', 'selfHosted', 'upstash', 'external'],
} as const;

/** Which of the page's steps has these fields; undefined for one that the page does not know. */
export function stepOf(fields: readonly string[]) {
  return Object.entries(STEPS).find(([field]) => fields.includes(field))?.[1];
}

/**
 * The template's wizard as the page shows it: without the step for the price, which stands beside
 * it all the time, and in the reader's language. A field that the page does not know stays as it is.
 */
export function manifestOfPage(
  manifest: TemplateParameterSchema,
  t: T,
): TemplateParameterSchema {
  return {
    ...manifest,
    presentation: {
      ...manifest.presentation,
      buttonLabels: {
        backButtonText: t('create.back'),
        reviewButtonText: t('create.review'),
      },
    },
    steps: manifest.steps
      .filter(({ schema }) => !(QUOTE in propertiesOf(schema)))
      .map(step => {
        const properties = withoutGiven(propertiesOf(step.schema));
        const known = stepOf(Object.keys(properties));
        return {
          ...step,
          title: known ? t(`create.step.${known}`) : step.title,
          schema: {
            ...step.schema,
            required: requiredOf(step.schema, properties),
            properties: Object.fromEntries(
              Object.entries(properties).map(([name, property]) => [
                name,
                inWords(name, property, t),
              ]),
            ),
          },
        };
      }),
  };
}

function propertiesOf(schema: JsonObject): Record<string, JsonObject> {
  return (schema.properties ?? {}) as Record<string, JsonObject>;
}

/** Without what the page of a change knows from its address. */
function withoutGiven(properties: Record<string, JsonObject>) {
  if (!(REVISION in properties)) return properties;
  const { name: _, [REVISION]: __, ...rest } = properties;
  return rest;
}

function requiredOf(
  schema: JsonObject,
  properties: Record<string, JsonObject>,
): string[] {
  return ((schema.required ?? []) as string[]).filter(
    name => name in properties,
  );
}

function inWords(name: string, property: JsonObject, t: T): JsonObject {
  const field = FORM_FIELDS.find(known => known === name);
  if (!field) return property;
  const choices = CHOICES[field as keyof typeof CHOICES];
  return {
    ...property,
    title: t(`quote.field.${field}`),
    description: t(`create.about.${field satisfies EnvironmentFormField}`),
    // Each preset draws the form anew; who goes through them by arrow keys stays among them.
    'ui:autofocus': false,
    ...(choices && {
      enumNames: choices.map(choice => t(`create.choice.${choice}`)),
    }),
  };
}
