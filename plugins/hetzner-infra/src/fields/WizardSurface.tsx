import { BgProvider } from '@backstage/ui';
import type { ReactNode } from 'react';

/** Tells BUI that it stands on the wizard's card, which does not say so itself; fields would vanish on it. */
export function WizardSurface(props: { children: ReactNode }) {
  return <BgProvider bg="neutral-1">{props.children}</BgProvider>;
}
