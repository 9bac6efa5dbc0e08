import { Route, Routes } from 'react-router-dom';
import { EnvironmentPage } from './EnvironmentPage/EnvironmentPage';
import { EnvironmentsPage } from './EnvironmentsPage/EnvironmentsPage';

/** The list of environments and, below it, each of them. */
export function EnvironmentsRouter() {
  return (
    <main>
      <Routes>
        <Route index element={<EnvironmentsPage />} />
        <Route path=":name/*" element={<EnvironmentPage />} />
      </Routes>
    </main>
  );
}
