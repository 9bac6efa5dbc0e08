import { Route, Routes } from 'react-router-dom';
import { OperationPage } from './OperationPage/OperationPage';
import { OperationsPage } from './OperationsPage/OperationsPage';

/** The list of operations and, below it, each of them. */
export function OperationsRouter() {
  return (
    <main>
      <Routes>
        <Route index element={<OperationsPage />} />
        <Route path=":id" element={<OperationPage />} />
      </Routes>
    </main>
  );
}
