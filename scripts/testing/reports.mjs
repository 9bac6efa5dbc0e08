import fs from 'node:fs/promises';
import { stripVTControlCharacters } from 'node:util';

/** @typedef {{ passed: number, failed: number, skipped: number, failures: string[] }} Counts */

const linesOfFailure = 25;

const shorten = text =>
  stripVTControlCharacters(text)
    .split('\n')
    .slice(0, linesOfFailure)
    .join('\n');

/**
 * Counts of a Jest run (`--json --outputFile`). A file that could not be
 * loaded has no tests to count and is one failure.
 *
 * @param {any} report
 * @returns {Counts}
 */
export function countJest(report) {
  const broken = report.testResults.filter(
    file => file.status === 'failed' && file.assertionResults.length === 0,
  );
  const failed = report.testResults.flatMap(file =>
    file.assertionResults
      .filter(test => test.status === 'failed')
      .map(
        test =>
          `${file.name}\n${test.fullName}\n${shorten(
            test.failureMessages.join('\n'),
          )}`,
      ),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
    failures: [
      ...broken.map(file => `${file.name}\n${shorten(file.message)}`),
      ...failed,
    ],
  };
}

/**
 * Counts of a Playwright run (JSON reporter). A test that passed only when
 * repeated is flaky and counts as failed.
 *
 * @param {any} report
 * @returns {Counts}
 */
export function countPlaywright({ stats, errors = [] }) {
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
    failures: errors.map(error => shorten(error.message ?? '')),
  };
}

/**
 * Counts of a run of node:test in the TAP format.
 *
 * @param {string} tap
 * @returns {Counts}
 */
export function countTap(tap) {
  const number = name =>
    Number(tap.match(new RegExp(`^# ${name} (\\d+)$`, 'm'))?.[1] ?? 0);
  return {
    passed: number('pass'),
    failed: number('fail') + number('cancelled'),
    skipped: number('skipped') + number('todo'),
    failures: [],
  };
}

/**
 * Reads a report that a test runner has written.
 *
 * @param {string} file
 * @param {(content: string) => Counts} count
 * @param {number | null} code exit code of the runner
 * @returns {Promise<Counts>} one failure when the runner failed without a report of one
 */
export async function readReport(file, count, code) {
  const content = await fs.readFile(file, 'utf8').catch(() => undefined);
  const counts = content
    ? count(content)
    : { passed: 0, failed: 0, skipped: 0, failures: [] };
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}
