/** Text as HTML shows it. */
export const escape = (text: string) =>
  text.replace(/[&<>"']/g, char => `&#${char.codePointAt(0)};`);

/** A table of texts. */
export const table = (heads: string[], rows: (string | number)[][]) => `<table>
<tr>${heads.map(head => `<th scope="col">${escape(head)}</th>`).join('')}</tr>
${rows
  .map(
    row =>
      `<tr>${row
        .map(cell => `<td>${escape(String(cell))}</td>`)
        .join('')}</tr>`,
  )
  .join('\n')}
</table>`;

/** A table, or a sentence when there is nothing to show. */
export const tableOr = (
  nothing: string,
  heads: string[],
  rows: (string | number)[][],
) => (rows.length === 0 ? `<p>${escape(nothing)}</p>` : table(heads, rows));
