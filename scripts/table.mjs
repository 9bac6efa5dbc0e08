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
