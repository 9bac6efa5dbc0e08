import { parseArgs } from 'node:util';
import {
  kinds,
  operationNames,
  replayOf,
  runCloud,
  runsOf,
} from './cloudPart.mjs';
import { Counts } from './table.mjs';

const USAGE = `npm run fault-matrix -- [options]
  --part cloud           which part of an environment (cloud)
  --only <kinds>         ${kinds.join(', ')}
  --operation <names>    ${operationNames.join(', ')}
  --call <number>        only this call of an operation
  --seeds <count>        random faults with the seeds from 1 (200)
  --seed <number>        only this seed
  --faults <kinds>       only these kinds of random faults, by the sandbox's names
  --jobs <count>         runs at once, each with a sandbox of its own (2)`;

const PROGRESS_EVERY_RUNS = 10;

/** A wish that makes no sense. */
class UsageError extends Error {}

const listed = text => text?.split(',').map(part => part.trim());

function oneOf(option, chosen, known) {
  const unknown = chosen.filter(name => !known.includes(name));
  if (unknown.length > 0) {
    throw new UsageError(
      `--${option} ${unknown.join(', ')}: there are ${known.join(', ')}.`,
    );
  }
  return chosen;
}

function counted(option, text) {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) {
    throw new UsageError(`--${option} ${text} is no whole number above 0.`);
  }
  return number;
}

/** Reads the command line. @throws UsageError */
function readWish(args) {
  const text = { type: 'string' };
  const { values } = parseArgs({
    args,
    options: {
      part: { ...text, default: 'cloud' },
      only: text,
      operation: text,
      call: text,
      seeds: { ...text, default: '200' },
      seed: text,
      faults: text,
      jobs: { ...text, default: '2' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  oneOf('part', listed(values.part), ['cloud']);
  const onlyOneSeed = values.seed && !values.only ? ['random'] : kinds;
  return {
    only: oneOf('only', listed(values.only) ?? onlyOneSeed, kinds),
    operations: oneOf(
      'operation',
      listed(values.operation) ?? operationNames,
      operationNames,
    ),
    calls: values.call && [counted('call', values.call)],
    seeds: values.seed
      ? [counted('seed', values.seed)]
      : Array.from(
          { length: counted('seeds', values.seeds) },
          (_, index) => index + 1,
        ),
    faults: listed(values.faults),
    jobs: counted('jobs', values.jobs),
  };
}

const spell = milliseconds =>
  `${Math.floor(milliseconds / 60_000)} min ${Math.round(
    (milliseconds % 60_000) / 1000,
  )} s`;

/**
 * `npm run fault-matrix`: disturbs operations in every way and prints what was
 * wrong in the end.
 *
 * @param {string[]} args
 * @returns {Promise<number>} exit status: 0 only if nothing was wrong
 */
async function main(args) {
  const wish = readWish(args);
  if (!wish) {
    console.log(USAGE);
    return 0;
  }
  const counts = new Counts();
  const begun = Date.now();
  const report = () =>
    console.log(
      `\n${counts}\n\n${counts.runs} runs in ${spell(Date.now() - begun)}`,
    );
  for (const signal of ['SIGINT', 'SIGTERM']) {
    // What was started ends with the process.
    process.once(signal, () => {
      report();
      process.exit(130);
    });
  }
  const made = runCloud(runsOf(wish), {
    jobs: wish.jobs,
    onRun(run) {
      if (!run.reached && run.flaws.length === 0) return;
      counts.add(run);
      const where = [run.kind, run.operation, run.call ?? run.seed].join(' ');
      if (run.flaws.length > 0) {
        console.log(`✗ ${where}`);
        run.flaws.forEach(({ flaw, words }) =>
          console.log(`    ${flaw}: ${words}`),
        );
        console.log(`    again: ${replayOf(run)}`);
      } else if (counts.runs % PROGRESS_EVERY_RUNS === 0) {
        console.log(
          `  ${counts.runs} runs in ${spell(
            Date.now() - begun,
          )}, last: ${where}`,
        );
      }
    },
  });
  try {
    await made;
  } catch (error) {
    report();
    console.error(`\nThe matrix was not completed. ${error.message}`);
    // What still runs on the other lanes ends with the process.
    process.exit(1);
  }
  report();
  return counts.isClean ? 0 : 1;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError) && !error.code?.startsWith('ERR_PARSE')) {
    throw error;
  }
  console.error(`${error.message}\n${USAGE}`);
  process.exitCode = 2;
}
