import { useApiHolder } from '@backstage/frontend-plugin-api';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { ChangeSignals, type Watcher } from './ChangeSignals';

const useSignalsOfApp = () =>
  ChangeSignals.of(useApiHolder().get(signalApiRef));

/** Whether changes arrive by themselves; poll slowly while they do not. */
export function useIsLive(): boolean {
  const signals = useSignalsOfApp();
  return useSyncExternalStore(signals.onLive, signals.isLive);
}

/** Reloads what is shown when the backend signals a change of it; undefined for what no signal makes old. */
export function useChangeSignals(watcher: Watcher | undefined): void {
  const signals = useSignalsOfApp();
  const latest = useRef(watcher);
  useEffect(() => {
    latest.current = watcher;
  });
  const key = watcher?.key;
  useEffect(
    () =>
      key === undefined
        ? undefined
        : signals.watch({
            key,
            concerns: signal => latest.current?.concerns(signal) ?? false,
            reload: async () => latest.current?.reload(),
          }),
    [signals, key],
  );
}
