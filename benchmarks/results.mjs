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
 * Columns of equal width, the first one to the left and the others to the right.
 *
 * @param {(string | number)[][]} rows the heads first
 */
export function tableOf(rows) {
  const texts = rows.map(row => row.map(String));
  const widths = texts[0].map((_, column) =>
    Math.max(...texts.map(row => row[column].length)),
  );
  return texts
    .map(row =>
      row
        .map((cell, column) =>
          column === 0
            ? cell.padEnd(widths[column])
            : cell.padStart(widths[column]),
        )
        .join('  '),
    )
    .join('\n');
}

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
