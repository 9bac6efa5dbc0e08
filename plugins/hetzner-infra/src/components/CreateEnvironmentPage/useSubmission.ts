import {
  useAnalytics,
  useApi,
  useRouteRef,
} from '@backstage/frontend-plugin-api';
import { scaffolderApiRef } from '@backstage/plugin-scaffolder-react';
import type { Quote } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { useCallback, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { hetznerInfraApiRef } from '../../api/HetznerInfraApi';
import type { EnvironmentForm } from '../../fields/environmentFromForm';
import { quotedPrice } from '../../fields/HetznerQuote/quotedPrice';
import { operationRouteRef, scaffolderTaskRouteRef } from '../../routes';
import type { Failure } from '../../ui/ErrorPanel';
import { forgetDraft } from './draft';
import { operationOfTask } from './operationOfTask';

/** The template that creates environments, wherever somebody comes from. */
export const TEMPLATE_REF = 'template:default/create-environment';

/** An order: not given, on its way, or refused. */
export interface Submission {
  isPending: boolean;
  /** Why nothing was created. */
  error?: Failure;
  /** The task that failed, where its log tells more. */
  taskHref?: string;
}

/** Orders an environment through the template and leads to the operation. */
export function useSubmission(): Submission & {
  submit: (form: EnvironmentForm, quote: Quote) => Promise<void>;
} {
  const scaffolder = useApi(scaffolderApiRef);
  const infra = useApi(hetznerInfraApiRef);
  const operationRoute = useRouteRef(operationRouteRef);
  const taskRoute = useRouteRef(scaffolderTaskRouteRef);
  const navigate = useNavigate();
  const analytics = useAnalytics();
  const [submission, setSubmission] = useState<Submission>({
    isPending: false,
  });

  const submit = useCallback(
    async (form: EnvironmentForm, quote: Quote) => {
      setSubmission({ isPending: true });
      let taskHref: string | undefined;
      try {
        const { taskId } = await scaffolder.scaffold({
          templateRef: TEMPLATE_REF,
          values: {
            ...(form as Record<string, never>),
            quote: { ...quotedPrice(quote, new Date().toISOString()) },
          },
        });
        taskHref = taskRoute?.({ taskId });
        analytics.captureEvent('create', 'Task has been created');
        const id = await operationOfTask({
          taskId,
          environment: form.name!,
          scaffolder,
          infra,
        });
        forgetDraft();
        navigate(operationRoute!({ id }));
      } catch (error) {
        const { message, status, correlationId } = error as Failure;
        setSubmission({
          isPending: false,
          error: { message, status, correlationId },
          taskHref,
        });
      }
    },
    [analytics, infra, navigate, operationRoute, scaffolder, taskRoute],
  );
  return { ...submission, submit };
}
