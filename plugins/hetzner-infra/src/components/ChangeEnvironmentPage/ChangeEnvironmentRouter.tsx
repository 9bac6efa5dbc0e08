import { Navigate, Route, Routes } from 'react-router-dom';
import { ChangeEnvironmentPage } from './ChangeEnvironmentPage';

/** The page of a change below the name of what is changed; without one, all environments. */
export function ChangeEnvironmentRouter() {
  return (
    <main>
      <Routes>
        <Route path=":name" element={<ChangeEnvironmentPage />} />
        <Route path="*" element={<Navigate to="/hetzner/environments" />} />
      </Routes>
    </main>
  );
}
