import { useApi } from '@backstage/frontend-plugin-api';
import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import {
  parseEnvironmentDocument,
  type DocumentProblem,
  type Quote,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { useEffect, useMemo, useRef } from 'react';
import {
  hetznerInfraApiRef,
  type HetznerInfraApi,
} from '../../api/HetznerInfraApi';
import type { InfraError } from '../../api/InfraError';
import type { EnvironmentForm } from '../../fields/environmentFromForm';
import { firstField } from './formProblems';

/** What a step has to know to let nobody go on with a mistake in it. */
export interface Gate {
  /** The fields of the step in view, from top to bottom. */
  fields: readonly string[];
  /** The document that a form describes. */
  describe: (form: EnvironmentForm) => object;
  /** What the form needs besides what its document says. */
  missing: (form: EnvironmentForm) => DocumentProblem[];
  /** Whether an environment that exists is changed. */
  isChange: boolean;
}

/** What the wizard reads of a refusal: that there is one. The words stand at the field already. */
const REFUSED = 'refused';

/**
 * Validates a step as a whole when somebody wants to go on: with the document's schema, then with
 * the backend, which knows what is sold and allowed. Focus goes to the first field that is wrong.
 * Every field of the wizard may be given it; it asks once for all of them.
 */
export function useStepGate(gate: Gate): CustomFieldValidator<unknown> {
  const api = useApi(hetznerInfraApiRef);
  const latest = useRef(gate);
  useEffect(() => {
    latest.current = gate;
  });
  return useMemo(() => {
    const asked = new WeakMap<object, Promise<boolean>>();
    return async (_value, field, { formData }) => {
      const answer = asked.get(formData) ?? isRefused(api, latest, formData);
      asked.set(formData, answer);
      if (await answer) field.addError(REFUSED);
    };
  }, [api]);
}

async function isRefused(
  api: HetznerInfraApi,
  latest: { current: Gate },
  form: EnvironmentForm,
): Promise<boolean> {
  const { describe, missing, isChange } = latest.current;
  const document = describe(form);
  const parsed = parseEnvironmentDocument(document);
  const own = [
    ...('problems' in parsed ? parsed.problems : []),
    ...missing(form),
  ];
  const problems =
    own.length > 0 ? own : await foundByBackend(api, document, isChange);
  const field = firstField(problems, latest.current.fields);
  if (field) focusField(field);
  return field !== undefined;
}

/** Nothing when it does not answer: nothing is ordered without a price in the end. */
function foundByBackend(
  api: HetznerInfraApi,
  document: object,
  isChange: boolean,
): Promise<DocumentProblem[]> {
  return api
    .quote(document, { intent: isChange ? undefined : 'create' })
    .then(obstaclesOf, (error: InfraError) => error.fields ?? []);
}

/** What a quote finds at a field and would refuse. */
export function obstaclesOf(quote: Quote | undefined): DocumentProblem[] {
  return (quote?.warnings ?? []).flatMap(({ blocking, path, message }) =>
    blocking && path ? [{ path, message }] : [],
  );
}

/** What takes the focus in a field, the wrong one first where there are several. */
const FOCUSABLE = [
  'input[aria-invalid="true"]',
  'textarea[aria-invalid="true"]',
  'input, textarea, button',
];

/** After the next drawing, which marks what is wrong and unfolds what was folded. */
function focusField(field: string): void {
  requestAnimationFrame(() => {
    const place = document.querySelector(`[data-field="${field}"]`);
    FOCUSABLE.map(found => place?.querySelector<HTMLElement>(found))
      .find(Boolean)
      ?.focus();
  });
}
