import type { SandboxUnderTest } from '../sandboxUnderTest';
import { readAll } from './readAll';

/** Has certificates issued, one of which fails and is tried again. */
export async function walkManagedCertificates(
  sandbox: SandboxUnderTest,
): Promise<void> {
  const { api, ok, done } = sandbox;
  const managed = await done('POST /certificates', {
    name: 'managed',
    type: 'managed',
    domain_names: ['www.example.com'],
  });
  await readAll(
    sandbox,
    'certificates',
    managed.certificate.id,
    managed.action.id,
  );
  await ok(`DELETE /certificates/${managed.certificate.id}`);
  const { certificate: failing } = await ok('POST /certificates', {
    name: 'failing',
    type: 'managed',
    domain_names: ['www.example.invalid'],
  });
  const retry = `POST /certificates/${failing.id}/actions/retry`;
  let retried = await api(retry);
  while (retried.status !== 201) retried = await api(retry);
  await ok(`GET /actions/${retried.body.action.id}`);
}
