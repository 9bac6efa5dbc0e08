import type { Preset } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { EnvironmentForm } from '../../fields/environmentFromForm';

const KEY = 'hetzner-infra.create-environment';

/** A form that was begun, kept for a reload of this tab. Nothing in it is secret. */
interface Draft {
  preset: Preset;
  form: EnvironmentForm;
}

/** The form that was begun from a preset; undefined where there is none, or the browser keeps nothing. */
export function readDraft(preset: Preset): EnvironmentForm | undefined {
  try {
    const draft: Partial<Draft> | null = JSON.parse(
      sessionStorage.getItem(KEY) ?? 'null',
    );
    return draft?.preset === preset ? draft.form : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a form. A browser that refuses to keep it costs only the convenience. */
export function keepDraft(preset: Preset, form: EnvironmentForm): void {
  try {
    const draft: Draft = { preset, form };
    sessionStorage.setItem(KEY, JSON.stringify(draft));
  } catch {
    // Full, or forbidden in a private window.
  }
}

export function forgetDraft(): void {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // As above.
  }
}
