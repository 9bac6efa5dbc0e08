/**
 * A duration as people say it.
 *
 * @param {number} milliseconds
 */
export function spell(milliseconds) {
  const seconds = milliseconds / 1000;
  if (seconds < 10) {
    return `${seconds.toFixed(1)} s`;
  }
  const whole = Math.round(seconds);
  return whole < 60
    ? `${whole} s`
    : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/**
 * Does a piece of work and says what it is and how long it took. On a terminal
 * the line counts the seconds; in a log it is written at the start and at the end.
 *
 * @template T
 * @param {string} title such as "Install packages"
 * @param {(note: (text: string) => void) => Promise<T>} work `note` adds what is going on right now
 * @param {NodeJS.WriteStream} out
 * @returns {Promise<T>}
 */
export async function step(title, work, out = process.stdout) {
  const begun = Date.now();
  let note = '';
  const line = () =>
    `\r\x1b[2K  ${title} … ${spell(Date.now() - begun)}${note && `  ${note}`}`;
  const ticker = out.isTTY
    ? setInterval(() => out.write(line().slice(0, out.columns + 5)), 200)
    : undefined;
  if (!ticker) {
    out.write(`  ${title} …\n`);
  }
  const end = mark => {
    clearInterval(ticker);
    out.write(
      `${ticker ? '\r\x1b[2K' : ''}${mark} ${title}: ${spell(
        Date.now() - begun,
      )}\n`,
    );
  };
  try {
    const result = await work(text => {
      note = text;
    });
    end('✓');
    return result;
  } catch (error) {
    end('✗');
    throw error;
  }
}
