import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

/**
 * One query parameter of the URL as state. Setting it is a step that the browser's Back undoes;
 * clearing it is not, so that Back never opens again what was closed.
 */
export function useSearchParam(
  name: string,
): [string | undefined, (value: string | undefined) => void] {
  const [params, setParams] = useSearchParams();
  const set = useCallback(
    (value: string | undefined) =>
      setParams(
        before => {
          const after = new URLSearchParams(before);
          if (value) after.set(name, value);
          else after.delete(name);
          return after;
        },
        { replace: !value, preventScrollReset: true },
      ),
    [name, setParams],
  );
  return [params.get(name) ?? undefined, set];
}
