/**
 * The id under which a step of a scaffolder task asks for an environment. A task that is recovered
 * asks again with the same id and gets the same operation, and whoever knows the task finds the
 * operation by it. The environment is part of it, because a step with `each` asks for several.
 */
export function taskRequestId(
  taskId: string,
  stepId: string | undefined,
  environment: string,
): string {
  return [taskId, stepId, environment].filter(Boolean).join(':');
}
