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
    const asked = new Map<object, Promise<boolean>>();
    const ask = (form: EnvironmentForm) => {
      const answer = isRefused(api, latest, form).finally(() => {
        // All fields of one press are told in the same turn; the next press asks anew.
        setTimeout(() => asked.delete(form));
      });
      asked.set(form, answer);
      return answer;
    };
    return async (_value, field, { formData }) => {
      if (await (asked.get(formData) ?? ask(formData))) field.addError(REFUSED);
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

/** What is marked as wrong in a field and takes the focus: an input, else the button of a choice. */
const WRONG = [
  'input[aria-invalid="true"], textarea[aria-invalid="true"]',
  '[data-invalid="true"] button',
];

/** Drawings within which what is wrong is marked: the live price finds it after a pause in typing. */
const MOST_DRAWINGS = 120;

/** Goes to what is wrong in a field as soon as it is marked and unfolded; to the field when nothing is. */
function focusField(field: string, drawings = MOST_DRAWINGS): void {
  requestAnimationFrame(() => {
    const place = document.querySelector(`[data-field="${field}"]`);
    const wrong = WRONG.map(marked =>
      place?.querySelector<HTMLElement>(marked),
    ).find(Boolean);
    if (!wrong && drawings > 0) {
      focusField(field, drawings - 1);
      return;
    }
    (
      wrong ?? place?.querySelector<HTMLElement>('input, textarea, button')
    )?.focus();
  });
}
