import { FLAWS } from './judge.mjs';

const HEADINGS = [
  'kind of fault',
  'operation',
  'runs',
  'duplicates',
  'orphans',
  'wrong end states',
  'lost secrets',
];

/** Counts of runs and of what was wrong, by kind of fault and operation. */
export class Counts {
  #rows = new Map();

  /** @param {{ kind: string, operation: string, flaws: { flaw: string }[] }} run */
  add({ kind, operation, flaws }) {
    const name = `${kind} ${operation}`;
    const row = this.#rows.get(name) ?? {
      kind,
      operation,
      runs: 0,
      ...Object.fromEntries(FLAWS.map(flaw => [flaw, 0])),
    };
    row.runs += 1;
    for (const { flaw } of flaws) row[flaw] += 1;
    this.#rows.set(name, row);
  }

  /** How many runs there were. */
  get runs() {
    return [...this.#rows.values()].reduce((sum, { runs }) => sum + runs, 0);
  }

  /** Whether there were runs and nothing was wrong in any. */
  get isClean() {
    return (
      this.runs > 0 &&
      [...this.#rows.values()].every(row =>
        FLAWS.every(flaw => row[flaw] === 0),
      )
    );
  }

  /** The table, as text. */
  toString() {
    const rows = [
      HEADINGS,
      ...[...this.#rows.values()].map(row => [
        row.kind,
        row.operation,
        String(row.runs),
        ...FLAWS.map(flaw => String(row[flaw])),
      ]),
    ];
    const widths = HEADINGS.map((_, column) =>
      Math.max(...rows.map(row => row[column].length)),
    );
    return rows
      .map(row =>
        row
          .map((cell, column) =>
            column < 2
              ? cell.padEnd(widths[column])
              : cell.padStart(widths[column]),
          )
          .join('  '),
      )
      .join('\n');
  }
}
