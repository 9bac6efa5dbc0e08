import {
  useAnalytics,
  useApi,
  useRouteRef,
} from '@backstage/frontend-plugin-api';
import { scaffolderApiRef } from '@backstage/plugin-scaffolder-react';
import type { JsonObject } from '@backstage/types';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { hetznerInfraApiRef } from '../../api/HetznerInfraApi';
import type { EnvironmentForm } from '../../fields/environmentFromForm';
import { operationRouteRef, scaffolderTaskRouteRef } from '../../routes';
import type { Failure } from '../../ui/ErrorPanel';
import { operationOfTask, UnknownOutcome } from './operationOfTask';

/** The template that creates environments, wherever somebody comes from. */
export const CREATE_TEMPLATE = 'template:default/create-environment';

/** An order: not given, on its way, refused, or lost sight of. */
export interface Submission {
  isPending: boolean;
  /** Why nothing was created. */
  error?: Failure;
  /** Whether the order may be carried out all the same: its task could not be followed to its end. */
  isUnknown?: boolean;
  /** The task, where its log tells more. */
  taskHref?: string;
}

/**
 * Orders what a template does, and leads to the operation.
 *
 * @param step - id of the template's step that asks for the operation
 */
export function useSubmission({
  template,
  step,
}: {
  template: string;
  step: string;
}): Submission & {
  /** Resolves to whether it was taken. */
  submit: (form: EnvironmentForm, quote: JsonObject) => Promise<boolean>;
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

  const wait = useRef<AbortController>();
  useEffect(() => () => wait.current?.abort(), []);

  const submit = useCallback(
    async (form: EnvironmentForm, quote: JsonObject) => {
      setSubmission({ isPending: true });
      const { signal } = (wait.current = new AbortController());
      let taskHref: string | undefined;
      try {
        const { taskId } = await scaffolder.scaffold({
          templateRef: template,
          values: {
            ...(form as Record<string, never>),
            quote,
          },
        });
        taskHref = taskRoute?.({ taskId });
        analytics.captureEvent('create', 'Task has been created');
        const id = await operationOfTask({
          taskId,
          environment: form.name!,
          step,
          scaffolder,
          infra,
          signal,
        });
        if (signal.aborted) return true;
        navigate(operationRoute!({ id }));
        return true;
      } catch (error) {
        // Nobody is there to be told, or to be led elsewhere.
        if (signal.aborted) return false;
        const { message, status, correlationId } = error as Failure;
        setSubmission({
          isPending: false,
          error: { message, status, correlationId },
          isUnknown: error instanceof UnknownOutcome,
          taskHref,
        });
        return false;
      }
    },
    [
      analytics,
      infra,
      navigate,
      operationRoute,
      scaffolder,
      step,
      taskRoute,
      template,
    ],
  );
  return { ...submission, submit };
}
