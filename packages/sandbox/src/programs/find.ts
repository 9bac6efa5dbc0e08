import { findProgram } from './findProgram';
import { kubernetesPrograms } from './kubernetes';

/**
 * Prints where programs of Kubernetes lie, as JSON by name: for tests of other
 * packages, which must not import this one.
 *
 * ```sh
 * node --require @backstage/cli/config/nodeTransform.cjs find.ts etcd kubectl
 * ```
 */
async function find(names: readonly string[]): Promise<void> {
  const paths: Record<string, string> = {};
  for (const program of kubernetesPrograms()) {
    if (names.includes(program.name)) {
      paths[program.name] = await findProgram(program, {
        env: process.env,
        report: sentence => process.stderr.write(`${sentence}\n`),
      });
    }
  }
  process.stdout.write(`${JSON.stringify(paths)}\n`);
}

find(process.argv.slice(2)).catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
