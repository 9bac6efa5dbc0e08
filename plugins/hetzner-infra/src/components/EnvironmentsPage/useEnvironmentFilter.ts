import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import {
  readFilter,
  writeFilter,
  type EnvironmentFilter,
} from './environmentFilter';

/** The filter that the address holds, and a way to change it; a change leads to the first page. */
export function useEnvironmentFilter(): [
  EnvironmentFilter,
  (change: Partial<EnvironmentFilter>) => void,
] {
  const [params, setParams] = useSearchParams();
  const filter = useMemo(() => readFilter(params), [params]);
  const change = useCallback(
    (part: Partial<EnvironmentFilter>) =>
      setParams(
        current => writeFilter({ ...readFilter(current), page: 1, ...part }),
        { replace: true },
      ),
    [setParams],
  );
  return [filter, change];
}
