import { InputError } from '@backstage/errors';
import type { FieldError } from '@xpeditis/backstage-plugin-hetzner-infra-common';

/** A 400 that says what is wrong where, so that a page can show it beside the field. */
export class InvalidInputError extends InputError {
  constructor(message: string, readonly fields: FieldError[]) {
    super(message);
    this.name = 'InputError';
  }
}
