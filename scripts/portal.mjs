#!/usr/bin/env node
// Runs on whatever Node the machine has, so this file stays readable for old
// ones: everything newer is imported after the version is known.
const oldestNode = 20;
const commands = [
  'start',
  'dev',
  'test',
  'pictures',
  'backup',
  'restore',
  'reset',
];

async function main() {
  const [command, ...args] = process.argv.slice(2);
  if (!commands.includes(command)) {
    console.error(`usage: portal.mjs ${commands.join('|')}`);
    return 2;
  }
  if (Number(process.versions.node.split('.')[0]) < oldestNode) {
    console.error(
      `Node ${process.versions.node} is too old to start from. Install Node ${oldestNode} or newer and run \`npm ${command}\` again; the pinned version is fetched from there.`,
    );
    return 1;
  }
  const { explain } = await import('./problem.mjs');
  try {
    const { run } = await import(`./commands/${command}.mjs`);
    return await run(args);
  } catch (error) {
    console.error(explain(error));
    return 1;
  }
}

main().then(code => process.exit(code));
