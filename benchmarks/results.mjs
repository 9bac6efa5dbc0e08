import { mkdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

const folder = path.join(import.meta.dirname, 'results');

/** What a figure depends on beside the code. */
export const machine = () => ({
  measuredAt: new Date().toISOString(),
  node: process.version,
  machine: `${os.cpus().length} × ${os.cpus()[0].model}`,
});

/**
 * Writes the whole result to benchmarks/results/ and prints its figures as one
 * line of JSON, for whoever collects them.
 *
 * @param {string} benchmark its name
 * @param {object} figures what is worth comparing
 * @param {object} [details] what explains them; goes into the file only
 */
export async function publish(benchmark, figures, details = {}) {
  const result = { benchmark, ...machine(), ...figures };
  await mkdir(folder, { recursive: true });
  const stamp = result.measuredAt.replace(/[:.]/g, '-');
  const file = path.join(folder, `${benchmark}-${stamp}.json`);
  await writeFile(
    file,
    `${JSON.stringify({ ...result, ...details }, null, 2)}\n`,
  );
  console.log(JSON.stringify(result));
  console.log(`Written to ${path.relative(process.cwd(), file)}`);
}
