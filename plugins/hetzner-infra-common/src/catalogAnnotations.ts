/**
 * Annotation of catalog entities: the name of an environment. On an entity of
 * the environment itself it says which one it is or belongs to; on a component
 * it says where the component runs, several names separated by commas.
 */
export const ENVIRONMENT_ANNOTATION = 'xpeditis.com/environment';

/** Annotation of the entities of an environment: its id, which a later environment of the same name does not have. */
export const ENVIRONMENT_ID_ANNOTATION = 'xpeditis.com/environment-id';

/** The environments that an entity's annotations name, each once, in their order. */
export function annotatedEnvironments(
  annotations: Record<string, string> | undefined,
): string[] {
  const names = (annotations?.[ENVIRONMENT_ANNOTATION] ?? '')
    .split(',')
    .map(name => name.trim())
    .filter(name => name !== '');
  return [...new Set(names)];
}
