import fs from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { withChildren } from '../interruption.mjs';
import { logOf, prepare } from '../preparation.mjs';
import { explain, Problem } from '../problem.mjs';
import { spell, step } from '../progress.mjs';
import { tableOf } from '../table.mjs';
import { stages } from '../testing/stages.mjs';
import { ensureTools } from '../testing/tools.mjs';

const atOnce = 2;

function choose(args) {
  const { values } = parseArgs({
    args,
    options: { only: { type: 'string', multiple: true } },
  });
  const names = (values.only ?? []).flatMap(value => value.split(','));
  const known = stages.map(stage => stage.name);
  const unknown = names.filter(name => !known.includes(name));
  if (unknown.length > 0) {
    throw new Problem(
      `There is no stage ${unknown.join(', ')}. There are: ${known.join(
        ', ',
      )}.`,
    );
  }
  return names.length > 0
    ? stages.filter(stage => names.includes(stage.name))
    : stages;
}

async function runStage(stage, context) {
  const begun = Date.now();
  console.log(`  ${stage.title} …`);
  let counts;
  try {
    counts = await stage.run(context);
  } catch (error) {
    counts = { passed: 0, failed: 1, skipped: 0, failures: [explain(error)] };
  }
  const tookMs = Date.now() - begun;
  console.log(`${counts.failed ? '✗' : '✓'} ${stage.title}: ${spell(tookMs)}`);
  for (const failure of counts.failures) {
    console.log(`\n${failure.replace(/^/gm, '    ')}\n`);
  }
  return { ...stage, ...counts, tookMs };
}

/** Those that share the machine run two at a time, the others one after another when those are done. */
async function runStages(chosen, context) {
  const results = new Map();
  const runNext = async stage =>
    results.set(stage.name, await runStage(stage, context));
  const sharing = chosen.filter(stage => !stage.alone);
  const lane = async () => {
    for (let stage = sharing.shift(); stage; stage = sharing.shift()) {
      await runNext(stage);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  for (const stage of chosen.filter(({ alone }) => alone)) {
    await runNext(stage);
  }
  return chosen.map(stage => results.get(stage.name));
}

function table(results) {
  return tableOf([
    ['stage', 'passed', 'failed', 'skipped', 'time'],
    ...results.map(({ name, passed, failed, skipped, tookMs }) => [
      name,
      passed,
      failed,
      skipped,
      spell(tookMs),
    ]),
  ]);
}

/**
 * `npm test`: every check there is, or those named by `--only a,b`. Goes on
 * after a failing stage and ends with a table and the sum over all tests.
 *
 * @param {string[]} args
 * @returns {Promise<number>} exit code
 */
export async function run(args) {
  const chosen = choose(args);
  return withChildren(async children => {
    const toolchain = await prepare(children);
    const names = chosen.map(stage => stage.name);
    const { found, problems } = await ensureTools(
      children,
      names,
      toolchain.env,
      logOf('apt'),
      step,
    );
    for (const problem of problems) {
      console.log(`✗ ${problem}`);
    }
    const results = await runStages(chosen, { children, toolchain, found });
    if (problems.length > 0) {
      results.unshift({
        name: 'tools',
        passed: 0,
        failed: problems.length,
        skipped: 0,
        tookMs: 0,
      });
    }
    const sum = key =>
      results.reduce((total, result) => total + result[key], 0);
    const verdict = `${sum('passed')} passed, ${sum('failed')} failed`;
    console.log(`\n${table(results)}\n\n${verdict}`);
    if (process.env.TEST_VERDICT_FILE) {
      await fs.writeFile(process.env.TEST_VERDICT_FILE, `${verdict}\n`);
    }
    return sum('failed') > 0 ? 1 : 0;
  });
}
