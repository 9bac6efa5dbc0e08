import { randomBytes } from 'node:crypto';

/**
 * A root password, as the provider makes one for a server without SSH key. It
 * is told once and kept nowhere.
 */
export const rootPassword = () => randomBytes(15).toString('base64url');
