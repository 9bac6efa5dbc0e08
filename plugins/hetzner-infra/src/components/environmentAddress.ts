/** Query parameter of an environment's page that tells which one of all that had the name is meant. */
export const ENVIRONMENT_ID_PARAM = 'id';

/** The address of one environment and no other: a name can be used again after a removal. */
export function addressById(
  /** Address of the page of the name. */
  page: string | undefined,
  id: string,
): string | undefined {
  return (
    page && `${page}?${new URLSearchParams({ [ENVIRONMENT_ID_PARAM]: id })}`
  );
}
