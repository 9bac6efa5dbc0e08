import { Container, Skeleton } from '@backstage/ui';
import { lazy, Suspense } from 'react';
import { Route, Routes } from 'react-router-dom';

// Who opens the one needs nothing of the other.
const EnvironmentsPage = lazy(() =>
  import('./EnvironmentsPage/EnvironmentsPage').then(module => ({
    default: module.EnvironmentsPage,
  })),
);
const EnvironmentPage = lazy(() =>
  import('./EnvironmentPage/EnvironmentPage').then(module => ({
    default: module.EnvironmentPage,
  })),
);

/** The list of environments and, below it, each of them. */
export function EnvironmentsRouter() {
  return (
    <main>
      <Suspense
        fallback={
          <Container>
            <Skeleton width="100%" height={480} />
          </Container>
        }
      >
        <Routes>
          <Route index element={<EnvironmentsPage />} />
          <Route path=":name/*" element={<EnvironmentPage />} />
        </Routes>
      </Suspense>
    </main>
  );
}
