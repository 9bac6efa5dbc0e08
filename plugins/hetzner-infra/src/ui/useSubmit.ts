import { useCallback, useState } from 'react';
import type { InfraError } from '../api/InfraError';

/** One call that a button makes: whether it is under way, and why the last one failed. */
export function useSubmit(call: () => Promise<void>) {
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<InfraError>();
  const submit = useCallback(async () => {
    setPending(true);
    setError(undefined);
    try {
      await call();
    } catch (reason) {
      setError(reason as InfraError);
    } finally {
      setPending(false);
    }
  }, [call]);
  return { submit, isPending, error };
}
