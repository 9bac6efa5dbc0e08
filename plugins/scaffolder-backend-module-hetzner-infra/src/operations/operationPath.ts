/** Path of an operation's page in the portal. */
export const operationPath = (id: string) => `/hetzner/operations/${id}`;
