/** What a gateway in front of the API answers when it has no answer from it. */
export const gatewayPage = (status: number, reason: string): string =>
  `<html><head><title>${status} ${reason}</title></head><body><h1>${status} ${reason}</h1></body></html>`;
