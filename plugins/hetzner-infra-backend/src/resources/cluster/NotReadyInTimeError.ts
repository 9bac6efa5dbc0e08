import {
  inEnglish,
  phrase,
  type Phrase,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { CloudError } from '../../clouds/CloudError';

/** A part of a cluster did not become ready in time. Carries why, in words for every language. */
export class NotReadyInTimeError extends CloudError {
  readonly phrases: Phrase[];

  constructor(what: string, seconds: number, diagnosis: readonly Phrase[]) {
    const phrases = [
      phrase(
        'not-ready-in-time',
        { seconds },
        `It was not ready within ${seconds} s.`,
      ),
      ...diagnosis,
    ];
    super({
      code: 'not_ready_in_time',
      message: inEnglish(phrases),
      outcome: 'refused',
      operation: { method: 'GET', path: what },
    });
    this.phrases = phrases;
  }
}
