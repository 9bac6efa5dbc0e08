import {
  useAnalytics,
  useApi,
  useRouteRef,
} from '@backstage/frontend-plugin-api';
import { scaffolderApiRef } from '@backstage/plugin-scaffolder-react';
import type { JsonObject } from '@backstage/types';
import { useCallback, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { hetznerInfraApiRef } from '../../api/HetznerInfraApi';
import type { EnvironmentForm } from '../../fields/environmentFromForm';
import { operationRouteRef, scaffolderTaskRouteRef } from '../../routes';
import type { Failure } from '../../ui/ErrorPanel';
import { operationOfTask } from './operationOfTask';

/** The template that creates environments, wherever somebody comes from. */
export const CREATE_TEMPLATE = 'template:default/create-environment';

/** An order: not given, on its way, or refused. */
export interface Submission {
  isPending: boolean;
  /** Why nothing was created. */
  error?: Failure;
  /** The task that failed, where its log tells more. */
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

  const submit = useCallback(
    async (form: EnvironmentForm, quote: JsonObject) => {
      setSubmission({ isPending: true });
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
        });
        navigate(operationRoute!({ id }));
        return true;
      } catch (error) {
        const { message, status, correlationId } = error as Failure;
        setSubmission({
          isPending: false,
          error: { message, status, correlationId },
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
