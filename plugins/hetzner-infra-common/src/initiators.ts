/** Initiator of a removal that the portal itself asked for, because the time of the environment was over. */
export const EXPIRY_INITIATOR = 'plugin:hetzner-infra/expiry';
