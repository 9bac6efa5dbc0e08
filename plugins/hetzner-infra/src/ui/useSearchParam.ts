import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

/**
 * One query parameter of the URL as state. Setting it is a step that the browser's Back undoes,
 * unless it is no step (`isStep`), such as a letter of what is typed; clearing it never is, so that
 * Back never opens again what was closed.
 *
 * @returns the value, what sets it, and the address of another value beside all other parameters
 */
export function useSearchParam(
  name: string,
  { isStep = true }: { isStep?: boolean } = {},
): [
  value: string | undefined,
  set: (value: string | undefined) => void,
  hrefOf: (value: string) => string,
] {
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
        { replace: !value || !isStep, preventScrollReset: true },
      ),
    [name, isStep, setParams],
  );
  const hrefOf = (value: string) => {
    const opened = new URLSearchParams(params);
    opened.set(name, value);
    return `?${opened}`;
  };
  return [params.get(name) ?? undefined, set, hrefOf];
}
