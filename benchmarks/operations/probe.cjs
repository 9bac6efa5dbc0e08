/**
 * Loaded into a backend before its own code (`node --require`): answers on
 * PROBE_PORT what the process has used since it was asked last.
 */
const { createServer } = require('node:http');
const { monitorEventLoopDelay } = require('node:perf_hooks');
const { isMainThread } = require('node:worker_threads');

const RSS_EVERY_MS = 50;
const MIB = 2 ** 20;
const toMs = nanoseconds => nanoseconds / 1e6;

if (isMainThread && process.env.PROBE_PORT) {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  let since = performance.now();
  let cpu = process.cpuUsage();
  let rssPeak = 0;
  const look = () => {
    rssPeak = Math.max(rssPeak, process.memoryUsage.rss());
  };
  setInterval(look, RSS_EVERY_MS).unref();

  const server = createServer((_request, response) => {
    look();
    const { user, system } = process.cpuUsage(cpu);
    const used = {
      seconds: (performance.now() - since) / 1000,
      rssPeakMib: rssPeak / MIB,
      cpuSeconds: (user + system) / 1e6,
      delayP50Ms: toMs(delay.percentile(50)),
      delayP99Ms: toMs(delay.percentile(99)),
      delayMaxMs: toMs(delay.max),
    };
    since = performance.now();
    cpu = process.cpuUsage();
    rssPeak = 0;
    delay.reset();
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(used));
  });
  // What the process starts itself inherits this file, and the port is taken then.
  server.on('error', () => {});
  server.listen(Number(process.env.PROBE_PORT), '127.0.0.1');
  server.unref();
}
